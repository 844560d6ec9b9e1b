import { type Fields, objectOrEmpty, textOf } from '../../json/index.js';

/** What a line of a watch says. */
export type WatchEvent =
  | { readonly kind: 'Put' | 'Remove'; readonly object: Fields; readonly resourceVersion: string }
  | { readonly kind: 'Bookmark'; readonly resourceVersion: string }
  | { readonly kind: 'Error'; readonly status: number; readonly body: Fields };

/** Reads a line of a watch. One that it does not know is an error: what it meant would be missed. */
export function readEvent(line: Fields): WatchEvent {
  const object = objectOrEmpty(line.object);
  const resourceVersion = textOf(objectOrEmpty(object.metadata).resourceVersion);
  if (resourceVersion !== undefined) {
    if (line.type === 'ADDED' || line.type === 'MODIFIED') return { kind: 'Put', object, resourceVersion };
    if (line.type === 'DELETED') return { kind: 'Remove', object, resourceVersion };
    if (line.type === 'BOOKMARK') return { kind: 'Bookmark', resourceVersion };
  }
  return { kind: 'Error', status: typeof object.code === 'number' ? object.code : 500, body: object };
}
