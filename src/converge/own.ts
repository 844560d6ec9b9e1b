import type { QuayOrganization } from '../api/index.js';
import {
  judge,
  markerTeam,
  type Mark,
  ownersMatter,
  readMark,
  type OwnersEvidence,
  type Verdict,
  type VerdictFacts,
} from '../ownership/index.js';
import { administratorTeams, itemParts, type ObservedOrganization } from '../plan/index.js';
import type { Observation, Quay } from '../quay/index.js';
import { adopt } from './adopt.js';
import { decideVerdict } from './decide-verdict.js';
import { expectedOf } from './facts-of-one.js';
import type { Ownership } from './ownership.js';
import type { Owning } from './owning.js';
import type { Run } from './run.js';

/** Decides whose an organization is, asking only what matters for that: at rest it costs no call. */
export async function own(run: Run, document: QuayOrganization, observation: Observation): Promise<Ownership> {
  const organization = document.spec.name;
  const remembered = run.remembered(organization);
  const expected = expectedOf(run, document);
  const mark = markIn(run, organization, observation);
  const seen = await seenIn(run, document, observation, mark);
  const facts = { expected, seen, remembered: remembered.statement };
  const owners =
    ownersMatter(facts) && observation.state === 'Observed'
      ? await readOwners(run.input.quay, observation.organization)
      : undefined;
  const owning: Owning = { run, document, expected, remembered, observation, mark, owners };
  const verdict = judge({ ...facts, owners });
  const ownership = await decide(owning, verdict);
  return needsKey(owning, ownership) ? keyMissing(owning, verdict) : ownership;
}

async function decide(owning: Owning, verdict: Verdict): Promise<Ownership> {
  if (verdict.kind === 'AdoptionRules') return adopt(owning);
  if (verdict.kind !== 'NotAdministrator') return decideVerdict(owning, verdict);
  const { username } = await owning.run.input.quay.whoAmI();
  const { observation, document } = owning;
  const said = observation.state === 'Hidden' ? observation.message : '';
  const message =
    `Quay shows ${username}, the user of the token, only the public side of organization ${document.spec.name} (${said}); ` +
    `add ${username} to its team owners, or use the token of a superuser with full access`;
  return { decision: 'Refused', reason: 'NotOrganizationAdmin', message };
}

/** Whether the key that is missing decides: without one neither a write nor an agreement could be signed. */
function needsKey({ run, mark }: Owning, ownership: Ownership): boolean {
  if (run.readOnly || run.input.ownership.signer !== undefined) return false;
  return ownership.decision !== 'Refused' || ownership.pending !== undefined || mark.kind === 'Unproven';
}

/** Nothing is written; what is ours by the keys that are left goes on. */
function keyMissing({ run }: Owning, verdict: Verdict): Ownership {
  const { problem, publicKeys } = run.input.ownership;
  return {
    decision: 'Refused',
    reason: 'OwnershipKeyMissing',
    message: problem ?? 'there is no key to sign with, so nothing is created, adopted, removed or deleted',
    isOurs: verdict.kind === 'Ours' && publicKeys !== undefined,
  };
}

/** What the team of our name says; none where it was not seen. */
export function markIn(
  { input }: Run,
  organization: string,
  observation: { readonly state: string; readonly organization?: ObservedOrganization },
): Mark {
  const team = observation.organization?.teams.find(({ name }) => name === markerTeam);
  return team === undefined ? { kind: 'None' } : readMark(organization, team.description, input.ownership);
}

async function seenIn(
  run: Run,
  { spec: { name, namespace } }: QuayOrganization,
  observation: Observation,
  mark: Mark,
): Promise<VerdictFacts['seen']> {
  if (observation.state !== 'Observed') return observation;
  const { statement, inventory } = run.remembered(name);
  const robots = (inventory?.managedItems ?? [])
    .map(itemParts)
    .flatMap(([kind, robot]) => (kind === 'robot' ? [robot] : []));
  // Tokens are asked for only where they decide.
  const matters = mark.kind === 'None' && statement !== undefined && namespace !== undefined && robots.length > 0;
  const known = matters ? await run.input.facts.robotsWithSecret?.(name, namespace) : undefined;
  return { state: 'Observed', mark, hasKnownRobot: known?.some((robot) => robots.includes(robot)) ?? false };
}

/** Who could have a hand in an organization beside the user of the token. */
export async function readOwners(
  quay: Pick<Quay, 'whoAmI' | 'owners' | 'applications'>,
  observed: ObservedOrganization,
): Promise<OwnersEvidence> {
  const [{ username: tokenUser }, owners, applications] = await Promise.all([
    quay.whoAmI(),
    quay.owners(observed.name, administratorTeams(observed)),
    quay.applications(observed.name),
  ]);
  return { ...owners, tokenUser, applications };
}
