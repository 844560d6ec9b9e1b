import { type QuayOrganization } from '../../api/index.js';
import { type Failure, failureOf } from '../../converge/index.js';
import { documentProblems } from '../../desired/index.js';
import { type Quay } from '../../quay/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { type KnownIntegration } from '../integrations/known-integration.js';
import { type Operator } from '../operator.js';
import { type NewCondition, stalledConditions, reconcilingConditions, readyCondition } from '../status/conditions.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { claimantOf, incumbentOf } from './incumbent.js';
import { isObjectIgnored } from './is-object-ignored.js';
import { readOrganization } from './read-organization.js';
import { type ConflictIndex } from './conflict-index.js';

/** An object that can be reconciled. */
export interface Workable {
  readonly known: KnownIntegration;
  readonly quay: Quay;
  readonly document: QuayOrganization;
}

/** An object that is skipped, with its conditions; without any while its integration is suspended. */
export interface Skipped {
  readonly skipped: readonly NewCondition[] | undefined;
}

interface Others {
  readonly integrations: Integrations;
  readonly conflicting: ConflictIndex;
}

/** Decides whether an object is reconciled, before Quay is called. */
export async function findWork(
  operator: Pick<Operator, 'watches' | 'ownership'>,
  { integrations, conflicting }: Others,
  live: LiveOrganization,
): Promise<Workable | Skipped> {
  const known = integrations.get(live.integration);
  if (known === undefined) return { skipped: withoutIntegration(integrations, live) };
  if (known.integration.spec.suspend) return { skipped: undefined };
  if (isObjectIgnored(integrations, live)) {
    return { skipped: readyCondition('Ignored', 'ignore.yaml lists it') };
  }
  const incumbent = await incumbentAmong(operator, integrations, known.host, [live, ...conflicting.of(live)]);
  if (incumbent !== live) {
    const message = `the QuayOrganization ${incumbent.name} has the organization ${live.organization} already`;
    return { skipped: stalledConditions('Conflict', `${message}; nothing is written for this one`) };
  }
  const quay = known.quay.value;
  if (quay === undefined) return { skipped: conditionsOfFailure(known.quay.failure) };
  const read = readStatement(operator, known, live);
  return 'skipped' in read ? read : { known, quay, ...read };
}

/** What an object states, or why that cannot be applied. */
function readStatement(
  operator: Pick<Operator, 'watches'>,
  known: KnownIntegration,
  live: LiveOrganization,
): Pick<Workable, 'document'> | Skipped {
  try {
    const document = readOrganization(live);
    const problem = faultOf(document, operator, known);
    return problem === undefined ? { document } : { skipped: problem };
  } catch (error) {
    return { skipped: conditionsOfFailure({ ...failureOf(error), retryable: false }) };
  }
}

async function incumbentAmong(
  operator: Pick<Operator, 'watches' | 'ownership'>,
  integrations: Integrations,
  registry: string,
  [live, ...others]: readonly [LiveOrganization, ...LiveOrganization[]],
): Promise<LiveOrganization> {
  if (others.length === 0) return live;
  const keys = await operator.ownership.keys({ mayCreate: false });
  const isValid = (other: LiveOrganization): boolean => {
    const known = integrations.get(other.integration);
    return known !== undefined && !('skipped' in readStatement(operator, known, other));
  };
  // What had the organization keeps it, also while it cannot be applied; a claim that never could be applied keeps nobody away.
  const claimants = others
    .map((other) => claimantOf(keys, registry, other))
    .filter(({ live: other, isProven }) => isProven || isValid(other));
  return incumbentOf([claimantOf(keys, registry, live), ...claimants]);
}

function withoutIntegration(integrations: Integrations, { integration }: LiveOrganization): Skipped['skipped'] {
  if (integrations.exists(integration) !== 'No') return undefined;
  return stalledConditions(
    'IntegrationGone',
    `the QuayIntegration ${integration} does not exist; the organization stays in Quay as it is`,
  );
}

function conditionsOfFailure({ code, message, hint, retryable }: Failure): readonly NewCondition[] {
  return (retryable ? reconcilingConditions : stalledConditions)(code, [message, hint].filter(Boolean).join('. '));
}

/** Whatever its labels say: everybody who may create an object may put them there. */
function faultOf(
  document: QuayOrganization,
  { watches }: Pick<Operator, 'watches'>,
  { integration }: KnownIntegration,
): readonly NewCondition[] | undefined {
  const problems = documentProblems(document, {
    integrations: new Map([[integration.metadata.name, integration]]),
    namespace: (name) => watches.namespaces.cache.get(name),
  });
  const [first] = problems;
  const words = problems.map(({ path, message, hint }) => [`${path}: ${message}`, hint].filter(Boolean).join('; '));
  return first && stalledConditions(first.reason, words.join('\n'));
}
