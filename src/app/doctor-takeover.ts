import { type ClusterSnapshot, type NamespaceRecord, predecessorFinalizers } from '../api/index.js';
import { clusterFacts, lookup, readOwners } from '../converge/index.js';
import { type Check, failed } from '../integration/index.js';
import { organizationName } from '../names/index.js';
import { type Adoption, decideAdoption, markerTeam } from '../ownership/index.js';
import { hasPredecessorsContent, isUntouched } from '../plan/index.js';
import { nothingMore, type Quay } from '../quay/index.js';
import { type Inputs } from '../pipeline/inputs.js';

/** How many are looked at: what decides is mostly whose token it is, and that is the same for all. */
const most = 20;
const name = 'takeover';

/** What taking over the organizations of a predecessor will give; none where no namespace shows one. */
export async function checkTakeover(
  { integration, cluster, id }: Inputs,
  quay: Quay,
  snapshot: ClusterSnapshot,
  selects: (namespace: NamespaceRecord) => boolean,
): Promise<readonly Check[]> {
  if (!snapshot.namespaces.known) return [];
  const shown = snapshot.namespaces.items.filter(
    (namespace) => selects(namespace) && namespace.finalizers.some((one) => predecessorFinalizers.includes(one)),
  );
  if (shown.length === 0) return [];
  const facts = clusterFacts({
    cluster,
    integration,
    seen: lookup(snapshot.namespaces),
    quay,
    lastLabels: () => undefined,
  });
  try {
    const adoptions = await Promise.all(
      shown.slice(0, most).map(async (namespace) => {
        const organization = organizationName(id, namespace.name);
        const observation = await quay.observe(organization, nothingMore);
        if (observation.state !== 'Observed') return undefined;
        const observed = observation.organization;
        if (observed.teams.some((team) => team.name === markerTeam)) return undefined;
        return decideAdoption({
          adoption: integration.spec.adoption,
          isUntouched: isUntouched(observed),
          hasPredecessorsContent: hasPredecessorsContent(observed),
          owners: await readOwners(quay, observed),
          predecessor: await facts.predecessor?.(organization, namespace.name),
        });
      }),
    );
    return [
      said(
        shown.length,
        adoptions.filter((one) => one !== undefined),
      ),
    ];
  } catch (error) {
    return [failed(name, error)];
  }
}

function said(shown: number, adoptions: readonly Adoption[]): Check {
  const count = (isOne: (adoption: Adoption) => boolean): number => adoptions.filter(isOne).length;
  const as = (...origins: readonly string[]): number =>
    count((one) => one.kind === 'Adopt' && origins.includes(one.origin));
  const parts: readonly (readonly [number, string])[] = [
    [as('predecessor', 'created'), 'as if Quayside had made them'],
    [as('adopted'), 'as adopted, never deleted'],
    [count(({ kind }) => kind === 'Pending'), 'only once a person agrees (AdoptionPending)'],
    [count(({ kind }) => kind === 'Refused'), 'not at all'],
  ];
  const words = parts.filter(([number]) => number > 0).map(([number, how]) => `${number} ${how}`);
  const message = `${shown} namespaces show a predecessor; of the organizations looked at, these are taken over: ${words.join(', ') || 'none'}`;
  const [other] = adoptions.filter((one) => one.kind !== 'Adopt' || one.origin === 'adopted');
  if (other === undefined) return { name, outcome: 'ok', message };
  const why = other.kind === 'Refused' ? '' : ` The first: ${other.evidence}.`;
  const hint = `Use the token of the user that the predecessor used, who alone owns what it made.${why}`;
  return { name, outcome: 'warning', message, hint };
}
