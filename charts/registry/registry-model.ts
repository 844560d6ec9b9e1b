import { type Checked } from '../../src/api/index.js';
import {
  checkRegistry,
  checkRegistryOptions,
  type QuayRegistry,
  type QuayRegistryOptionsInput,
} from '../../src/api/registry/index.js';
import { InvalidInput } from '../../src/errors/index.js';
import {
  type ClusterFacts,
  modelRegistry,
  type NewRandomValues,
  readBundle,
  type RegistryModel,
} from '../../src/registry/index.js';

/** What the manifests of a registry are made from. */
export interface RegistryModelProps {
  /** The QuayRegistry, as it is applied. */
  readonly registry: QuayRegistry;
  /**
   * The QuayRegistryOptions of the same name and namespace.
   * @default - none
   */
  readonly options?: QuayRegistryOptionsInput;
  /**
   * Files of the config bundle by name: `config.yaml`, `ssl.cert`, `extra_ca_cert_<name>` and so on.
   * @default - none; the Secret that the registry names is then missing
   */
  readonly bundle?: Readonly<Record<string, string>>;
  /** What the cluster offers, as `quayside registry facts` says it. */
  readonly facts: ClusterFacts;
}

/**
 * The model of a registry for its manifests, which hold no secret: keys and passwords come from
 * `quayside registry render --secrets-to`, or from the cluster. Throws an `InvalidInput` with every error in it.
 */
export function registryModel({ registry, options, bundle, facts }: RegistryModelProps): RegistryModel {
  const name = registry.spec?.configBundleSecret;
  const { model, faults } = modelRegistry({
    registry: valueOf(checkRegistry(registry, 'registry')),
    ...(options && { options: valueOf(checkRegistryOptions(options, 'options')) }),
    bundle:
      name === undefined ? { config: {}, files: {}, faults: [] } : readBundle(name, bundle && { stringData: bundle }),
    keys: { known: true },
    newRandomValues: unused,
    facts,
  });
  const errors = faults.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return model;
  throw new InvalidInput(errors.map(({ object, path, ...error }) => ({ ...error, path: `${object} ${path}`.trim() })));
}

function valueOf<T>(checked: Checked<T>): T {
  if (!checked.ok) throw new InvalidInput(checked.problems);
  return checked.value;
}

/** They would go into Secrets, which nobody asks for here. */
const unused: NewRandomValues = {
  databaseSecretKey: 'unused',
  secretKey: 'unused',
  databasePassword: 'unused',
  databaseRootPassword: 'unused',
  clairDatabasePassword: 'unused',
  scannerKey: 'unused',
  redisPassword: 'unused',
};
