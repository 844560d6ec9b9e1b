import {
  organizationListKeys,
  type QuayIntegration,
  quayOrganizationSpec,
  type QuayOrganizationSpec,
} from '../api/index.js';
import { type Problem } from '../errors/index.js';
import { textOf } from '../json/index.js';
import { claims } from '../integration/index.js';
import { clusterId, statePaths } from '../names/index.js';
import { planDocuments } from '../plan/index.js';
import { type Ban, noDeletion, onlyGrow, type Policy } from '../policy/index.js';
import { parseYaml } from '../state/index.js';
import { groupKindOf, type LiveObject } from '../sync/index.js';
import { type DocumentKind, type Outcome } from './document-kind.js';
import { type Documents, documentsIn } from './documents.js';
import { organizationObject, organizationTraits } from './organization-objects.js';
import { type RenderedState, renderState } from './render-state.js';
import { type Session } from './session.js';

/** The documents of an integration: one organization in each. */
export type OrganizationKind = DocumentKind<RenderedState, Documents>;

/** The first kind of documents: `QuayOrganization`. */
export function organizationKind({ inputs, known }: Omit<Session, 'repository'>): OrganizationKind {
  const { id, integration } = inputs;
  return {
    folder: `${statePaths(id, integration.spec.git.path).organizations}/`,
    words: {
      one: 'organization',
      many: 'organizations',
      nameOf: (path) => path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length),
    },
    listKeys: organizationListKeys,
    plan: (before, after) => planDocuments(specIn(before), specIn(after)),
    render: (head, others) => {
      const { snapshot: cluster, ...rest } = known;
      return renderState(head, { cluster, integration, others, ...rest });
    },
    read: async (tree, rendered, outcome) => {
      const documents = await documentsIn(tree, rendered, inputs, known);
      return { ...documents, problems: [...told(rendered, outcome), ...documents.problems] };
    },
    objects: ({ documents }) =>
      documents.map((document) => ({ object: organizationObject(document, integration.metadata.name) })),
    objectKinds: new Map([[groupKindOf(organizationTraits.type), organizationTraits]]),
    // The limit of deletions counts what goes in Quay.
    pruning: { when: 'Each' },
    keeps: keeper(inputs, known),
    policy: policyOfDocuments,
  };
}

/** What could not be read takes nothing away. */
function policyOfDocuments({ onlyGrow: isUnknown, complete }: Documents): Policy {
  const ban: Ban = { reason: 'InputUnknown', message: 'not all that is declared could be read' };
  if (isUnknown) return onlyGrow(ban);
  return complete ? {} : noDeletion(ban);
}

/** Which objects stay without a document: whose document must not be applied, and what somebody else takes over as it is. */
function keeper(
  { id, integration }: Session['inputs'],
  known: Session['known'],
): NonNullable<OrganizationKind['keeps']> {
  const { name } = integration.metadata;
  const { namespaces } = known.snapshot;
  const { owners } = claims(
    known.selectors,
    namespaces.known ? namespaces.items : [],
    known.currentOwners ?? new Map(),
  );
  const integrations = new Map(
    known.selectors.map((selector) => [selector.integration.metadata.name, selector.integration]),
  );
  // Whoever has the namespace now takes the object over as it is, where he calls it by the same name.
  const isTakenOver = (owner = name): boolean => owner !== name && isOfCluster(integrations.get(owner), id);
  return ({ spec }: LiveObject, { withheld }: Documents) => {
    const [organization, namespace] = [textOf(spec.name) ?? '', textOf(spec.namespace) ?? ''];
    if (withheld.has(organization)) return { reason: 'InputUnknown', message: 'its document must not be applied' };
    if (!isTakenOver(owners.get(namespace))) return undefined;
    return { reason: 'Conflict', message: 'another integration has its namespace' };
  };
}

function isOfCluster(integration: QuayIntegration | undefined, id: Session['inputs']['id']): boolean {
  try {
    return integration === undefined || clusterId(integration.spec.clusterID) === id;
  } catch {
    // One without a usable cluster ID names no object.
    return true;
  }
}

/** What was told while it was rendered, and the paths that could not be written safely. */
function told({ problems }: RenderedState, { kept }: Outcome): readonly Problem[] {
  // A link was reported already, with a hint.
  const reported = new Set(problems.map(({ source }) => source));
  const unsafe = kept.filter(({ path, reason }) => reason === 'Unsafe' && !reported.has(path));
  return [...problems, ...unsafe.map(({ path, message }) => ({ path: '', source: path, message }))];
}

/** What a file declares; undefined where nobody can tell. */
function specIn(content: string | undefined): QuayOrganizationSpec | undefined {
  if (content === undefined) return undefined;
  try {
    const read = quayOrganizationSpec.safeParse(parseYaml(content, '').value.spec);
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
