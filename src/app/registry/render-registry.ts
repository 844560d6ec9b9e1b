import { registryManifests, secretManifests } from '../../manifests/index.js';
import { type Manifest, type PendingSecret } from '../../registry/index.js';
import { formatFile, type JsonObject } from '../../state/index.js';
import { type Environment, hasError, openRegistry, type LocatedFault, type RegistryOptions } from './open-registry.js';
import { secretFileExists } from './secret-file.js';
import { writeSecretFile } from './write-secret-file.js';

/** What to render, and where its Secrets go. */
export interface RenderRegistryOptions extends RegistryOptions {
  /** A file for the Secrets; one that exists gives its keys and passwords again. */
  readonly secretsTo?: string;
}

/** Manifests without a secret in them. */
export interface RenderedRegistry {
  readonly manifests: readonly Manifest[];
  readonly problems: readonly LocatedFault[];
  /** Keys that were made now, by name; they are lost where nobody keeps the Secrets. */
  readonly newKeys: readonly string[];
  readonly secrets: number;
  /** Secrets that are not complete yet, and why. */
  readonly pending: readonly PendingSecret[];
}

/** Renders a registry. With an error among the faults there are no manifests, and no file is written. */
export async function renderRegistry(
  options: RenderRegistryOptions,
  environment: Environment,
): Promise<RenderedRegistry> {
  const { secretsTo } = options;
  const takesKeys = options.keys === undefined;
  const again = secretsTo !== undefined && (await secretFileExists(secretsTo, takesKeys)) && takesKeys;
  const opened = await openRegistry({ ...options, ...(again && { keys: secretsTo }) }, environment);
  try {
    const { model, secrets, newKeys, pending } = opened.result;
    const { problems } = opened;
    if (hasError(problems)) return { manifests: [], problems, newKeys, secrets: 0, pending };
    const manifests = await registryManifests(model);
    const contents = secretsTo === undefined ? [] : await secretManifests(model, secrets);
    if (secretsTo !== undefined) await writeSecretFile(secretsTo, manifestsAsYaml(contents));
    return { manifests, problems, newKeys, secrets: contents.length, pending };
  } finally {
    await opened.close();
  }
}

/** Manifests as one YAML stream. */
export function manifestsAsYaml(manifests: readonly object[]): string {
  return manifests.map((one) => `---\n${formatFile(plain(one))}`).join('');
}

/** A value as JSON has it. */
export function plain(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
