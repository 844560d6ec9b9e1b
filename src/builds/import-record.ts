import { buildNotRewrittenAnnotation } from '../api/index.js';
import { type ImageStreamTag } from './image-stream-tag.js';
import { importMarks, type Marked } from './import-marks.js';
import { type Raw, rawOf } from './raw.js';
import { shapeOf } from './shape.js';

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
  readonly settled: boolean;
  /** How it could have been pointed at Quay, where it was not. */
  readonly missed: Missed | undefined;
}

/** A Build that could have been rewritten, and was not. */
export interface Missed {
  readonly serviceAccount: string;
  /** It brings credentials of its own. */
  readonly pushSecret: boolean;
  /** That has been told already. */
  readonly told: boolean;
}

/** Reads a Build of which nothing is known. */
export function buildRecord(object: unknown): BuildRecord {
  const { metadata, spec, status } = rawOf(object);
  const { namespace, name, uid, creationTimestamp, annotations } = rawOf(metadata);
  const self = { namespace: textOf(namespace) ?? '', name: textOf(name) ?? '', uid: textOf(uid) ?? '' };
  const { managed, destination, settled } = importMarks(annotations, self);
  const { kind, name: image } = rawOf(rawOf(rawOf(spec).output).to);
  const { phase, reason, completionTimestamp, output } = rawOf(status);
  return {
    ...self,
    created: textOf(creationTimestamp) ?? '',
    phase: textOf(phase),
    phaseReason: textOf(reason),
    completed: textOf(completionTimestamp),
    image: kind === 'DockerImage' ? textOf(image) : undefined,
    digest: textOf(rawOf(rawOf(output).to).imageDigest),
    destination: managed ? destination : undefined,
    settled,
    missed: managed ? undefined : missed(object, self, rawOf(annotations)),
  };
}

function missed(object: unknown, { namespace, uid }: Marked, annotations: Raw): Missed | undefined {
  const { build } = shapeOf(object);
  // What goes into another namespace is left alone on purpose.
  if (build === undefined || (build.outputNamespace ?? namespace) !== namespace) return undefined;
  const { serviceAccount, pushSecret } = build;
  return { serviceAccount, pushSecret, told: annotations[buildNotRewrittenAnnotation] === uid };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
