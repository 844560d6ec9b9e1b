import { buildCloneAnnotation } from '../api/index.js';
import { isCloned } from './decision-mark.js';
import { rewrittenFrom } from './import-marks.js';
import { type ImageStreamTag, outputTag } from './image-stream-tag.js';
import { type Fields, isRecord, objectAt, objectOrEmpty, textOf } from '../json/index.js';

/** What there is to know of a Build whose output can be pointed at Quay. */
export interface RewritableBuild {
  readonly output: ImageStreamTag;
  /** The namespace that the output names. */
  readonly outputNamespace: string | undefined;
  /** The image that its original was pointed at, which may be of a registry that is no longer used. */
  readonly rewrittenTo?: string;
  readonly serviceAccount: string;
  readonly pushSecret: PushSecret | undefined;
}

/** The Secret that the output names. */
export interface PushSecret {
  readonly name: string;
  /** OpenShift chose it, for this Build or for the one that it was cloned from. */
  readonly chosen: boolean;
}

/** Why a Build is of no concern, for all namespaces alike. */
export type Unconcerned =
  | 'NotABuild'
  /** Neither Docker nor Source. */
  | 'OtherStrategy'
  /** No output, or to anything but an image stream tag: what has been rewritten is among these. */
  | 'OtherOutput'
  /** Its output is no tag of an image stream that OpenShift takes, or that anybody could push to. */
  | 'InvalidOutput';

/** A Build that can be rewritten, or why it is of no concern. */
export type BuildShape =
  | { readonly build: RewritableBuild }
  | { readonly build?: undefined; readonly reason: Unconcerned; readonly output?: string };

/** The service account that OpenShift takes where none is named. */
export const defaultAccount = 'builder';

/** Reads a Build of which nothing is known. */
export function shapeOf(object: unknown): BuildShape {
  if (!isRecord(object)) return { reason: 'NotABuild' };
  const spec = objectOrEmpty(object.spec);
  const strategy = objectOrEmpty(spec.strategy);
  if (!isRecord(strategy.dockerStrategy) && !isRecord(strategy.sourceStrategy)) return { reason: 'OtherStrategy' };
  const to = outputOf(object);
  if (to === undefined) return { reason: 'OtherOutput' };
  const output = outputTag(to.name);
  if (output === undefined) return { reason: 'InvalidOutput', output: to.name };
  // A patch of these would not apply, or would make something that no API server takes.
  if (!isMapOrAbsent(object, 'metadata') || !isMapOrAbsent(objectOrEmpty(object.metadata), 'annotations')) {
    return { reason: 'NotABuild' };
  }
  const serviceAccount = textOf(spec.serviceAccount) ?? defaultAccount;
  const pushSecret = pushSecretOf(object, serviceAccount);
  const { namespace: outputNamespace, rewrittenTo } = to;
  return {
    build: { output, outputNamespace, serviceAccount, pushSecret, ...(rewrittenTo !== undefined && { rewrittenTo }) },
  };
}

interface Output {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly rewrittenTo?: string;
}

/** The image stream tag that the output names; that of a clone whose original was pointed at Quay stands in its annotations. */
function outputOf({ metadata, spec }: Fields): Output | undefined {
  const { kind, name, namespace } = objectAt(spec, 'output', 'to');
  if (kind === 'ImageStreamTag') return { name: textOf(name) ?? '', namespace: textOf(namespace) };
  const annotations = objectAt(metadata, 'annotations');
  const rewrittenTo = textOf(name);
  if (kind !== 'DockerImage' || rewrittenTo === undefined || annotations[buildCloneAnnotation] === undefined)
    return undefined;
  const [, within, tag] = /^([^/]+)\/([^/]+)$/.exec(rewrittenFrom(annotations) ?? '') ?? [];
  const isTag = tag !== undefined && outputTag(tag) !== undefined;
  return isTag ? { name: tag, namespace: within, rewrittenTo } : undefined;
}

/**
 * OpenShift's build controller gives a push secret to every Build that it starts, and a clone keeps it. It takes the one that
 * OpenShift made for the service account: `builder-dockercfg-x7k2p`.
 */
function pushSecretOf({ metadata, spec }: Fields, account: string): PushSecret | undefined {
  const name = textOf(objectAt(spec, 'output', 'pushSecret').name);
  if (name === undefined) return undefined;
  const prefix = `${account}-dockercfg-`;
  const isMadeFor = name.startsWith(prefix) && /^[a-z0-9]{5,8}$/.test(name.slice(prefix.length));
  return { name, chosen: isMadeFor || isCloned(objectAt(metadata, 'annotations'), name) };
}

/** Whether the output of a Build can be pointed at Quay, in whatever namespace it is. */
export function isRewritable(object: unknown): boolean {
  return shapeOf(object).build !== undefined;
}

function isMapOrAbsent(object: Fields, field: string): boolean {
  const value = object[field];
  return value === undefined || value === null || isRecord(value);
}
