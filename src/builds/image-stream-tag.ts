import { repositoryName } from '../api/index.js';

/** An image stream, and one of its tags. */
export interface ImageStreamTag {
  readonly stream: string;
  readonly tag: string;
}

/** Where `oc` puts what names no tag. */
const defaultTag = 'latest';
const tagName = /^\w[\w.-]{0,127}$/;
// What OpenShift takes for an image stream.
const plainName = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

/**
 * Reads the output of a Build as OpenShift does; undefined when it would not take that: pointed at Quay, such a Build would become
 * valid by the way.
 */
export function outputTag(name: string): ImageStreamTag | undefined {
  const found = name.includes(':') ? imageStreamTag(name) : undefined;
  return found !== undefined && plainName.test(found.stream) ? found : undefined;
}

/** Reads `stream[:tag]`; undefined when it is none that could be pushed to. */
export function imageStreamTag(name: string): ImageStreamTag | undefined {
  const colon = name.indexOf(':');
  const stream = colon < 0 ? name : name.slice(0, colon);
  const tag = colon < 0 ? defaultTag : name.slice(colon + 1);
  return isStreamName(stream) && tagName.test(tag) ? { stream, tag } : undefined;
}

function isStreamName(name: string): boolean {
  // The slash separates the repositories of Quay; no image stream has one.
  if (name.length > 253 || name.includes('/')) return false;
  return plainName.test(name) || repositoryName.safeParse(name).success;
}
