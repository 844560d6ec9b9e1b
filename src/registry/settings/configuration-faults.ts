import { type Fault, faultsOf, type FaultText } from '../faults.js';
import { type RegistryInputs } from '../inputs.js';

/** Makes faults of the configuration: of the bundle, or of the registry where it names none. */
export function ofConfiguration({ bundle, registry }: RegistryInputs): (text: FaultText) => Fault {
  if (bundle.secret !== undefined) return faultsOf(`Secret/${bundle.secret}`);
  const ofRegistry = faultsOf(`QuayRegistry/${registry.metadata.name}`);
  return ({ source: _file, line: _line, path, message, ...text }) =>
    ofRegistry({ ...text, path: 'spec.configBundleSecret', message: withoutBundle(path, message) });
}

/** There is no file that could say it, so the key stands in the message. */
function withoutBundle(key: string, message: string): string {
  const said = message.replace('config.yaml does not say', 'there is no bundle that says');
  return /^(?:is|has|would|must)\b/.test(said) ? `${key} ${said}` : said;
}
