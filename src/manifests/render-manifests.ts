import { type Manifest, type RegistryModel, type SecretContents } from '../registry/index.js';

/** Every object of a registry but its Secrets. The constructs, and cdk8s below them, are loaded by the first call. */
export async function registryManifests(model: RegistryModel): Promise<readonly Manifest[]> {
  const { QuayRegistryChart, manifestsOf } = await import('../../charts/registry/index.js');
  return manifestsOf((app) => new QuayRegistryChart(app, 'registry', { model }));
}

/** The Secrets of a registry, with their contents: they go where nothing else goes. */
export async function secretManifests(
  model: RegistryModel,
  secrets: Readonly<Record<string, SecretContents>>,
): Promise<readonly Manifest[]> {
  const { QuayRegistrySecretsChart, manifestsOf } = await import('../../charts/registry/index.js');
  return manifestsOf((app) => new QuayRegistrySecretsChart(app, 'secrets', { model, secrets }));
}
