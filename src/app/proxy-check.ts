import { type Check, failed } from '../integration/index.js';
import { quayAddress } from '../names/index.js';
import { type Inputs } from '../pipeline/inputs.js';
import { type InputOptions } from '../pipeline/input-options.js';
import { type Configuration } from '../process/configuration.js';
import { proxyFor } from '../proxy/index.js';

const name = 'proxy';
const variables = ['http_proxy', 'https_proxy'].flatMap((variable) => [variable, variable.toUpperCase()]);

/** What is called through a proxy and what directly; nothing where neither a variable nor the kubeconfig names one. */
export function checkProxy(
  { integration, cluster }: Pick<Inputs, 'integration' | 'cluster'>,
  options: Pick<InputOptions, 'state'>,
  { environment }: Pick<Configuration, 'environment'>,
): readonly Check[] {
  const isNone = variables.every((variable) => (environment[variable] ?? '').trim() === '');
  if (isNone && cluster.proxy === undefined) return [];
  const { quayHostname, git } = integration.spec;
  const addresses: readonly (readonly [string, string | undefined])[] = [
    ['Quay', addressOf(quayHostname)],
    ['the API server', cluster.description],
    ['the state repository', options.state ?? git.url],
  ];
  try {
    const ways = addresses.flatMap(([what, address]) => {
      if (address === undefined || !/^https?:/i.test(address)) return [];
      const own = address === cluster.description ? cluster.proxy : undefined;
      return own === undefined
        ? way(what, address, environment)
        : `${what} through ${own} (proxy-url of the kubeconfig)`;
    });
    return [{ name, outcome: 'ok', message: ways.join(', ') }];
  } catch (error) {
    return [failed(name, error)];
  }
}

function way(what: string, address: string, environment: Configuration['environment']): string {
  const proxy = proxyFor(address, environment);
  return proxy === undefined ? `${what} directly` : `${what} through ${proxy.shown} (${proxy.variable})`;
}

/** A wrong address is told by a check of its own. */
function addressOf(quayHostname: string): string | undefined {
  try {
    return quayAddress(quayHostname).url;
  } catch {
    return undefined;
  }
}
