import { createTwoFilesPatch } from 'diff';
import { TerminalError } from '../../errors/index.js';
import { registryManifests, secretManifests } from '../../manifests/index.js';
import { type Manifest, type ManifestChange, planChanges, refOf } from '../../registry/index.js';
import { formatFile } from '../../state/index.js';
import { liveManifests } from './live-manifests.js';
import { objectsInFiles } from './objects-in-files.js';
import {
  type Environment,
  hasError,
  type LocatedFault,
  type OpenedRegistry,
  openRegistry,
  type RegistryOptions,
} from './open-registry.js';
import { plain } from './render-registry.js';

/** What is compared with what there is. */
export interface CompareOptions extends RegistryOptions {
  /** Files of an earlier rendering; by default the live objects. */
  readonly against?: readonly string[];
}

/** What an apply would change. */
export interface RegistryComparison {
  /** `namespace/name` */
  readonly registry: string;
  readonly changes: readonly ManifestChange[];
  readonly problems: readonly LocatedFault[];
  /** The changes of the manifests as unified text; Secrets are no part of it. */
  readonly patch: string;
}

/**
 * Compares the rendering of a registry with the live objects, or with an earlier rendering. With an error among the faults nothing
 * is compared, since nothing would be applied. Nothing is written.
 */
export async function compareRegistry(options: CompareOptions, environment: Environment): Promise<RegistryComparison> {
  const opened = await openRegistry(options, environment);
  try {
    const { model } = opened.result;
    const { problems } = opened;
    if (hasError(problems)) return { registry: `${model.namespace}/${model.name}`, changes: [], problems, patch: '' };
    const manifests = await registryManifests(model);
    const { found, wanted, whole } = await sides(opened, manifests, options);
    const { namespace, secrets, name } = model;
    const prune = opened.gathered.inputs.options?.spec.prune === true;
    return {
      registry: `${namespace}/${name}`,
      changes: planChanges({ namespace, wanted, found, whole, secrets, prune }),
      problems,
      patch: patchOf(namespace, manifests, found, whole),
    };
  } finally {
    await opened.close();
  }
}

interface Sides {
  readonly wanted: readonly Manifest[];
  readonly found: readonly Manifest[];
  readonly whole: boolean;
}

async function sides(
  { result, client, gathered }: OpenedRegistry,
  manifests: readonly Manifest[],
  { against }: CompareOptions,
): Promise<Sides> {
  const secrets = await secretManifests(result.model, result.secrets);
  if (against !== undefined) {
    const found = (await objectsInFiles(against)).map(({ object }) => object as unknown as Manifest);
    const kinds = new Set(found.map(({ kind }) => kind));
    // An earlier rendering holds its Secrets only where somebody put them in.
    return { wanted: [...manifests, ...(kinds.has('Secret') ? secrets : [])], found, whole: true };
  }
  if (client === undefined) {
    throw new TerminalError('InvalidInput', 'there is nothing to compare with', {
      hint: 'Give an earlier rendering with --against, or leave out --offers and --facts to ask the cluster.',
    });
  }
  const { inputs } = gathered;
  const stable = inputs.keys.known && inputs.keys.values !== undefined;
  // Keys that were made for this comparison would differ from any others.
  const wanted = stable ? [...manifests, ...secrets] : manifests;
  return { wanted, found: await liveManifests(client.call, result.model, wanted), whole: false };
}

function patchOf(namespace: string, wanted: readonly Manifest[], found: readonly Manifest[], whole: boolean): string {
  const now = new Map(found.filter(({ kind }) => kind !== 'Secret').map((one) => [refOf(one, namespace), one]));
  const next = new Map(wanted.map((one) => [refOf(one, namespace), one]));
  return [...new Set([...next.keys(), ...now.keys()])]
    .map((ref) => {
      const [to, from] = [next.get(ref), now.get(ref)];
      const before = from === undefined ? '' : text(whole || to === undefined ? from : statedOf(to, from));
      const after = to === undefined ? '' : text(to);
      if (before === after) return '';
      const patch = createTwoFilesPatch(ref, ref, before, after, undefined, undefined, { context: 3 });
      return patch.replace(/^Index: .*\n=+\n/, '');
    })
    .join('');
}

function text(manifest: object): string {
  return formatFile(plain(manifest));
}

/** Of a live object the fields that are wanted: what others filled in is no difference. */
function statedOf(wanted: unknown, found: unknown): object {
  return only(wanted, found) as object;
}

function only(wanted: unknown, found: unknown): unknown {
  if (Array.isArray(wanted) && Array.isArray(found)) {
    return wanted.length === found.length ? found.map((one, at) => only(wanted[at], one)) : found;
  }
  if (typeof wanted !== 'object' || wanted === null || typeof found !== 'object' || found === null) return found;
  const fields = found as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(wanted)
      .filter(([name]) => name in fields)
      .map(([name, value]) => [name, only(value, fields[name])]),
  );
}
