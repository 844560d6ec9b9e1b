import { type BuildRecord } from './import-record.js';

/** The Build of a tag whose image belongs there, and those that it has overtaken with nothing done about them. */
export interface Candidate {
  readonly build: BuildRecord;
  readonly overtaken: readonly BuildRecord[];
}

/** An image stream, and the digest that the tag has. */
export interface StreamFacts {
  readonly current: string | undefined;
}

/** What to do for a tag, and why. */
export interface ImportDecision {
  readonly decision: 'Import' | 'Mark';
  readonly reason: 'OtherDigest' | 'SameDigest' | 'ImageStreamGone';
}

/**
 * Which of the Builds of one tag to import: the newest complete one, unless it is up to date. Older ones are not,
 * whatever their annotations say: the tag in Quay is no longer theirs.
 */
export function importCandidate(builds: readonly BuildRecord[]): Candidate | undefined {
  const complete = builds.filter(isComplete);
  const [first, ...others] = complete;
  if (first === undefined) return undefined;
  const build = others.reduce((newest, one) => (isNewer(one, newest) ? one : newest), first);
  if (build.upToDate) return undefined;
  return { build, overtaken: complete.filter((one) => one !== build && !one.upToDate) };
}

/** Whether the Build has an image for its tag that nothing has been done about. */
export function awaitsImport(build: BuildRecord): boolean {
  return isComplete(build) && !build.upToDate;
}

/** What to do about the newest complete Build of a tag; without its image stream there is nothing to import into. */
export function importDecision({ digest }: BuildRecord, stream: StreamFacts | undefined): ImportDecision {
  if (stream === undefined) return { decision: 'Mark', reason: 'ImageStreamGone' };
  return digest !== undefined && stream.current === digest
    ? { decision: 'Mark', reason: 'SameDigest' }
    : { decision: 'Import', reason: 'OtherDigest' };
}

/** Whether the Build pushed to this image: `host[:port]/organization/repository:tag`. */
export function isPushedTo({ image }: BuildRecord, expected: string): boolean {
  // QBO left the host as it was written in its integration.
  return image !== undefined && lowerHost(image) === lowerHost(expected);
}

function isComplete({ destination, phase }: BuildRecord): boolean {
  return destination !== undefined && phase === 'Complete';
}

/** What was pushed last is what the tag in Quay has. The API server writes all times in one form that sorts as text. */
function isNewer(one: BuildRecord, other: BuildRecord): boolean {
  const [a, b] = [one, other].map(({ completed, created }) => completed ?? created);
  if (a !== b) return (a ?? '') > (b ?? '');
  if (one.created !== other.created) return one.created > other.created;
  return one.name.length === other.name.length ? one.name > other.name : one.name.length > other.name.length;
}

function lowerHost(image: string): string {
  const slash = image.indexOf('/');
  return image.slice(0, slash).toLowerCase() + image.slice(slash);
}
