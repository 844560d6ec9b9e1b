import { createHash } from 'node:crypto';
import { type Fields, objectAt, textsOf } from '../../json/index.js';
import { type ObjectName, type ResourceType } from '../../kube/index.js';

/** Kubectl's ApplySets (KEP-3659): which objects are applied together, so that what is no longer declared can be found. */
const prefix = 'applyset.kubernetes.io';

/** On every member: the set it belongs to. */
export const partOfLabel = `${prefix}/part-of`;
const idLabel = `${prefix}/id`;
const toolingAnnotation = `${prefix}/tooling`;
const groupKindsAnnotation = `${prefix}/contains-group-kinds`;
const namespacesAnnotation = `${prefix}/additional-namespaces`;

/** Who manages the set, and in which version of the convention: no tool touches another one's. */
const tooling = 'quayside/v1.0.0';

/** The object that a set hangs on. */
export interface Parent {
  readonly type: ResourceType;
  readonly named: ObjectName;
}

/** Where the members of a set may be. */
export interface Contents {
  readonly groupKinds: ReadonlySet<string>;
  /** Beside that of the parent. */
  readonly namespaces: ReadonlySet<string>;
}

/** The id of the set of a parent, as kubectl computes it. */
export function applySetId({ type: { apiVersion, kind }, named: { namespace = '', name } }: Parent): string {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const hash = createHash('sha256').update([name, namespace, kind, group].join('.')).digest('base64url');
  return `applyset-${hash}-v1`;
}

/** What the parent says of its set. */
export type Recorded =
  { readonly state: 'Ours'; readonly contents: Contents } | { readonly state: 'Foreign'; readonly why: string };

/** What a parent has recorded. A set of another tool is left to it. */
export function recordedIn(object: Fields, id: string): Recorded {
  const labels = textsOf(objectAt(object, 'metadata', 'labels'));
  const annotations = textsOf(objectAt(object, 'metadata', 'annotations'));
  const other = labels[idLabel] ?? id;
  if (other !== id) return { state: 'Foreign', why: `it is the parent of another ApplySet, ${other}` };
  const [tool = '', version = ''] = (annotations[toolingAnnotation] ?? tooling).split('/');
  if (tool !== 'quayside') return { state: 'Foreign', why: `its ApplySet is managed by ${tool} ${version}` };
  return {
    state: 'Ours',
    contents: {
      groupKinds: listed(annotations[groupKindsAnnotation]),
      namespaces: listed(annotations[namespacesAnnotation]),
    },
  };
}

/** The labels and annotations of a parent whose set has these contents. */
export function parentMetadata(
  id: string,
  { groupKinds, namespaces }: Contents,
): {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
} {
  return {
    labels: { [idLabel]: id },
    annotations: {
      [toolingAnnotation]: tooling,
      [groupKindsAnnotation]: [...groupKinds].sort().join(','),
      [namespacesAnnotation]: [...namespaces].sort().join(','),
    },
  };
}

/** Contents that hold both. */
export function widened(one: Contents, other: Contents): Contents {
  return {
    groupKinds: new Set([...one.groupKinds, ...other.groupKinds]),
    namespaces: new Set([...one.namespaces, ...other.namespaces]),
  };
}

/** Whether nothing in the second is missing in the first. */
export function covers(one: Contents, other: Contents): boolean {
  return (['groupKinds', 'namespaces'] as const).every((what) => [...other[what]].every((item) => one[what].has(item)));
}

function listed(text = ''): ReadonlySet<string> {
  return new Set(text.split(',').filter((part) => part !== ''));
}
