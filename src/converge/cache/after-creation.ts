import { type QuayOrganizationSpec } from '../../api/index.js';
import { type OrganizationResult } from '../index.js';
import { markerTeam } from '../../ownership/index.js';
import { assumeObserved, needsOf } from '../../plan/index.js';
import { type RobotToken } from '../../quay/index.js';
import { type Remembered } from './observation-cache.js';
import { rolesDigest } from './roles-digest.js';

/** Whether a document declares nothing but what is derived from a namespace: robots, and repositories by name. */
export function isPlain(spec: QuayOrganizationSpec): boolean {
  const { email, tagExpiration, quota, autoPrune, immutability, proxyCache, teams, defaultPermissions } = spec;
  const added = [email, tagExpiration, quota, autoPrune, immutability, proxyCache].some((field) => field !== undefined);
  const plainFields: ReadonlySet<string> = new Set(['name', 'source']);
  return (
    !added &&
    teams.length + defaultPermissions.length === 0 &&
    spec.repositories.every((repository) => Object.keys(repository).every((field) => plainFields.has(field)))
  );
}

/**
 * What Quay holds once a plain document has been applied where nothing was before: it need not be asked again for the first
 * image stream. The ids of what was made are not known, so this serves only as long as nothing but repositories is added.
 */
export function afterCreation(
  spec: QuayOrganizationSpec,
  { decision, failed, notDone, done, inventory }: OrganizationResult,
  tokens: ReadonlyMap<string, RobotToken>,
  now: number,
): Remembered['observation'] {
  const marker = done.map(({ change }) => change).find((change) => change.type === 'WriteMarker');
  const isWhole = decision === 'Create' && failed.length + notDone.length === 0;
  if (!isWhole || marker === undefined || !isPlain(spec)) return undefined;
  const observed = assumeObserved(spec);
  const team = { name: markerTeam, role: 'member' as const, description: marker.description };
  return {
    seen: { state: 'Observed', organization: { ...observed, teams: [...observed.teams, team] }, tokens, leftOut: [] },
    needs: needsOf(spec, inventory, { roles: false }),
    at: now,
    madeFrom: rolesDigest(spec),
  };
}

/** Whether what was created, and not observed since, is enough for a document. */
export function servesStill({ observation }: Remembered, spec: QuayOrganizationSpec): boolean {
  if (observation?.madeFrom === undefined) return true;
  return observation.madeFrom === rolesDigest(spec) && isPlain(spec);
}
