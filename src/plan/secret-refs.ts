import type { QuayOrganizationSpec, SecretRef } from '../api/index.js';
import type { Change } from './change.js';
import { managedItems } from './managed-items.js';

/** What a document can use a Secret for, as the annotation of that Secret calls it. */
export type SecretUse = 'mirror' | 'proxy-cache' | 'notification';

/** A Secret that a document names, and what for. */
export interface NamedSecret {
  readonly ref: SecretRef;
  readonly use: SecretUse;
}

/** The secrets that a document refers to, by the item that uses them. */
export function secretRefsOf(spec: QuayOrganizationSpec): ReadonlyMap<string, NamedSecret> {
  const named = new Map<string, NamedSecret>();
  const add = (managedItem: string, use: SecretUse, ref: SecretRef | undefined): void => {
    if (ref !== undefined) named.set(managedItem, { ref, use });
  };
  add(managedItems.proxyCache(), 'proxy-cache', spec.proxyCache?.passwordSecretRef);
  for (const { name, mirror, notifications } of spec.repositories) {
    add(managedItems.mirror(name), 'mirror', mirror?.passwordSecretRef);
    for (const { title, urlSecretRef } of notifications ?? [])
      add(managedItems.notification(name, title), 'notification', urlSecretRef);
  }
  return named;
}

/** Fields of a mirror that say where its password goes, and how. */
const aboutPassword: ReadonlySet<string> = new Set([
  'passwordSecretRef',
  'username',
  'externalReference',
  'proxy',
  'verifyTLS',
]);

/** The Secret whose value a change brings to somebody, or to somebody else. */
export function secretDrawnBy(change: Change): NamedSecret | undefined {
  const drawn = (use: SecretUse, ref: SecretRef | undefined): NamedSecret | undefined => ref && { use, ref };
  if (change.type === 'SetProxyCache') return drawn('proxy-cache', change.proxyCache.passwordSecretRef);
  if (change.type === 'CreateNotification') return drawn('notification', change.notification.urlSecretRef);
  if (change.type !== 'SetMirror') return undefined;
  const { mirror, fields } = change;
  const isSent = fields === undefined || fields.some((field) => aboutPassword.has(field));
  return isSent ? drawn('mirror', mirror.passwordSecretRef) : undefined;
}

/** What a kind of change uses secrets for. */
export function secretUseOf({ type }: Change): SecretUse | undefined {
  if (type === 'SetProxyCache') return 'proxy-cache';
  if (type === 'CreateNotification') return 'notification';
  return type === 'SetMirror' ? 'mirror' : undefined;
}
