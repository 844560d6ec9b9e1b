import { buildNotRewrittenAnnotation } from '../api/index.js';
import { type Pending, isPending } from './decision.js';
import { decisionMark, isOwnMark, namedPushSecret } from './decision-mark.js';
import { type ImageStreamTag } from './image-stream-tag.js';
import { importMarks, type Marked } from './import-marks.js';
import { type Fields, objectAt, objectOrEmpty, textOf } from '../json/index.js';
import { defaultAccount, shapeOf } from './shape.js';

/** What there is to remember of a Build once it exists. */
export interface BuildRecord {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly created: string;
  readonly phase: string | undefined;
  /** Why it is in that phase, in OpenShift's word. */
  readonly phaseReason: string | undefined;
  readonly completed: string | undefined;
  /** The image that it pushed, or is to push, where its output names one. */
  readonly image: string | undefined;
  /** The digest that it pushed. */
  readonly digest: string | undefined;
  /** The tag that is to get its image; absent where its output was not pointed at Quay. */
  readonly destination: ImageStreamTag | undefined;
  /** There is nothing left to import. */
  readonly upToDate: boolean;
  /** How it could have been pointed at Quay, where it was not. */
  readonly missed: Missed | undefined;
  /** What it may have to wait for, where it was pointed at Quay before that was there. */
  readonly awaited: Awaited | undefined;
}

/** A Build that could have been rewritten, and was not. */
export interface Missed {
  readonly serviceAccount: string;
  /** The image stream that it goes into. */
  readonly stream: string;
  /** Why, by the webhook's own word; `NotRewritten`: it was not asked. */
  readonly why: Pending | 'NotRewritten';
  /** It has been reported already. */
  readonly reported: boolean;
}

/** The push secret that the webhook named before it was there. */
export interface Awaited {
  readonly serviceAccount: string;
  readonly pushSecret: string;
  /** It was named for this Build, and not for one that it was cloned from. */
  readonly own: boolean;
}

/** Reads a Build of which nothing is known. */
export function buildRecord(object: unknown): BuildRecord {
  const { metadata, spec, status } = objectOrEmpty(object);
  const { namespace, name, uid, creationTimestamp, annotations } = objectOrEmpty(metadata);
  const self = { namespace: textOf(namespace) ?? '', name: textOf(name) ?? '', uid: textOf(uid) ?? '' };
  const { managed, destination, upToDate } = importMarks(annotations, self);
  const { kind, name: image } = objectAt(spec, 'output', 'to');
  const { phase, reason, completionTimestamp, output } = objectOrEmpty(status);
  return {
    ...self,
    created: textOf(creationTimestamp) ?? '',
    phase: textOf(phase),
    phaseReason: textOf(reason),
    completed: textOf(completionTimestamp),
    image: kind === 'DockerImage' ? textOf(image) : undefined,
    digest: textOf(objectAt(output, 'to').imageDigest),
    destination: managed ? destination : undefined,
    upToDate,
    missed: managed ? undefined : missed(object, self, objectOrEmpty(annotations)),
    awaited: managed ? awaited(object, objectOrEmpty(annotations)) : undefined,
  };
}

function missed(object: unknown, { namespace, uid }: Marked, annotations: Fields): Missed | undefined {
  const { build } = shapeOf(object);
  // An output in another namespace is not rewritten on purpose.
  if (build === undefined || (build.outputNamespace ?? namespace) !== namespace) return undefined;
  const mark = decisionMark(annotations);
  const decided =
    mark !== undefined && isOwnMark(mark, objectOrEmpty(object).metadata) ? mark.decision : 'NotRewritten';
  if (decided !== 'NotRewritten' && !isPending(decided)) return undefined;
  const { serviceAccount, output } = build;
  return {
    serviceAccount,
    stream: output.stream,
    why: decided,
    reported: annotations[buildNotRewrittenAnnotation] === uid,
  };
}

function awaited(object: unknown, annotations: Fields): Awaited | undefined {
  const { metadata, spec } = objectOrEmpty(object);
  const mark = decisionMark(annotations);
  const pushSecret = textOf(objectAt(spec, 'output', 'pushSecret').name);
  if (mark?.decision !== namedPushSecret || pushSecret === undefined) return undefined;
  const serviceAccount = textOf(objectOrEmpty(spec).serviceAccount) ?? defaultAccount;
  return { serviceAccount, pushSecret, own: isOwnMark(mark, metadata) };
}
