import { type SecretModel } from '../model.js';
import { differences, type FieldChange } from './differences.js';
import { type Manifest, refOf } from './manifest.js';

/** What may come of a change. */
export type ChangeRisk = 'none' | 'restart' | 'outage' | 'data';

/** One object that an apply would make, change, or let go of. */
export interface ManifestChange {
  /** `Deployment/registry-quay-app` */
  readonly object: string;
  readonly action: 'create' | 'change' | 'replace' | 'release' | 'delete';
  /** What differs; of a Secret without its values. */
  readonly fields: readonly FieldChange[];
  /** Why pods are made again; absent: they are not. */
  readonly rolls?: string;
  readonly risk: ChangeRisk;
  /** What a person should know of the risk. */
  readonly because?: string;
}

/** What is compared. */
export interface Compared {
  /** Namespace of the registry. */
  readonly namespace: string;
  /** The rendering, its Secrets among it. */
  readonly wanted: readonly Manifest[];
  /** What there is: live objects, or an earlier rendering. */
  readonly found: readonly Manifest[];
  /** Whether what there is is a rendering, in which every field is one of ours. */
  readonly whole: boolean;
  readonly secrets: readonly SecretModel[];
  /** Whether objects that are no longer wanted are deleted, and not released. */
  readonly prune: boolean;
}

/** Every change of an apply: what is new and what differs in the order of the rendering, then what goes. */
export function planChanges({ namespace, wanted, found, whole, secrets, prune }: Compared): readonly ManifestChange[] {
  const now = new Map(found.map((one) => [refOf(one, namespace), one]));
  const next = new Map(wanted.map((one) => [refOf(one, namespace), one]));
  const changed = [...next].flatMap(([ref, one]) => changeOf(ref, one, now.get(ref), whole));
  const gone = [...now].filter(([ref]) => !next.has(ref)).map(([ref, one]) => goneChange(ref, one, prune));
  return rolledBySecrets([...changed, ...gone], secrets, [...next.keys()]);
}

function changeOf(
  ref: string,
  wanted: Manifest,
  found: Manifest | undefined,
  whole: boolean,
): readonly ManifestChange[] {
  if (found === undefined) return [{ object: ref, action: 'create', fields: [], risk: 'none' }];
  const fields = differences(bare(wanted), bare(found), whole);
  if (fields.length === 0) return [];
  if (wanted.kind === 'Secret') return [{ object: ref, action: 'change', fields: withoutValues(fields), risk: 'none' }];
  return [{ object: ref, fields, ...consequence(wanted, fields) }];
}

/** Where it stands, and who made it, is no difference. */
function bare({ apiVersion: _, metadata, ...rest }: Manifest): object {
  const { labels, annotations } = metadata;
  return { metadata: { labels, annotations }, ...rest };
}

function withoutValues(fields: readonly FieldChange[]): readonly FieldChange[] {
  const hidden = '(not shown)';
  return fields.map((field) =>
    field.path.startsWith('metadata')
      ? field
      : {
          path: field.path,
          ...(field.from !== undefined && { from: hidden }),
          ...(field.to !== undefined && { to: hidden }),
        },
  );
}

function consequence(wanted: Manifest, fields: readonly FieldChange[]): Omit<ManifestChange, 'object' | 'fields'> {
  const below = (path: string): FieldChange | undefined => fields.find((field) => field.path.startsWith(path));
  switch (wanted.kind) {
    case 'Deployment': {
      if (below('spec.selector')) return immutable('its selector cannot be changed: its pods are all stopped first');
      const rolled = below('spec.template');
      if (rolled === undefined) return { action: 'change', risk: 'none' };
      const strategy = (wanted.spec as { strategy?: { type?: string } } | undefined)?.strategy?.type;
      const rolls = `${rolled.path.replace(/^spec\.template\./, '')} changes`;
      return strategy === 'Recreate'
        ? { action: 'change', rolls, risk: 'outage', because: 'it has one pod, and nothing answers while it restarts' }
        : { action: 'change', rolls, risk: 'restart' };
    }
    case 'Job':
      return below('spec') === undefined
        ? { action: 'change', risk: 'none' }
        : { action: 'replace', rolls: 'a Job cannot be changed: it runs again', risk: 'restart' };
    case 'PersistentVolumeClaim':
      if (below('spec') === undefined) return { action: 'change', risk: 'none' };
      return below('spec.storageClassName')
        ? {
            action: 'change',
            risk: 'data',
            because: 'the storage class of a claim cannot be changed; move the data by hand',
          }
        : {
            action: 'change',
            risk: 'none',
            because: 'a claim grows only where its storage class allows it, and never shrinks',
          };
    default:
      return { action: 'change', risk: 'none' };
  }
}

function immutable(because: string): Omit<ManifestChange, 'object' | 'fields'> {
  return { action: 'replace', rolls: because, risk: 'outage', because };
}

const dataKinds: ReadonlySet<string> = new Set(['PersistentVolumeClaim', 'ObjectBucketClaim', 'Secret']);

function goneChange(object: string, { kind }: Manifest, prune: boolean): ManifestChange {
  if (!prune)
    return { object, action: 'release', fields: [], risk: 'none', because: 'it stays, and is yours from then on' };
  if (!dataKinds.has(kind)) return { object, action: 'delete', fields: [], risk: 'outage' };
  return {
    object,
    action: 'release',
    fields: [],
    risk: 'data',
    because: 'it holds data: it stays until you delete it',
  };
}

/** A changed Secret rolls the Deployments that read it; a Job has run. */
function rolledBySecrets(
  changes: readonly ManifestChange[],
  secrets: readonly SecretModel[],
  wanted: readonly string[],
): readonly ManifestChange[] {
  const reasons = new Map<string, string>();
  for (const { name, usedBy } of secrets) {
    const isChanged = changes.some(
      ({ object, fields }) => object === `Secret/${name}` && fields.some(({ path }) => path.startsWith('data')),
    );
    const deployments = usedBy.map((workload) => `Deployment/${workload}`).filter((ref) => wanted.includes(ref));
    for (const ref of isChanged ? deployments : []) {
      const before = reasons.get(ref);
      reasons.set(ref, before === undefined ? `Secret/${name} changes` : `Secret/${name}, ${before}`);
    }
  }
  const rolled = changes.map((change): ManifestChange => {
    const rolls = change.action === 'change' ? reasons.get(change.object) : undefined;
    reasons.delete(change.object);
    return rolls === undefined || change.rolls !== undefined ? change : { ...change, rolls, risk: 'restart' };
  });
  const rest = [...reasons].map(([object, rolls]): ManifestChange => ({
    object,
    action: 'change',
    fields: [],
    rolls,
    risk: 'restart',
  }));
  return [...rolled, ...rest];
}
