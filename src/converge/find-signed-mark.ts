import { checkingKeys, markerTeam, readMark, strangersAmong } from '../ownership/index.js';
import { nothingMore, type Quay } from '../quay/index.js';
import { readOwners } from './own.js';

/** How many are looked at: where a key was lost, nearly every mark was signed with it. */
const most = 20;

/**
 * An organization whose mark is signed for this cluster, with a key that nobody has here. One that others own does not count: they
 * could have written that text.
 */
export async function findSignedMark(
  quay: Pick<Quay, 'observe' | 'whoAmI' | 'owners' | 'applications'>,
  organizations: readonly string[],
  clusterUID: string,
): Promise<string | undefined> {
  for (const organization of organizations.slice(0, most)) {
    const observation = await quay.observe(organization, nothingMore);
    if (observation.state !== 'Observed') continue;
    const observed = observation.organization;
    const { description = '' } = observed.teams.find(({ name }) => name === markerTeam) ?? {};
    const mark = readMark(organization, description, checkingKeys([]));
    const isSigned = mark.kind === 'Unproven' && mark.keyID !== undefined && mark.statement.clusterUID === clusterUID;
    if (isSigned && strangersAmong(await readOwners(quay, observed)) === undefined) return organization;
  }
  return undefined;
}
