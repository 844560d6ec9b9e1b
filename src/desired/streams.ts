import { type ImageStreamRecord, type LabelSelector, type Listing, type QuayOrganization } from '../api/index.js';
import { labelSelection } from './label-selection.js';

/**
 * The image streams of a namespace that a selector has. Where they could not be listed, those that the previous document has a repository for:
 * nothing goes, and nothing can be added.
 */
export function repositoryStreams(
  listing: Listing<ImageStreamRecord>,
  previous: ReadonlyMap<string, QuayOrganization>,
  selector?: LabelSelector,
): (namespace: string) => readonly string[] {
  if (!listing.known) {
    return (namespace) =>
      (previous.get(namespace)?.spec.repositories ?? [])
        .filter(({ source }) => source === 'ImageStream')
        .map(({ name }) => name);
  }
  const select = labelSelection(selector);
  const streams = new Map<string, string[]>();
  for (const { namespace, name, labels } of listing.items) {
    if (!select(labels).selected) continue;
    const names = streams.get(namespace);
    if (names === undefined) streams.set(namespace, [name]);
    else names.push(name);
  }
  return (namespace) => streams.get(namespace) ?? [];
}
