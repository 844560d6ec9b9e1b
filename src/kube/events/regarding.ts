import { type Regarding } from './event-book.js';

/** A `QuayOrganization` as an Event names it. */
export function regarding({ name, uid }: { readonly name: string; readonly uid?: string | undefined }): Regarding {
  return { apiVersion: 'quayside.dev/v1alpha1', kind: 'QuayOrganization', name, ...(uid !== undefined && { uid }) };
}
