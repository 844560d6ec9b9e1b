import { type QuayOrganization, type Reason } from '../../api/index.js';
import { type Failure, failureOf } from '../../converge/index.js';
import { documentProblems } from '../../desired/index.js';
import { type Quay } from '../../quay/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';
import { type Judgement, stuck, underWay, wellDone } from '../status/conditions.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { isLeftAlone } from './is-object-ignored.js';
import { readOrganization } from './read-organization.js';
import { type Rivals } from './conflict-index.js';

/** An object that can be brought in line. */
export interface Workable {
  readonly known: KnownIntegration;
  readonly quay: Quay;
  readonly document: QuayOrganization;
}

/** One for which nothing is done, and what is to be said of that; nothing at all while its integration is suspended. */
export interface SetAside {
  readonly aside: readonly Judgement[] | undefined;
}

interface Others {
  readonly integrations: Integrations;
  readonly rivals: Rivals;
}

/** Finds out whether an object is to be worked on, before anything is asked of Quay. */
export function setAside(
  operator: Operator,
  { integrations, rivals }: Others,
  live: LiveOrganization,
): Workable | SetAside {
  const known = integrations.get(live.integration);
  if (known === undefined) return { aside: withoutIntegration(integrations, live) };
  if (known.integration.spec.suspend) return { aside: undefined };
  if (isLeftAlone(integrations, live)) {
    return { aside: wellDone('Ignored', 'ignore.yaml says to leave it alone') };
  }
  const rival = rivals.of(live);
  if (rival !== undefined) {
    const message = `the QuayOrganization ${rival.name} states organization ${live.organization} as well`;
    return { aside: stuck('Conflict', `${message}; nothing is written for either`) };
  }
  const quay = known.quay.value;
  if (quay === undefined) return { aside: judged(known.quay.failure) };
  try {
    const document = readOrganization(live);
    const problem = faultOf(document, operator, known);
    return problem === undefined ? { known, quay, document } : { aside: problem };
  } catch (error) {
    return { aside: judged({ ...failureOf(error), retryable: false }) };
  }
}

function withoutIntegration(integrations: Integrations, { integration }: LiveOrganization): SetAside['aside'] {
  if (integrations.exists(integration) !== 'No') return undefined;
  return stuck('IntegrationGone', `there is no QuayIntegration ${integration}; it stays in Quay as it is`);
}

function judged({ code, message, hint, retryable }: Failure): readonly Judgement[] {
  return (retryable ? underWay : stuck)(code as Reason, [message, hint].filter(Boolean).join('. '));
}

/** Whatever its labels say: everybody who may create an object may put them there. */
function faultOf(
  document: QuayOrganization,
  { watches }: Operator,
  { integration }: KnownIntegration,
): readonly Judgement[] | undefined {
  const problems = documentProblems(document, {
    integrations: new Map([[integration.metadata.name, integration]]),
    namespace: (name) => watches.namespaces.cache.get(name),
  });
  const [first] = problems;
  const words = problems.map(({ path, message, hint }) => [`${path}: ${message}`, hint].filter(Boolean).join('; '));
  return first && stuck(first.reason, words.join('\n'));
}
