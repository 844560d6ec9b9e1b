import {
  buildCloneAnnotation,
  buildDestinationAnnotation,
  buildImportedAnnotation,
  buildImportOfAnnotation,
  buildImportSkippedAnnotation,
  buildManagedAnnotation,
  inPredecessorsDomain,
} from '../api/index.js';
import { imageStreamTag, type ImageStreamTag } from './image-stream-tag.js';
import { type Fields, objectOrEmpty } from '../json/index.js';

/** What the annotations of a Build say of its rewrite and its import. */
export interface ImportMarks {
  /** Its output was pointed at Quay. */
  readonly managed: boolean;
  /** The tag of its own namespace that it was for. */
  readonly destination?: ImageStreamTag;
  /** There is nothing left to import. */
  readonly upToDate: boolean;
}

/** The Build whose annotations are read. */
export interface Marked {
  readonly namespace: string;
  readonly uid: string;
}

/** Reads the annotations, QBO's and those of its predecessor. */
export function importMarks(annotations: unknown, { namespace, uid }: Marked): ImportMarks {
  const texts = objectOrEmpty(annotations);
  const managed = eitherOf(texts, buildManagedAnnotation) === 'true';
  const destination = destinationIn(namespace, eitherOf(texts, buildDestinationAnnotation));
  return { managed, ...(destination && { destination }), upToDate: isUpToDate(texts, uid) };
}

/** `<namespace>/<stream>:<tag>` of a Build whose output was pointed at Quay. */
export function rewrittenFrom(annotations: Fields): string | undefined {
  const managed = eitherOf(annotations, buildManagedAnnotation) === 'true';
  return managed ? eitherOf(annotations, buildDestinationAnnotation) : undefined;
}

function isUpToDate(annotations: Fields, uid: string): boolean {
  const marked =
    eitherOf(annotations, buildImportedAnnotation) !== undefined ||
    annotations[buildImportSkippedAnnotation] !== undefined;
  const of = annotations[buildImportOfAnnotation];
  // A clone copies the annotations of its original; only the UID tells them apart.
  const named = of !== undefined || annotations[buildCloneAnnotation] !== undefined;
  return marked && (!named || of === uid);
}

/**
 * Reads `<namespace>/<stream>:<tag>`. Another namespace than the Build's own is none: whoever may write a Build could
 * otherwise have images put where he may not.
 */
function destinationIn(namespace: string, text: string | undefined): ImageStreamTag | undefined {
  const prefix = `${namespace}/`;
  return text?.startsWith(prefix) === true ? imageStreamTag(text.slice(prefix.length)) : undefined;
}

function eitherOf(annotations: Fields, name: string): string | undefined {
  const value = annotations[name] ?? annotations[inPredecessorsDomain(name)];
  return typeof value === 'string' ? value : undefined;
}
