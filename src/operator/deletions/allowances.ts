import { type QuayIntegration, type QuayIntegrationStatus, releaseDeletionsAnnotation } from '../../api/index.js';
import { type DeletionAllowance, type DeletionKind } from '../../converge/index.js';
import { countsAt } from '../../plan/index.js';

type Deletions = NonNullable<QuayIntegrationStatus['deletions']>;

/** The deletions of the last hour, as the status has them. */
export function recentDeletions(deletions: Deletions | undefined, kind: DeletionKind, now: number): readonly string[] {
  return (deletions?.[kind] ?? []).filter((time) => countsAt(now, Date.parse(time)));
}

/** How many may be deleted now, where some of these deletions were tried before. */
export function allowanceOf(
  { spec, metadata }: QuayIntegration,
  deletions: Deletions | undefined,
  kind: DeletionKind,
  { now, tried }: Pick<DeletionAllowance, 'now' | 'tried'>,
): DeletionAllowance {
  const releasedHash = metadata.annotations?.[releaseDeletionsAnnotation];
  return {
    limit: spec.deletionLimit,
    recent: recentDeletions(deletions, kind, now).map((time) => Date.parse(time)),
    now,
    ...(tried && { tried }),
    ...(releasedHash !== undefined && { releasedHash }),
  };
}

/** The deletions as the status has to have them before these are made. */
export function withDeletions(
  deletions: Deletions | undefined,
  kind: DeletionKind,
  count: number,
  now: number,
): Deletions {
  const time = new Date(now).toISOString();
  const other = kind === 'organizations' ? 'repositories' : 'organizations';
  return {
    [other]: [...recentDeletions(deletions, other, now)],
    [kind]: [...recentDeletions(deletions, kind, now), ...Array.from({ length: count }, () => time)],
  };
}
