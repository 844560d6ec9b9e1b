import { Chart } from 'cdk8s';
import { type Construct } from 'constructs';
import { type RegistryModel, type SecretContents } from '../../src/registry/index.js';
import { propsOf } from './parts/props-of.js';
import { RegistrySecret } from './registry-secret.js';

/** Which registry, and what its Secrets hold. */
export interface QuayRegistrySecretsChartProps {
  /** The registry, as `modelRegistry` makes it. */
  readonly model: RegistryModel;
  /** Contents by the names of the Secrets. */
  readonly secrets: Readonly<Record<string, SecretContents>>;
}

/** The Secrets of a registry, in a file of their own: it must not go where its manifests go. */
export class QuayRegistrySecretsChart extends Chart {
  constructor(scope: Construct, id: string, { model, secrets }: QuayRegistrySecretsChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    for (const { name, type, keep } of model.secrets) {
      const contents = secrets[name] ?? { text: {} };
      new RegistrySecret(this, `secret-${name}`, { ...propsOf(model), name, type, keep, contents });
    }
  }
}
