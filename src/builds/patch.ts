import { buildDestinationAnnotation, buildManagedAnnotation } from '../api/index.js';
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
}

/** QBO's patch for a Build of a shape that can be rewritten; unlike QBO's it also fits where there are no annotations yet. */
export function patchFor(object: unknown, { image, destination }: Rewrite): readonly PatchOperation[] {
  const build = rawOf(object);
  const to = rawOf(rawOf(rawOf(build.spec).output).to);
  return [
    { op: 'replace', path: '/spec/output/to/kind', value: 'DockerImage' },
    { op: 'replace', path: '/spec/output/to/name', value: image },
    // OpenShift refuses a namespace beside this kind.
    ...(Object.hasOwn(to, 'namespace') ? [{ op: 'remove', path: '/spec/output/to/namespace' } as const] : []),
    ...annotate(build.metadata, {
      [buildManagedAnnotation]: 'true',
      [buildDestinationAnnotation]: destination,
    }),
  ];
}

function annotate(metadata: unknown, annotations: Readonly<Record<string, string>>): readonly PatchOperation[] {
  if (!isRaw(metadata)) return [{ op: 'add', path: '/metadata', value: { annotations } }];
  if (!isRaw(metadata.annotations)) return [{ op: 'add', path: '/metadata/annotations', value: annotations }];
  return Object.entries(annotations).map(([name, value]) => ({
    op: 'add',
    path: `/metadata/annotations/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    value,
  }));
}
