import { buildDecisionAnnotation, buildDestinationAnnotation, buildManagedAnnotation } from '../api/index.js';
import { type DecisionMark, markText } from './decision-mark.js';
import { isRaw, rawOf } from './raw.js';

/** One step of a JSON patch (RFC 6902). */
export type PatchOperation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

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
export function patchFor(
  object: unknown,
  { image, destination, pushSecret, mark }: Rewrite,
): readonly PatchOperation[] {
  const output = rawOf(rawOf(rawOf(object).spec).output);
  const patch: PatchOperation[] = [
    { op: 'replace', path: '/spec/output/to/kind', value: 'DockerImage' },
    { op: 'replace', path: '/spec/output/to/name', value: image },
  ];
  // OpenShift refuses a namespace beside this kind.
  if (Object.hasOwn(rawOf(output.to), 'namespace')) patch.push({ op: 'remove', path: '/spec/output/to/namespace' });
  if (pushSecret === 'none') patch.push({ op: 'remove', path: '/spec/output/pushSecret' });
  else if (pushSecret !== undefined) patch.push({ op: 'add', path: '/spec/output/pushSecret', value: pushSecret });
  return [
    ...patch,
    ...annotationSteps(object, {
      [buildManagedAnnotation]: 'true',
      [buildDestinationAnnotation]: destination,
      ...(mark !== undefined && { [buildDecisionAnnotation]: markText(mark) }),
    }),
  ];
}

/** Writes down what was decided for a Build; nothing where that stands there, or where there is no place for it. */
export function markPatch(object: unknown, mark: DecisionMark): readonly PatchOperation[] {
  const { metadata } = rawOf(object);
  const { annotations } = rawOf(metadata);
  const hasPlace = [metadata, annotations].every((one) => one === undefined || one === null || isRaw(one));
  const text = markText(mark);
  if (!hasPlace || rawOf(annotations)[buildDecisionAnnotation] === text) return [];
  return annotationSteps(object, { [buildDecisionAnnotation]: text });
}

function annotationSteps(object: unknown, annotations: Readonly<Record<string, string>>): readonly PatchOperation[] {
  const { metadata } = rawOf(object);
  if (!isRaw(metadata)) return [{ op: 'add', path: '/metadata', value: { annotations } }];
  if (!isRaw(metadata.annotations)) return [{ op: 'add', path: '/metadata/annotations', value: annotations }];
  return Object.entries(annotations).map(([name, value]) => ({
    op: 'add',
    path: `/metadata/annotations/${escaped(name)}`,
    value,
  }));
}

/** A name as a step of a path. */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
