import { buildCloneAnnotation, buildDecisionAnnotation } from '../api/index.js';
import { type Fields, objectOrEmpty, textOf } from '../json/index.js';

/** What the annotation of a Build says of its admission. */
export interface DecisionMark {
  /** The Build that it was decided for. */
  readonly of: string;
  /** The reason why it was left as it is, or `namedPushSecret`. */
  readonly decision: string;
  /** The push secret that its author gave it. */
  readonly pushSecret?: string;
}

/** It was pointed at Quay, with a push secret that may not have been there yet. */
export const namedPushSecret = 'PushSecretNamed';

/** Reads the mark of a Build. */
export function decisionMark(annotations: Fields): DecisionMark | undefined {
  const value = annotations[buildDecisionAnnotation];
  const [of = '', decision = '', pushSecret] = typeof value === 'string' ? value.split(':') : [];
  if (of === '' || decision === '') return undefined;
  return { of, decision, ...(pushSecret !== undefined && { pushSecret }) };
}

/** The mark as the annotation has it. No name has a colon. */
export function markText({ of, decision, pushSecret }: DecisionMark): string {
  return [of, decision, ...(pushSecret === undefined ? [] : [pushSecret])].join(':');
}

/**
 * What a Build is called in its mark: by its name, which OpenShift gives it before its admission, or by the beginning of one that
 * the API server gives it afterwards.
 */
export function markedName(metadata: unknown): string | undefined {
  const { name, generateName } = objectOrEmpty(metadata);
  return textOf(name) ?? textOf(generateName);
}

/** Whether the mark was made for this Build, and not for one that it was cloned from. */
export function isOwnMark({ of }: DecisionMark, metadata: unknown): boolean {
  const { name, generateName } = objectOrEmpty(metadata);
  return of === name || of === generateName;
}

/** Whether the push secret of a clone may be one that OpenShift chose for its original: nobody wrote down that a person did. */
export function isCloned(annotations: Fields, pushSecret: string): boolean {
  if (annotations[buildCloneAnnotation] === undefined) return false;
  return decisionMark(annotations)?.pushSecret !== pushSecret;
}
