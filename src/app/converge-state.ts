import { type QuayOrganization } from '../api/index.js';
import {
  type ChangeSet,
  clusterFacts,
  convergeOrganizations,
  lookup,
  type OrganizationResult,
  previousCluster,
  retained,
} from '../converge/index.js';
import { integrationSecrets, type IntegrationSecrets, resolveSecrets } from '../integration/index.js';
import { type Inventory, isAsFound } from '../plan/index.js';
import { type Quay } from '../quay/index.js';
import { type Journal } from './apply-journal.js';
import { type RecordedOrganization, withThingsOf } from './applied-inventory.js';
import { type Ends, type KnownCluster } from '../pipeline/inputs.js';
import { isSettled, type RoleChoice, settledAfter } from './unchanged-roles.js';

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
  /** Whether the documents come from files that somebody named. */
  readonly apart: boolean;
  /** Whether recorded organizations without a document are to be looked at: not when only some documents are given, or read. */
  readonly complete: boolean;
  /** What people want left alone. */
  readonly isIgnored: (document: QuayOrganization) => boolean;
  readonly journal?: Journal;
  readonly signal?: AbortSignal;
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
    return { document, inventory, ...(labels && { labels }), ...(input.apart && { apart: true as const }) };
  };
  const isStated = (name: string): boolean => byName.has(name) || input.withheld.has(name);
  const gone =
    input.complete && !input.onlyGrow
      ? [...recorded].filter(([name, { apart }]) => apart === undefined && !isStated(name))
      : [];
  const goneDocuments = gone
    .map(([, { document }]) => retained(document, ends.integration))
    .filter((document) => !input.isIgnored(document));
  const allowance = { limit: input.maxDeletions, recent: [], now: Date.now() };
  const secrets = await resolveSecrets(
    {
      store: ends.cluster,
      namespace: input.secretsNamespace,
      integrations: namedSecrets(known, input.secretsNamespace),
    },
    documents,
  );
  let finished = 0;
  const changeSet = await convergeOrganizations({
    documents,
    gone: goneDocuments,
    quay: input.quay,
    identity: { clusterUID: known.snapshot.uid, clusterID: ends.id },
    ...previousCluster(ends.integration),
    integration: ends.integration,
    inventory: (organization) => remembered(recorded.get(organization)?.inventory, input.onlyGrow),
    facts: clusterFacts({
      cluster: ends.cluster,
      integration: ends.integration,
      seen: lookup(known.snapshot.namespaces),
      quay: input.quay,
      lastLabels: (namespace) =>
        goneDocuments
          .map(({ spec }) => (spec.namespace === namespace ? recorded.get(spec.name)?.labels : undefined))
          .find((labels) => labels !== undefined),
    }),
    secrets: secrets.value,
    ...(input.signal && { signal: input.signal }),
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

/** The Secrets that the integrations of the cluster name, the chosen one among them. */
export function namedSecrets({ claimants }: KnownCluster, namespace: string): IntegrationSecrets {
  return integrationSecrets(
    claimants.map(({ integration }) => integration),
    namespace,
  );
}

/** Where nothing may be removed, nothing counts as made by us; what came of the organization is kept. */
function remembered(inventory: Inventory | undefined, onlyGrow: boolean): Inventory | undefined {
  return inventory === undefined || !onlyGrow
    ? inventory
    : { ...inventory, things: inventory.things.filter(isAsFound) };
}

function recordedAfter(
  input: ConvergeStateInput,
  { organizations }: ChangeSet,
  documents: ReadonlyMap<string, QuayOrganization>,
  entry: (document: QuayOrganization, inventory: Inventory) => RecordedOrganization,
): ReadonlyMap<string, RecordedOrganization> {
  const after = new Map(input.recorded);
  for (const result of organizations) {
    const { organization: name, inventory, deletion } = result;
    const document = documents.get(name);
    const before = after.get(name);
    if (document !== undefined && inventory !== undefined) {
      const settled = settledAfter(result, document, { roles: input.roles, before: before?.settled });
      const kept = input.onlyGrow ? withThingsOf(inventory, before?.inventory) : inventory;
      after.set(name, { ...entry(document, kept), ...(settled && { settled }) });
    } else if (isDeleted(result)) after.delete(name);
    // What we made there is ours again when it is stated again; until then nobody looks at it.
    else if (deletion?.outcome === 'Release' && before !== undefined) after.set(name, { ...before, apart: true });
  }
  return new Map([...after].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What waits or failed is looked at again the next time. */
function isDeleted({ deletion, failed, done }: OrganizationResult): boolean {
  return deletion?.outcome === 'Delete' && failed.length === 0 && done.length > 0;
}
