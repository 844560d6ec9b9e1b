import { visit, type Document } from 'yaml';
import { type FaultText } from '../faults.js';

/** Aliases before which no anchor of their name stands: more often than not a text that begins with `*`, and may be a password. */
export function strayAliases(document: Document): readonly (FaultText & { readonly at: number })[] {
  const anchors = new Set<string>();
  const found: number[] = [];
  visit(document, {
    Node: (_, node) => {
      if ('anchor' in node && node.anchor !== undefined) anchors.add(node.anchor);
    },
    Alias: (_, { source, range }) => {
      if (!anchors.has(source)) found.push(range?.[0] ?? 0);
    },
  });
  const message = 'cannot be read: an alias stands here, and no anchor of its name before it';
  const hint = 'Put text that begins with * in quotes.';
  return found.slice(0, 20).map((at) => ({ at, path: '', message, hint }));
}
