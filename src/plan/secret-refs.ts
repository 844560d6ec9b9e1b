import type { QuayOrganizationSpec, SecretRef } from '../api/index.js';
import { things } from './things.js';

/** The secrets that a document refers to, by the thing that uses them. */
export function secretRefsOf(spec: QuayOrganizationSpec): ReadonlyMap<string, SecretRef> {
  const refs: [string, SecretRef | undefined][] = [[things.proxyCache(), spec.proxyCache?.passwordSecretRef]];
  for (const { name, mirror, notifications } of spec.repositories) {
    refs.push([things.mirror(name), mirror?.passwordSecretRef]);
    for (const { title, urlSecretRef } of notifications ?? [])
      refs.push([things.notification(name, title), urlSecretRef]);
  }
  return new Map(refs.flatMap(([thing, ref]) => (ref === undefined ? [] : [[thing, ref] as const])));
}
