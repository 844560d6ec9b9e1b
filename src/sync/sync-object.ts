import { type Fields } from '../json/index.js';

/** A Kubernetes object as it is declared: the fields that are meant, and no status. */
export interface KubeObject extends Fields {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** An object to be applied, and what it needs first. */
export interface SyncObject {
  readonly object: KubeObject;
  /** Keys of the objects whose new state it needs: while one of them is not applied and ready, it is not written. */
  readonly after?: readonly string[];
}

/** What the sync knows of an object that is in the cluster. */
export interface LiveObject {
  readonly key: string;
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly uid: string;
  readonly deleting: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly finalizers: readonly string[];
  readonly spec: Fields;
  /** All of it with its `managedFields`, where it was read rather than remembered. */
  readonly whole?: Fields;
}

/** The group and kind of an object, as ApplySets write it: `Deployment.apps`, `ConfigMap`. */
export function groupKindOf({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): string {
  const [group, version] = apiVersion.split('/');
  return version === undefined ? kind : `${kind}.${group}`;
}

/** What an object is known by, whatever the version it is declared in: `Deployment.apps/shop/web`. */
export function objectKey(object: Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>): string {
  return keyOf(groupKindOf(object), object.metadata);
}

/** The same of a kind and a name. */
export function keyOf(
  groupKind: string,
  named: { readonly namespace?: string | undefined; readonly name: string },
): string {
  return `${groupKind}/${named.namespace ?? ''}/${named.name}`;
}

/** The group and kind in a key. */
export function groupKindIn(key: string): string {
  return key.slice(0, key.indexOf('/'));
}

/** An object in words: `ConfigMap shop/settings`. */
export function objectWords(key: string): string {
  const [groupKind = '', namespace = '', name = ''] = key.split('/');
  const [kind = ''] = groupKind.split('.');
  return `${kind} ${namespace === '' ? name : `${namespace}/${name}`}`;
}
