import { type QuayOrganization } from '../api/index.js';
import {
  type ChangeSet,
  type ConvergeInput,
  clusterFacts,
  convergeOrganizations,
  lookup,
  isDeleted,
  previousCluster,
  retention,
} from '../converge/index.js';
import { integrationSecrets, type IntegrationSecrets, resolveSecrets } from '../integration/index.js';
import { type OwnershipKeys } from '../ownership/index.js';
import { type Inventory } from '../plan/index.js';
import { type Policy } from '../policy/index.js';
import { type Quay } from '../quay/index.js';
import { type Journal } from './apply-journal.js';
import { type AppliedOrganization } from './applied-inventory.js';
import { type Inputs, type KnownCluster } from '../pipeline/inputs.js';
import { type OperatorInventory, withOperator } from './operator-inventory.js';
import { areRolesUnchanged, type RoleChoice, rolesDigestAfter } from './unchanged-roles.js';

/** How a run treats what it finds. */
export interface ConvergeChoices {
  readonly dryRun: boolean;
  /** Compare the roles on repositories as well; left out: where the roles of a document may have changed. */
  readonly roles?: RoleChoice;
  /** Organizations, and apart from them repositories, that may be deleted. */
  readonly maxDeletions: number;
  /** What may be done. */
  readonly policy: Policy;
  /** The hash of the list of organizations that a person agrees are ours. */
  readonly acceptOwnership?: string;
  readonly progress?: (finished: number, of: number) => void;
}

export interface ConvergeStateInput extends ConvergeChoices {
  readonly inputs: Inputs;
  readonly known: KnownCluster;
  readonly quay: Quay;
  readonly ownership: OwnershipKeys;
  /** The namespace that secrets are taken from. */
  readonly secretsNamespace: string;
  readonly documents: readonly QuayOrganization[];
  /** Organizations that are declared by documents that must not be applied. */
  readonly withheld: ReadonlySet<string>;
  /** What earlier applies did. */
  readonly recorded: ReadonlyMap<string, AppliedOrganization>;
  readonly operator: OperatorInventory;
  /** Whether the documents come from files that somebody named. */
  readonly apart: boolean;
  /** Whether recorded organizations without a document are converged: not when only some documents are given, or read. */
  readonly complete: boolean;
  /** Whether ignore.yaml lists the document. */
  readonly isIgnored: (document: QuayOrganization) => boolean;
  readonly journal?: Journal;
  readonly signal?: AbortSignal;
}

interface ConvergedState {
  readonly changeSet: ChangeSet;
  /** To be recorded. */
  readonly recorded: ReadonlyMap<string, AppliedOrganization>;
  /** Organizations of ours of which nothing says what was made in them. */
  readonly withoutInventory: readonly string[];
}

/** Applies the documents to Quay, and returns what to record. */
export async function convergeState(stated: ConvergeStateInput): Promise<ConvergedState> {
  const recorded = withOperator(stated.recorded, stated.operator, stated.ownership);
  const input = { ...stated, recorded };
  const { documents, inputs, journal, signal } = input;
  const byName = new Map(documents.map((document) => [document.spec.name, document]));
  const entry = entries(input);
  const allowance = { limit: input.maxDeletions, recent: [], now: Date.now() };
  let finished = 0;
  input.progress?.(finished, documents.length);
  const changeSet = await convergeOrganizations({
    ...(await clusterInput(input)),
    inventory: (organization) => recorded.get(organization)?.inventory,
    policy: input.policy,
    policyOfGone: () => retention(inputs.integration),
    ownership: input.ownership,
    agreement: { hash: input.acceptOwnership },
    ...previousCluster(inputs.integration),
    ...(signal && { signal }),
    deletions: { organizations: allowance, repositories: allowance },
    options: {
      dryRun: input.dryRun,
      roles: (document) => input.roles ?? !areRolesUnchanged(document, recorded.get(document.spec.name)?.rolesDigest),
    },
    onProgress: ({ event }) => {
      if (event === (input.dryRun ? 'read' : 'finished')) input.progress?.((finished += 1), documents.length);
    },
    beforeWrite: async (intent) => {
      const document = intent.type === 'Apply' ? byName.get(intent.organization) : undefined;
      if (intent.type !== 'Apply' || document === undefined) return;
      await journal?.append(intent.organization, entry(document, intent.inventory));
    },
  });
  return {
    changeSet,
    recorded: recordedAfter(stated, changeSet, byName, entry),
    withoutInventory: changeSet.organizations.flatMap(({ decision, organization }) =>
      decision === 'Ours' && !recorded.has(organization) ? [organization] : [],
    ),
  };
}

type ClusterInput = Pick<
  ConvergeInput,
  'documents' | 'gone' | 'quay' | 'identity' | 'integration' | 'facts' | 'secrets'
>;

/** What is declared, what no longer is, and what the cluster says to it. */
async function clusterInput(input: ConvergeStateInput): Promise<ClusterInput> {
  const { documents, recorded, known, quay, secretsNamespace: namespace } = input;
  const { integration, cluster, id } = input.inputs;
  const gone = goneDocuments(input);
  const integrations = namedSecrets(known, namespace);
  const secrets = await resolveSecrets({ store: cluster, namespace, integrations }, documents);
  const facts = clusterFacts({
    cluster,
    integration,
    seen: lookup(known.snapshot.namespaces),
    quay,
    lastLabels: (name) =>
      gone
        .map(({ spec }) => (spec.namespace === name ? recorded.get(spec.name)?.labels : undefined))
        .find((labels) => labels !== undefined),
  });
  const identity = { clusterUID: known.snapshot.uid, clusterID: id };
  return { documents, gone, quay, identity, integration, facts, secrets: secrets.value };
}

type GoneInput = Pick<ConvergeStateInput, 'documents' | 'withheld' | 'recorded' | 'complete' | 'isIgnored'>;

/** What was applied and is no longer declared. */
export function goneDocuments(input: GoneInput): readonly QuayOrganization[] {
  if (!input.complete) return [];
  const declared = new Set([...input.documents.map(({ spec }) => spec.name), ...input.withheld]);
  return [...input.recorded]
    .filter(([name, { apart }]) => apart === undefined && !declared.has(name))
    .map(([, { document }]) => document)
    .filter((document) => !input.isIgnored(document));
}

/** What is recorded of a document. */
type Entry = (document: QuayOrganization, inventory: Inventory) => AppliedOrganization;

function entries({ known, recorded, apart }: ConvergeStateInput): Entry {
  const { namespaces } = known.snapshot;
  const labelsByName = new Map(namespaces.known ? namespaces.items.map(({ name, labels }) => [name, labels]) : []);
  return (document, inventory) => {
    const { name, namespace } = document.spec;
    const labels = namespace === undefined ? undefined : (labelsByName.get(namespace) ?? recorded.get(name)?.labels);
    return { document, inventory, ...(labels && { labels }), ...(apart && { apart: true as const }) };
  };
}

/** The Secrets that the integrations of the cluster name, the chosen one among them. */
export function namedSecrets({ selectors }: KnownCluster, namespace: string): IntegrationSecrets {
  return integrationSecrets(
    selectors.map(({ integration }) => integration),
    namespace,
  );
}

function recordedAfter(
  input: ConvergeStateInput,
  { organizations }: ChangeSet,
  documents: ReadonlyMap<string, QuayOrganization>,
  entry: Entry,
): ReadonlyMap<string, AppliedOrganization> {
  const after = new Map(input.recorded);
  for (const result of organizations) {
    const { organization: name, inventory, deletion } = result;
    const document = documents.get(name);
    const before = after.get(name);
    if (document !== undefined && inventory !== undefined) {
      const rolesDigest = rolesDigestAfter(result, document, { roles: input.roles, before: before?.rolesDigest });
      after.set(name, { ...entry(document, inventory), ...(rolesDigest && { rolesDigest }) });
    } else if (isDeleted(result)) after.delete(name);
    // What we made there is ours again when it is declared again; until then it is not observed.
    else if (deletion?.outcome === 'Release' && before !== undefined) after.set(name, { ...before, apart: true });
  }
  return new Map([...after].sort(([one], [other]) => (one < other ? -1 : 1)));
}
