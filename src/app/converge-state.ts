import { type QuayOrganization } from '../api/index.js';
import {
  type ChangeSet,
  clusterFacts,
  convergeOrganizations,
  lookup,
  isDeleted,
  previousCluster,
  retained,
} from '../converge/index.js';
import { integrationSecrets, type IntegrationSecrets, resolveSecrets } from '../integration/index.js';
import { type Inventory, isAsFound } from '../plan/index.js';
import { type Quay } from '../quay/index.js';
import { type Journal } from './apply-journal.js';
import { type AppliedOrganization, withItemsOf } from './applied-inventory.js';
import { type Inputs, type KnownCluster } from '../pipeline/inputs.js';
import { areRolesUnchanged, type RoleChoice, rolesDigestAfter } from './unchanged-roles.js';

/** How a run treats what it finds. */
export interface ConvergeChoices {
  readonly dryRun: boolean;
  /** Compare the roles on repositories as well; left out: where the roles of a document may have changed. */
  readonly roles?: RoleChoice;
  /** Organizations, and apart from them repositories, that may be deleted. */
  readonly maxDeletions: number;
  /** Remove nothing at all: the history of the state repository is not what it was. */
  readonly onlyGrow: boolean;
  readonly progress?: (finished: number, of: number) => void;
}

export interface ConvergeStateInput extends ConvergeChoices {
  readonly inputs: Inputs;
  readonly known: KnownCluster;
  readonly quay: Quay;
  /** The namespace that secrets are taken from. */
  readonly secretsNamespace: string;
  readonly documents: readonly QuayOrganization[];
  /** Organizations that are declared by documents that must not be applied. */
  readonly withheld: ReadonlySet<string>;
  readonly recorded: ReadonlyMap<string, AppliedOrganization>;
  /** Whether the documents come from files that somebody named. */
  readonly apart: boolean;
  /** Whether recorded organizations without a document are converged: not when only some documents are given, or read. */
  readonly complete: boolean;
  /** Whether ignore.yaml lists the document. */
  readonly isIgnored: (document: QuayOrganization) => boolean;
  readonly journal?: Journal;
  readonly signal?: AbortSignal;
}

/** Applies the documents to Quay, and returns what to record. */
export async function convergeState(
  input: ConvergeStateInput,
): Promise<{ readonly changeSet: ChangeSet; readonly recorded: ReadonlyMap<string, AppliedOrganization> }> {
  const { documents, recorded, known, inputs, journal } = input;
  const byName = new Map(documents.map((document) => [document.spec.name, document]));
  const namespaces = new Map(
    known.snapshot.namespaces.known ? known.snapshot.namespaces.items.map((one) => [one.name, one.labels]) : [],
  );
  const labelsOf = (document: QuayOrganization): AppliedOrganization['labels'] => {
    const { name, namespace } = document.spec;
    return namespace === undefined ? undefined : (namespaces.get(namespace) ?? recorded.get(name)?.labels);
  };
  const entry = (document: QuayOrganization, inventory: Inventory): AppliedOrganization => {
    const labels = labelsOf(document);
    return { document, inventory, ...(labels && { labels }), ...(input.apart && { apart: true as const }) };
  };
  const isDeclared = (name: string): boolean => byName.has(name) || input.withheld.has(name);
  const gone =
    input.complete && !input.onlyGrow
      ? [...recorded].filter(([name, { apart }]) => apart === undefined && !isDeclared(name))
      : [];
  const goneDocuments = gone
    .map(([, { document }]) => retained(document, inputs.integration))
    .filter((document) => !input.isIgnored(document));
  const allowance = { limit: input.maxDeletions, recent: [], now: Date.now() };
  const secrets = await resolveSecrets(
    {
      store: inputs.cluster,
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
    identity: { clusterUID: known.snapshot.uid, clusterID: inputs.id },
    ...previousCluster(inputs.integration),
    integration: inputs.integration,
    inventory: (organization) => remembered(recorded.get(organization)?.inventory, input.onlyGrow),
    facts: clusterFacts({
      cluster: inputs.cluster,
      integration: inputs.integration,
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
      roles: (document) => input.roles ?? !areRolesUnchanged(document, recorded.get(document.spec.name)?.rolesDigest),
    },
    onProgress: ({ event }) => {
      if (event === (input.dryRun ? 'read' : 'finished')) input.progress?.((finished += 1), documents.length);
    },
    beforeWrite: async (intent) => {
      if (intent.type !== 'Apply') return;
      const { organization, inventory } = intent;
      const document = byName.get(organization);
      if (document !== undefined) await journal?.append(organization, entry(document, inventory));
    },
  });
  return { changeSet, recorded: recordedAfter(input, changeSet, byName, entry) };
}

/** The Secrets that the integrations of the cluster name, the chosen one among them. */
export function namedSecrets({ selectors }: KnownCluster, namespace: string): IntegrationSecrets {
  return integrationSecrets(
    selectors.map(({ integration }) => integration),
    namespace,
  );
}

/** Where nothing may be removed, nothing counts as made by us; what came of the organization is kept. */
function remembered(inventory: Inventory | undefined, onlyGrow: boolean): Inventory | undefined {
  return inventory === undefined || !onlyGrow
    ? inventory
    : { ...inventory, managedItems: inventory.managedItems.filter(isAsFound) };
}

function recordedAfter(
  input: ConvergeStateInput,
  { organizations }: ChangeSet,
  documents: ReadonlyMap<string, QuayOrganization>,
  entry: (document: QuayOrganization, inventory: Inventory) => AppliedOrganization,
): ReadonlyMap<string, AppliedOrganization> {
  const after = new Map(input.recorded);
  for (const result of organizations) {
    const { organization: name, inventory, deletion } = result;
    const document = documents.get(name);
    const before = after.get(name);
    if (document !== undefined && inventory !== undefined) {
      const rolesDigest = rolesDigestAfter(result, document, { roles: input.roles, before: before?.rolesDigest });
      const kept = input.onlyGrow ? withItemsOf(inventory, before?.inventory) : inventory;
      after.set(name, { ...entry(document, kept), ...(rolesDigest && { rolesDigest }) });
    } else if (isDeleted(result)) after.delete(name);
    // What we made there is ours again when it is declared again; until then it is not observed.
    else if (deletion?.outcome === 'Release' && before !== undefined) after.set(name, { ...before, apart: true });
  }
  return new Map([...after].sort(([one], [other]) => (one < other ? -1 : 1)));
}
