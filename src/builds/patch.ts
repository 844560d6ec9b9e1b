import { buildDecisionAnnotation, buildDestinationAnnotation, buildManagedAnnotation } from '../api/index.js';
import { type DecisionMark, markText } from './decision-mark.js';
import { annotate, isRecord, objectAt, objectOrEmpty, type PatchStep } from '../json/index.js';

/** What a Build is to say once it is rewritten. */
export interface Rewrite {
  /** `host[:port]/organization/repository:tag` */
  readonly image: string;
  /** `<namespace>/<image stream>:<tag>` */
  readonly destination: string;
  /** What to do about its push secret: another one, or none. Default: what it brings stays. */
  readonly pushSecret?: { readonly name: string } | 'none';
  readonly mark?: DecisionMark | undefined;
}

/** QBO's patch for a Build of a shape that can be rewritten; unlike QBO's it also fits where there are no annotations yet. */
export function patchFor(object: unknown, { image, destination, pushSecret, mark }: Rewrite): readonly PatchStep[] {
  const output = objectAt(object, 'spec', 'output');
  const patch: PatchStep[] = [
    { op: 'replace', path: '/spec/output/to/kind', value: 'DockerImage' },
    { op: 'replace', path: '/spec/output/to/name', value: image },
  ];
  // OpenShift refuses a namespace beside this kind.
  if (Object.hasOwn(objectOrEmpty(output.to), 'namespace'))
    patch.push({ op: 'remove', path: '/spec/output/to/namespace' });
  if (pushSecret === 'none') patch.push({ op: 'remove', path: '/spec/output/pushSecret' });
  else if (pushSecret !== undefined) patch.push({ op: 'add', path: '/spec/output/pushSecret', value: pushSecret });
  return [
    ...patch,
    ...annotate(object, {
      [buildManagedAnnotation]: 'true',
      [buildDestinationAnnotation]: destination,
      ...(mark !== undefined && { [buildDecisionAnnotation]: markText(mark) }),
    }),
  ];
}

/** Writes down what was decided for a Build; nothing where that stands there, or where there is no place for it. */
export function markPatch(object: unknown, mark: DecisionMark): readonly PatchStep[] {
  const { metadata } = objectOrEmpty(object);
  const { annotations } = objectOrEmpty(metadata);
  const hasPlace = [metadata, annotations].every((one) => one === undefined || one === null || isRecord(one));
  const text = markText(mark);
  if (!hasPlace || objectOrEmpty(annotations)[buildDecisionAnnotation] === text) return [];
  return annotate(object, { [buildDecisionAnnotation]: text });
}
