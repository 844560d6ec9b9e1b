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

const managedPath = `/metadata/annotations/${escaped(buildManagedAnnotation)}`;
const destinationPath = `/metadata/annotations/${escaped(buildDestinationAnnotation)}`;

/** QBO's patch for a Build of a shape that can be rewritten; unlike QBO's it also fits where there are no annotations yet. */
export function patchFor(object: unknown, { image, destination }: Rewrite): readonly PatchOperation[] {
  const build = rawOf(object);
  const patch: PatchOperation[] = [
    { op: 'replace', path: '/spec/output/to/kind', value: 'DockerImage' },
    { op: 'replace', path: '/spec/output/to/name', value: image },
  ];
  // OpenShift refuses a namespace beside this kind.
  if (Object.hasOwn(rawOf(rawOf(rawOf(build.spec).output).to), 'namespace')) {
    patch.push({ op: 'remove', path: '/spec/output/to/namespace' });
  }
  const { metadata } = build;
  if (isRaw(metadata) && isRaw(metadata.annotations)) {
    patch.push(
      { op: 'add', path: managedPath, value: 'true' },
      { op: 'add', path: destinationPath, value: destination },
    );
    return patch;
  }
  const annotations = { [buildManagedAnnotation]: 'true', [buildDestinationAnnotation]: destination };
  if (isRaw(metadata)) patch.push({ op: 'add', path: '/metadata/annotations', value: annotations });
  else patch.push({ op: 'add', path: '/metadata', value: { annotations } });
  return patch;
}

/** A name as a step of a path. */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
