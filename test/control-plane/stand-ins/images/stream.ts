import type { Fields } from '../front/api.js';
import type { Failure } from './registry.js';

/** One image of an import: where it is, and the tag that is to have it. */
export interface AskedImage {
  readonly from: { readonly name: string };
  readonly to?: { readonly name: string };
  readonly importPolicy?: Fields;
  readonly referencePolicy?: { readonly type?: string };
}

/** The fields of an image stream that an import reads and writes. */
export interface Stream {
  readonly metadata: {
    readonly name: string;
    readonly generation?: number;
    readonly resourceVersion?: string;
  } & Fields;
  readonly spec?: { readonly tags?: readonly SpecTag[] } & Fields;
  readonly status?: { readonly tags?: readonly StatusTag[] } & Fields;
}

interface SpecTag extends Fields {
  readonly name: string;
  readonly importPolicy?: Fields;
  readonly referencePolicy?: { readonly type?: string };
}

interface StatusTag extends Fields {
  readonly tag: string;
  readonly items?: readonly ({ readonly image: string } & Fields)[] | null;
}

/** A stream after an image came: its tag points there with the import's own policy, and a reference policy that was there stays. */
export function withImage(stream: Stream, image: AskedImage, digest: string, now: string): Stream {
  const tag = image.to?.name ?? '';
  const before = specTag(stream, tag);
  const items = statusTag(stream, tag)?.items ?? [];
  const [repository] = image.from.name.split(/:(?=[^/]*$)/);
  const item = {
    created: now,
    dockerImageReference: `${repository}@${digest}`,
    image: digest,
    generation: nextGeneration(stream),
  };
  const moved = items[0]?.image !== digest;
  const added = withSpecTag(stream, {
    ...before,
    name: tag,
    from: { kind: 'DockerImage', name: image.from.name },
    generation: moved ? item.generation : (items[0]?.generation ?? item.generation),
    importPolicy: image.importPolicy ?? {},
    referencePolicy: before?.referencePolicy?.type === undefined ? image.referencePolicy : before.referencePolicy,
  });
  return withStatusTag(added, { tag, items: moved ? [item, ...items] : items });
}

/** A stream after an image could not be had: a tag that was not there is, and says why. */
export function withFailure(stream: Stream, image: AskedImage, { reason, message }: Failure, now: string): Stream {
  const tag = image.to?.name ?? '';
  const { importPolicy, referencePolicy } = image;
  const from = { kind: 'DockerImage', name: image.from.name };
  const before = specTag(stream, tag) ?? { name: tag, from, importPolicy, referencePolicy };
  const condition = {
    type: 'ImportSuccess',
    status: 'False',
    reason,
    message,
    generation: nextGeneration(stream),
    lastTransitionTime: now,
  };
  const items = statusTag(stream, tag)?.items ?? null;
  return withStatusTag(withSpecTag(stream, { ...before, generation: 0 }), { tag, items, conditions: [condition] });
}

function nextGeneration({ metadata }: Stream): number {
  return (metadata.generation ?? 0) + 1;
}

function specTag({ spec }: Stream, name: string): SpecTag | undefined {
  return spec?.tags?.find((one) => one.name === name);
}

function statusTag({ status }: Stream, tag: string): StatusTag | undefined {
  return status?.tags?.find((one) => one.tag === tag);
}

function withSpecTag(stream: Stream, tag: SpecTag): Stream {
  const others = (stream.spec?.tags ?? []).filter(({ name }) => name !== tag.name);
  return { ...stream, spec: { ...stream.spec, tags: [...others, tag] } };
}

function withStatusTag(stream: Stream, tag: StatusTag): Stream {
  const others = (stream.status?.tags ?? []).filter((one) => one.tag !== tag.tag);
  return { ...stream, status: { ...stream.status, tags: [...others, tag] } };
}
