import { type Session } from '../../pipeline/session.js';
import { roleOfOthers } from '../../desired/index.js';
import { selectorsOf } from '../../integration/index.js';
import { proposeAgainAnnotation } from '../../api/index.js';
import { type StateReader, type StateWriter } from '../../git/index.js';
import { currentOwnersOf } from '../../integration/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';

/** What a session is opened over. */
export type SessionOperator = Pick<Operator, 'cluster' | 'live' | 'watches'>;

/** Cluster, integration and state repository, as the pipeline needs them. */
export async function openSession(
  { cluster, live, watches }: SessionOperator,
  integrations: Integrations,
  known: KnownIntegration,
  {
    repository,
    nothingGoes = false,
  }: { readonly repository: StateReader & StateWriter; readonly nothingGoes?: boolean },
): Promise<Session> {
  const { integration, id } = known;
  const others = integrations.readable().filter(({ metadata }) => metadata.name !== integration.metadata.name);
  return {
    inputs: { cluster: live, integration, id },
    known: {
      snapshot: await cluster.snapshot({ serviceAccounts: roleOfOthers(integration.spec) !== undefined }),
      selectors: selectorsOf([...others, integration]),
      allIntegrationsKnown: integrations.areAllReadable(),
      currentOwners: currentOwnersOf(watches.organizations.list(), (one) => integrations.exists(one) !== 'No'),
      nothingGoes,
    },
    repository,
    ...(known.review && { review: { ...known.review.mode, released: isReleased(integration) } }),
  };
}

function isReleased({ metadata }: KnownIntegration['integration']): boolean {
  return metadata.annotations?.[proposeAgainAnnotation] === 'true';
}

/** Who writes to a branch of a repository holds this name. */
export function branchLock({ description, branch }: StateReader): string {
  return `branch ${branch} of ${description}`;
}
