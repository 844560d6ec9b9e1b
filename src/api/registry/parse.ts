import { checker, type Checked } from '../parse/checker.js';
import { kindProblem, type Kind } from '../parse/kinds.js';
import { quayRegistry, type QuayRegistry } from './quay-registry.js';
import { quayRegistryOptions, type QuayRegistryOptions } from './quay-registry-options.js';

const registryKind: Kind = { kind: 'QuayRegistry', apiVersions: ['quay.redhat.com/v1'] };
const optionsKind: Kind = { kind: 'QuayRegistryOptions', apiVersions: ['quayside.dev/v1alpha1'] };
const checkRegistryObject = checker(quayRegistry);
const checkOptionsObject = checker(quayRegistryOptions);

/** A QuayRegistry, as the API server would take it. */
export function checkRegistry(value: unknown, source?: string): Checked<QuayRegistry> {
  return checked(value, source, registryKind, checkRegistryObject);
}

/** QuayRegistryOptions with every default filled in. */
export function checkRegistryOptions(value: unknown, source?: string): Checked<QuayRegistryOptions> {
  return checked(value, source, optionsKind, checkOptionsObject);
}

function checked<T>(
  value: unknown,
  source: string | undefined,
  kind: Kind,
  check: (value: unknown, source?: string) => Checked<T>,
): Checked<T> {
  const problem = kindProblem(value, [kind]);
  if (problem === undefined) return check(value, source);
  return { ok: false, problems: [source === undefined ? problem : { ...problem, source }] };
}
