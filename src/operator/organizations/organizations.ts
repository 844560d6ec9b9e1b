import {
  ignoredAnnotation,
  integrationLabel,
  managedByLabel,
  managedByValue,
  organizationFinalizer,
  type QuayOrganization,
  type QuayOrganizationStatus,
} from '../../api/index.js';
import { failureOf } from '../../converge/index.js';
import { personProblems } from '../../desired/index.js';
import { RetryableError } from '../../errors/index.js';
import {
  addFinalizer,
  type Again,
  createQueue,
  partsOf,
  patchGuarded,
  type Queue,
  resourceTypes,
  type Turn,
} from '../../kube/index.js';
import { fieldManager } from '../field-manager.js';
import { type Integrations } from '../integrations/integrations.js';
import { organizationLock } from '../locks.js';
import { type Operator } from '../operator.js';
import { type Judgement, stuck, underWay, wellDone } from '../status/conditions.js';
import { type StatusWriter } from '../status/write-status.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { convergeOrganization, keepPullSecrets, targetOf } from './converge-organization.js';
import { inventoryIn, type Memory } from './memory.js';
import { organizationStatus } from './organization-status.js';
import { readOrganization } from './read-organization.js';
import { rememberingQuay } from './remembering-quay.js';
import { rolesDigest } from './roles.js';
import { type Verdict } from './verdict.js';

/** The second half of the road: every `QuayOrganization` into Quay, and what comes of it back into the cluster. */
export interface Organizations {
  readonly queue: Queue;
  readonly isIdle: () => boolean;
  /** Waits until work on some organization has ended, and so long at most. */
  readonly settled: (milliseconds: number) => Promise<void>;
  readonly start: () => void;
  readonly stop: (milliseconds: number) => Promise<number>;
}

/** Every so many sweeps the roles on repositories are read as well. */
const rolesEvery = 6;

/** Takes in what only the gate of deletions decides. */
export interface DeletionIntake {
  /** An object that is being deleted. */
  readonly add: (integration: string, object: string) => void;
  /** An object with repositories whose image streams are no longer stated. */
  readonly addRepositories: (integration: string, object: string) => void;
}

interface Parts {
  readonly integrations: Integrations;
  readonly memory: Memory;
  readonly deletions: DeletionIntake;
  readonly statuses: StatusWriter<QuayOrganizationStatus>;
  /** An organization was looked at; what its status says may be something new for its namespace. */
  readonly onConverged: (namespace: string) => void;
}

/** Converges every object when something about it happens, and when the sweep comes by. */
export function createOrganizations(
  operator: Operator,
  { integrations, memory, deletions, statuses, onConverged }: Parts,
): Organizations {
  const { client, watches, locks, log, metrics, settings, signal } = operator;
  const waiting: (() => void)[] = [];
  const byNamespace = (namespace: string): readonly string[] => {
    const listing = watches.organizations.listing();
    return (listing.known ? listing.items : []).filter((live) => live.namespace === namespace).map(({ name }) => name);
  };

  const say = async (live: LiveOrganization, registry: string, judgements: readonly Judgement[]): Promise<void> => {
    const before = statuses.last(live.uid) ?? live.status;
    const status = organizationStatus({
      before,
      generation: live.generation,
      registry: before.registry ?? registry,
      judgements,
      inventory: undefined,
      robots: undefined,
      namespaceLabels: undefined,
      repositories: Array.isArray(live.spec.repositories) ? live.spec.repositories.length : 0,
      drift: [],
      now: new Date(),
    });
    await statuses.write(targetOf(live), status);
  };
  const read = async (live: LiveOrganization, host: string): Promise<QuayOrganization | undefined> => {
    try {
      const document = readOrganization(live);
      if (live.labels[managedByLabel] === managedByValue && live.labels[integrationLabel] !== undefined)
        return document;
      const known = new Map(integrations.all().map(({ integration }) => [integration.metadata.name, integration]));
      const [problem] = personProblems(document, {
        integrations: known,
        namespaces: watches.namespaces.cache.listing(),
      });
      if (problem === undefined) return document;
      await say(live, host, stuck(problem.reason, `${problem.path}: ${problem.message}`));
    } catch (error) {
      const { code, message } = failureOf(error);
      await say(live, host, stuck(code === 'InvalidInput' ? 'InvalidInput' : 'StateInvalid', message));
    }
    return undefined;
  };

  const converge = async (live: LiveOrganization, turn: Turn): Promise<Again | undefined> => {
    const known = integrations.get(live.integration);
    if (known === undefined) {
      const exists = integrations.exists(live.integration);
      if (exists === 'No') {
        await say(
          live,
          '',
          stuck('IntegrationGone', `there is no QuayIntegration ${live.integration}; it stays in Quay as it is`),
        );
      }
      return undefined;
    }
    const { integration, host, quay } = known;
    if (integration.spec.suspend) return undefined;
    if (live.annotations[ignoredAnnotation] !== undefined) {
      await say(live, host, wellDone('Ignored', 'ignore.yaml says to leave it alone'));
      return undefined;
    }
    if (quay.value === undefined) {
      const { code, message, hint, retryable } = quay.failure;
      await say(
        live,
        host,
        (retryable ? underWay : stuck)(code as Judgement['reason'], [message, hint].filter(Boolean).join('. ')),
      );
      return undefined;
    }
    const document = await read(live, host);
    if (document === undefined) return undefined;
    await keepFinalizer(live);

    const remembered = memory.of(host, live.organization);
    const digest = rolesDigest(document.spec);
    const isSweep = remembered.lookDue;
    const isSettled = remembered.roles === digest || (remembered.roles === undefined && isObserved(live, statuses));
    const roles = !isSettled || (isSweep && remembered.sweeps + 1 >= rolesEvery);
    const converging = {
      live,
      document,
      known,
      quay: rememberingQuay(quay.value, remembered, isSweep || turn.failures > 0),
      remembered,
      inventory: inventoryIn(statuses.last(live.uid) ?? live.status, host) ?? recalled(remembered.inventory, host),
      roles,
      isSweep,
      signal: AbortSignal.any([turn.signal, signal]),
    };
    if (!isSweep && remembered.tokens !== undefined && isObserved(live, statuses) && isAlive(document)) {
      return conclude(live, await keepPullSecrets(operator, statuses, converging, remembered.tokens));
    }
    const { verdict, result } = await convergeOrganization(operator, integrations, statuses, converging);
    if (isSweep && result.verdict !== 'Failed' && result.verdict !== 'NotReached') {
      remembered.lookDue = false;
      remembered.sweeps = roles ? 0 : remembered.sweeps + 1;
    }
    if (result.failed.length + result.notDone.length === 0 && result.plan !== undefined) remembered.roles = digest;
    if (waitsForGate(result.repositoryDeletions)) deletions.addRepositories(live.integration, live.name);
    return conclude(live, verdict);
  };
  const isAlive = ({ spec }: QuayOrganization): boolean => {
    const seen = spec.namespace === undefined ? undefined : operator.cluster.seen(spec.namespace);
    return seen === undefined || (typeof seen !== 'string' && !seen.terminating);
  };
  const conclude = (live: LiveOrganization, { retry, retryAfter, judgements }: Verdict): undefined => {
    integrations.report(live.integration, {});
    if (live.namespace !== undefined) onConverged(live.namespace);
    if (!retry) return undefined;
    const [{ reason, message } = { reason: 'Progressing', message: 'not done yet' }] = judgements;
    throw new RetryableError(reason, message, retryAfter === undefined ? {} : { retryAfter });
  };
  const keepFinalizer = async (live: LiveOrganization): Promise<void> => {
    if (live.finalizers.includes(organizationFinalizer)) return;
    await patchGuarded(client, {
      type: resourceTypes.quayOrganization,
      named: { name: live.name },
      manager: fieldManager,
      steps: (object) => addFinalizer(object, organizationFinalizer),
    });
  };

  const queue = createQueue({
    concurrency: settings.workers,
    onFault: ({ key, error, milliseconds }) =>
      log.info(
        { err: error, organization: key, retryInSeconds: Math.round(milliseconds / 1000) },
        'will be tried again',
      ),
    work: async (name, turn) => {
      const live = watches.organizations.get(name);
      if (live === undefined || signal.aborted) return undefined;
      if (live.deleting) {
        deletions.add(live.integration, name);
        return undefined;
      }
      const started = performance.now();
      let outcome = 'failure';
      try {
        const registry = integrations.get(live.integration)?.host ?? '';
        const again = await locks.hold([organizationLock(registry, live.organization)], () => converge(live, turn));
        outcome = 'success';
        return again;
      } finally {
        waiting.splice(0).forEach((wake) => wake());
        metrics.reconcileDurationSeconds.observe(
          { controller: 'organization', result: outcome },
          (performance.now() - started) / 1000,
        );
      }
    },
  });

  return {
    queue,
    isIdle: () => {
      const { event, sweep, active } = queue.counts();
      return event + sweep + active === 0;
    },
    settled: (milliseconds) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
    start: () => {
      watches.organizations.subscribe((name) => queue.add(name));
      watches.namespaces.subscribe((name) => byNamespace(name).forEach((one) => queue.add(one)));
      const ofNamespace = (key: string): void => byNamespace(partsOf(key).namespace).forEach((one) => queue.add(one));
      watches.pullSecrets.subscribe(ofNamespace);
      watches.accounts.subscribe(ofNamespace);
      integrations.onChange((name) => {
        const listing = watches.organizations.listing();
        const { host = '' } = integrations.get(name) ?? {};
        for (const live of listing.known ? listing.items : []) {
          if (live.integration !== name) continue;
          // Another token, certificate or field: what was known of Quay may no longer be so.
          memory.of(host, live.organization).lookDue = true;
          queue.add(live.name);
        }
      });
    },
    stop: (milliseconds) => queue.drain(milliseconds),
  };
}

function isObserved(live: LiveOrganization, statuses: StatusWriter<QuayOrganizationStatus>): boolean {
  const { observedGeneration, conditions = [] } = statuses.last(live.uid) ?? live.status;
  return (
    observedGeneration === live.generation &&
    conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
  );
}

function recalled(
  inventory: { readonly registry: string; readonly value: NonNullable<ReturnType<typeof inventoryIn>> } | undefined,
  registry: string,
): ReturnType<typeof inventoryIn> {
  return inventory?.registry === registry ? inventory.value : undefined;
}

function waitsForGate(deletions: Readonly<Record<string, { readonly outcome: string }>> | undefined): boolean {
  return Object.values(deletions ?? {}).some(({ outcome }) => outcome === 'Wait');
}
