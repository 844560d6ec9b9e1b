import { type BuildRecord } from './import-record.js';
import { type Fields, objectOrEmpty, objectsIn, textOf } from '../json/index.js';

/** What an image stream says of its tags. */
export interface StreamRecord {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly tags: readonly {
    readonly tag: string;
    /** When its newest image came, and from where. */
    readonly created: string | undefined;
    readonly image: string | undefined;
  }[];
}

/** Reads an image stream of which nothing is known. */
export function streamRecord(object: Fields): StreamRecord {
  const { namespace, name, uid } = objectOrEmpty(object.metadata);
  const tags = objectsIn(objectOrEmpty(object.status).tags).map(({ tag, items }) => {
    const [newest = {}] = objectsIn(items);
    return {
      tag: textOf(tag) ?? '',
      created: textOf(newest.created),
      image: textOf(newest.dockerImageReference),
    };
  });
  return { namespace: textOf(namespace) ?? '', name: textOf(name) ?? '', uid: textOf(uid) ?? '', tags };
}

/** Milliseconds that the clocks of Quay and of the cluster may be apart. */
const skew = 300_000;

interface Push {
  /** `host[:port]/organization/` */
  readonly place: string;
  /** When the repository got its newest tag, in milliseconds. */
  readonly pushed: number;
}

/**
 * Whether Quay got an image that never came into the image stream: a push that is newer than all that was imported from there,
 * and of which none of the Builds speaks.
 */
export function isLost(
  { namespace, name, tags }: StreamRecord,
  { place, pushed }: Push,
  builds: readonly BuildRecord[],
): boolean {
  const imported = tags.flatMap(({ created, image }) =>
    created !== undefined && image?.startsWith(`${place}${name}@`) === true ? [Date.parse(created)] : [],
  );
  if (pushed <= Math.max(0, ...imported) + skew) return false;
  return !builds.some(
    (build) => build.namespace === namespace && build.destination?.stream === name && mayHavePushed(build, pushed),
  );
}

const failed: ReadonlySet<string> = new Set(['Failed', 'Error', 'Cancelled']);

function mayHavePushed({ phase = 'New', completed }: BuildRecord, pushed: number): boolean {
  if (failed.has(phase)) return false;
  return completed === undefined || Date.parse(completed) + skew >= pushed;
}
