import { type QuayOrganization } from '../api/index.js';
import { type ChangeSet, convergeOrganizations, type OrganizationResult } from '../converge/index.js';
import { resolveSecrets } from '../integration/index.js';
import { type Inventory, isAsFound, secretRefsOf } from '../plan/index.js';
import { type Quay } from '../quay/index.js';
import { clusterFacts } from './cluster-facts.js';
import { type Journal } from './journal.js';
import { type RecordedOrganization } from './record.js';
import { type Ends, type KnownCluster } from './road.js';
import { isSettled, type RoleChoice, settledAfter } from './settled.js';

/** How a run treats what it finds. */
export interface ConvergeChoices {
  readonly dryRun: boolean;
  /** Compare the roles on repositories as well; left out: where a document is not settled. */
  readonly roles?: RoleChoice;
  /** Organizations, and apart from them repositories, that may be deleted. */
  readonly maxDeletions: number;
  /** Remove nothing at all: the history of the state repository is not what it was. */
  readonly onlyGrow: boolean;
  readonly progress?: (finished: number, of: number) => void;
}

export interface ConvergeStateInput extends ConvergeChoices {
  readonly ends: Ends;
  readonly known: KnownCluster;
  readonly quay: Quay;
  /** The namespace that secrets are taken from. */
  readonly secretsNamespace: string;
  readonly documents: readonly QuayOrganization[];
  /** Organizations that are stated by documents that must not be applied. */
  readonly withheld: ReadonlySet<string>;
  readonly recorded: ReadonlyMap<string, RecordedOrganization>;
  /** Whether recorded organizations without a document are to be looked at: not when only some documents are given, or read. */
  readonly complete: boolean;
  readonly journal?: Journal;
}

/** Brings Quay in line with the documents, and says what to remember of it. */
export async function convergeState(
  input: ConvergeStateInput,
): Promise<{ readonly changeSet: ChangeSet; readonly recorded: ReadonlyMap<string, RecordedOrganization> }> {
  const { documents, recorded, known, ends, journal } = input;
  const byName = new Map(documents.map((document) => [document.spec.name, document]));
  const namespaces = new Map(
    known.snapshot.namespaces.known ? known.snapshot.namespaces.items.map((one) => [one.name, one.labels]) : [],
  );
  const labelsOf = (document: QuayOrganization): RecordedOrganization['labels'] => {
    const { name, namespace } = document.spec;
    return namespace === undefined ? undefined : (namespaces.get(namespace) ?? recorded.get(name)?.labels);
  };
  const entry = (document: QuayOrganization, inventory: Inventory): RecordedOrganization => {
    const labels = labelsOf(document);
    return { document, inventory, ...(labels && { labels }) };
  };
  const isStated = (name: string): boolean => byName.has(name) || input.withheld.has(name);
  const gone = input.complete && !input.onlyGrow ? [...recorded.keys()].filter((name) => !isStated(name)) : [];
  const goneDocuments = gone.flatMap((name) => recorded.get(name)?.document ?? []);
  const allowance = { limit: input.maxDeletions, recent: [], now: Date.now() };
  const secrets = await resolveSecrets(
    ends.cluster,
    input.secretsNamespace,
    documents.flatMap(({ spec }) => [...secretRefsOf(spec).values()]),
  );
  let finished = 0;
  const changeSet = await convergeOrganizations({
    documents,
    gone: goneDocuments,
    quay: input.quay,
    identity: { clusterUID: known.snapshot.uid, clusterID: ends.id },
    integration: ends.integration,
    inventory: (organization) => remembered(recorded.get(organization)?.inventory, input.onlyGrow),
    facts: clusterFacts({
      cluster: ends.cluster,
      integration: ends.integration,
      known,
      quay: input.quay,
      lastLabels: (namespace) =>
        goneDocuments
          .map(({ spec }) => (spec.namespace === namespace ? recorded.get(spec.name)?.labels : undefined))
          .find((labels) => labels !== undefined),
    }),
    secrets: secrets.value,
    deletions: { organizations: allowance, repositories: allowance },
    options: {
      dryRun: input.dryRun,
      roles: (document) => input.roles ?? !isSettled(document, recorded.get(document.spec.name)?.settled),
    },
    onProgress: ({ event }) => {
      if (event === (input.dryRun ? 'read' : 'finished')) input.progress?.((finished += 1), documents.length);
    },
    beforeApply: async (organization, inventory) => {
      const document = byName.get(organization);
      if (document !== undefined) await journal?.append(organization, entry(document, inventory));
    },
  });
  return { changeSet, recorded: recordedAfter(input, changeSet, byName, entry) };
}

/** Where nothing may be removed, nothing counts as made by us; what came of the organization is kept. */
function remembered(inventory: Inventory | undefined, onlyGrow: boolean): Inventory | undefined {
  return inventory === undefined || !onlyGrow
    ? inventory
    : { ...inventory, things: inventory.things.filter(isAsFound) };
}

function recordedAfter(
  { recorded: before, onlyGrow, roles }: ConvergeStateInput,
  { organizations }: ChangeSet,
  documents: ReadonlyMap<string, QuayOrganization>,
  entry: (document: QuayOrganization, inventory: Inventory) => RecordedOrganization,
): ReadonlyMap<string, RecordedOrganization> {
  const after = new Map(before);
  for (const result of organizations) {
    const document = documents.get(result.organization);
    if (document !== undefined && result.inventory !== undefined) {
      const kept = onlyGrow ? (before.get(result.organization)?.inventory.things ?? []) : [];
      const things = [...new Set([...kept, ...result.inventory.things])].sort();
      const settled = settledAfter(result, document, { roles, before: before.get(result.organization)?.settled });
      after.set(result.organization, {
        ...entry(document, { ...result.inventory, things }),
        ...(settled !== undefined && { settled }),
      });
    } else if (isForgotten(result)) after.delete(result.organization);
  }
  return new Map([...after].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Deleted, or released: nothing of ours any more. What waits or failed is looked at again the next time. */
function isForgotten({ deletion, failed, done }: OrganizationResult): boolean {
  if (deletion?.outcome === 'Release') return true;
  return deletion?.outcome === 'Delete' && failed.length === 0 && done.length > 0;
}
