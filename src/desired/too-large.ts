import { type QuayOrganization } from '../api/index.js';
import { limits } from '../limits/index.js';
import { type StatePaths } from '../names/index.js';
import { formatFile, type JsonObject } from '../state/index.js';
import { type RenderProblem } from './rendered.js';

/** A file has at most so many times the bytes of its JSON. */
const wordiness = 4;

/** Whether the file of a document is one that we would not read. */
export function isTooLarge(organization: QuayOrganization): boolean {
  const { length } = JSON.stringify(organization.spec);
  if (length * wordiness <= limits.documentBytes) return false;
  // The comment at the top has two lines with the name of the namespace.
  return Buffer.byteLength(formatFile(organization as JsonObject)) + 512 > limits.documentBytes;
}

/** What to say of a document that is too large for another reason than its image streams. */
export function tooLarge(namespace: string, paths: StatePaths): RenderProblem {
  return {
    namespace,
    reason: 'OverlayInvalid',
    source: paths.overlay(namespace),
    path: '',
    message: `makes the document longer than ${limits.documentBytes} bytes`,
    hint: 'Shorten it.',
  };
}

/** What to say of image streams that are left out: `1-of-5001`. */
export function leftOutStreams(amount: string): Pick<RenderProblem, 'message' | 'hint'> {
  const [leftOut, , all] = amount.split('-');
  return {
    message: `${leftOut} of ${all} have no repository: an organization takes ${limits.repositories} repositories, and ${limits.documentBytes} bytes of their names`,
    hint: 'Delete image streams that nobody needs, or spread them over several namespaces.',
  };
}

/** The document with an annotation more. */
export function withAnnotation(organization: QuayOrganization, name: string, value: string): QuayOrganization {
  const { metadata } = organization;
  return { ...organization, metadata: { ...metadata, annotations: { ...metadata.annotations, [name]: value } } };
}
