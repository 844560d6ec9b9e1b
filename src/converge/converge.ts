import type { QuayOrganization } from '../api/index.js';
import { agreedBy, agreementKey, agreementLists, type PendingOwnership } from '../ownership/index.js';
import { totalsOf, type ChangeSet, type DeletionKind, type OrganizationResult } from './change-set.js';
import { type ConvergedOne, convergeOne } from './converge-one.js';
import { deleteOrganizations } from './delete-organizations.js';
import { deleteRepositories } from './delete-repositories.js';
import { type Tokens, untouched } from './facts-of-one.js';
import type { ConvergeInput } from './input.js';
import type { OutcomeOfLimit } from './outcome-of-limit.js';
import { startRun, type Run } from './run.js';

/** What a run found and did, and the tokens of the robots by the organizations in which they are. */
export interface Converged {
  readonly changeSet: ChangeSet;
  readonly tokens: ReadonlyMap<string, Tokens>;
}

/**
 * Applies the documents to Quay: observe, decide whose it is, plan, apply, for several organizations at a time.
 * A dry run is the same without the writes.
 */
export async function convergeOrganizations(input: ConvergeInput): Promise<ChangeSet> {
  return (await converge(startRun(input, false))).changeSet;
}

/** The same for who writes pull secrets. */
export function convergeWithTokens(input: ConvergeInput): Promise<Converged> {
  return converge(startRun(input, true));
}

async function converge(run: Run): Promise<Converged> {
  const { input } = run;
  const { unique, conflicting } = splitByName(input.documents);
  const declared = new Map([...unique, ...conflicting].map((document) => [document.spec.name, document]));
  const converged = await convergeAgreed(run, unique);
  const repositories = await deleteRepositories(
    run,
    converged.map(({ result }) => result),
    declared,
  );
  const gone = (input.gone ?? []).filter(({ spec }) => !declared.has(spec.name));
  const organizations = await deleteOrganizations(run, gone);
  const results = [
    ...repositories.results,
    ...organizations.results,
    ...conflicting.map(conflict),
    ...(input.gone ?? []).filter(({ spec }) => declared.has(spec.name)).map(declaredElsewhere),
  ];
  return {
    changeSet: {
      ...changeSet(run, results, { organizations, repositories }),
      ...agreementLists(pendingIn(converged)),
      ...(run.input.ownership.publicKeys === undefined && { ownershipNotVerified: true }),
    },
    tokens: new Map(converged.flatMap(({ result, tokens }) => (tokens ? [[result.organization, tokens]] : []))),
  };
}

/** Those that wait for an agreement are looked at again where a person agreed to exactly all of a list. */
async function convergeAgreed(run: Run, documents: readonly QuayOrganization[]): Promise<readonly ConvergedOne[]> {
  const converged = await run.each(documents, (document) => convergeOne(run, document));
  const agreed = new Set(agreedBy(pendingIn(converged), run.input.agreement?.hash).map(agreementKey));
  if (agreed.size === 0) return converged;
  const agreeing: Run = { ...run, agrees: (pending) => agreed.has(agreementKey(pending)) };
  return run.each(converged, (one, at) => {
    const { pending } = one.result;
    const document = documents[at];
    const isAgreed = pending !== undefined && agreed.has(agreementKey(pending));
    return isAgreed && document !== undefined ? convergeOne(agreeing, document) : one;
  });
}

function pendingIn(converged: readonly ConvergedOne[]): readonly PendingOwnership[] {
  return converged.flatMap(({ result }) => result.pending ?? []);
}

/** Two documents for one organization would undo each other for ever. */
function splitByName(documents: readonly QuayOrganization[]): {
  readonly unique: readonly QuayOrganization[];
  readonly conflicting: readonly QuayOrganization[];
} {
  const counts = new Map<string, number>();
  for (const { spec } of documents) counts.set(spec.name, (counts.get(spec.name) ?? 0) + 1);
  const isUnique = ({ spec }: QuayOrganization): boolean => counts.get(spec.name) === 1;
  return { unique: documents.filter(isUnique), conflicting: documents.filter((document) => !isUnique(document)) };
}

function conflict(document: QuayOrganization): OrganizationResult {
  const message = `several documents declare organization ${document.spec.name}`;
  return untouched(document, 'Refused', { reason: 'Conflict', message });
}

function declaredElsewhere(document: QuayOrganization): OrganizationResult {
  const message = `another document declares organization ${document.spec.name}`;
  return untouched(document, 'Gone', { deletion: { outcome: 'Release', reason: 'Conflict', message } });
}

function changeSet(
  run: Run,
  results: readonly OrganizationResult[],
  limits: Readonly<Record<DeletionKind, OutcomeOfLimit>>,
): ChangeSet {
  const stopped = run.stoppedBy();
  const kinds = ['organizations', 'repositories'] as const;
  const held = kinds.flatMap((kind) => (limits[kind].held === undefined ? [] : [[kind, limits[kind].held] as const]));
  return {
    organizations: results.toSorted((one, other) => order(key(one), key(other))),
    ...(held.length === 0 ? {} : { held: Object.fromEntries(held) }),
    releasesUsed: kinds.filter((kind) => limits[kind].releaseUsed),
    ...(stopped === undefined ? {} : { stopped }),
    totals: totalsOf(results),
  };
}

const key = ({ organization, document }: OrganizationResult): string => `${organization} ${document}`;
const order = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
