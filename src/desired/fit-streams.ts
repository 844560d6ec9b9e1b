import { type QuayOrganization } from '../api/index.js';
import { limits } from '../limits/index.js';
import { type Derived } from './derive.js';
import { isObject, type Json } from '../state/index.js';

/** A document that is not too large. */
export interface Fitting extends Derived {
  /** How many of how many image streams have no repository, where there are too many: `1-of-5001`. */
  readonly leftOut?: string;
}

interface Beside {
  readonly overlay: unknown;
  readonly previous: QuayOrganization | undefined;
}

/** What of the limits is used up before the first image stream, in bytes and entries. */
interface Room {
  readonly repositories: number;
  readonly documentBytes: number;
  readonly objectBytes: number;
}

// What stands around a name: two lines of the file; in the object a repository, its managed fields, and the inventory.
const inDocument = 64;
const inObject = { around: 160, times: 3 };
/** Labels, header and the fields that every document has. */
const frame = 4 * 1024;

/**
 * The document with the image streams that fit beside what an overlay says. Those that have a repository already come first:
 * a new one pushes none of them out.
 */
export function fitting(
  whole: Derived,
  derive: (streams: readonly string[]) => Derived,
  { overlay, previous }: Beside,
): Fitting {
  const streams = whole.organization.spec.repositories.map(({ name }) => name);
  const room = roomFor(whole.organization, overlay);
  if (longestFit(streams, room) === streams.length) return whole;
  const had = new Set(previous?.spec.repositories.map(({ name }) => name));
  const ordered = [...streams.filter((name) => had.has(name)), ...streams.filter((name) => !had.has(name))];
  const most = longestFit(ordered, room);
  return {
    ...whole,
    organization: derive(ordered.slice(0, most)).organization,
    leftOut: `${streams.length - most}-of-${streams.length}`,
  };
}

function roomFor({ spec }: QuayOrganization, overlay: unknown): Room {
  const stated = isObject(overlay as Json) && isObject((overlay as { spec: Json }).spec) ? overlay : undefined;
  const { repositories } = (stated as { spec?: { repositories?: unknown } } | undefined)?.spec ?? {};
  // What is short in JSON may be long in YAML: each level is indented.
  const fixed = frame + 2 * (JSON.stringify(overlay ?? {}).length + JSON.stringify(spec.robots).length);
  return {
    repositories: limits.repositories - (Array.isArray(repositories) ? repositories.length : 0),
    documentBytes: limits.documentBytes - fixed,
    objectBytes: limits.objectBytes - inObject.times * fixed,
  };
}

/** How many of them fit, from the first. */
function longestFit(streams: readonly string[], { repositories, documentBytes, objectBytes }: Room): number {
  let [document, object] = [0, 0];
  for (const [at, { length }] of streams.entries()) {
    document += length + inDocument;
    object += inObject.times * length + inObject.around;
    if (at >= repositories || document > documentBytes || object > objectBytes) return at;
  }
  return streams.length;
}
