import { type QuayOrganizationStatus } from '../api/index.js';
import { type ControllerSet, createControllers } from './create-controllers.js';
import { openOperator, type TermInput } from './open-operator.js';
import { type Operator } from './operator.js';
import { type Unfilled } from './watches/watches.js';

/** The controllers of one term as leader. */
export interface Controllers {
  /** Why work cannot begin yet; undefined once all caches are filled. */
  readonly notReady: () => string | undefined;
  /** Everything that was to be done is done. */
  readonly isIdle: () => boolean;
  /** The lists without which work cannot begin; none once all caches are filled. */
  readonly unfilled: () => readonly Unfilled[];
  /** Names of what is not as it should be, after a single pass. */
  readonly faults: () => readonly string[];
  /** The tokens in use, for the log to leave out. */
  readonly secrets: () => readonly string[];
  /** What the end of running work waits for. */
  readonly unfinished: () => string | undefined;
  /** Ends running work within the time. */
  readonly stop: (milliseconds: number) => Promise<void>;
}

/** Creates the controllers and starts them as soon as the caches are synced. */
export function startControllers(input: TermInput): Controllers {
  const { log, signal } = input;
  const { recorder, ...operator } = openOperator(input, () => renderAll(controllers));
  const { watches } = operator;
  const controllers = createControllers(operator);
  const { integrations, gitSync, organizations, deletions, builds, connections } = controllers;
  measure(operator, controllers);

  let isFilled = false;
  let unfinished: string | undefined;
  watches.start();
  const starting = watches.filled().then((filled) => {
    if (!filled || signal.aborted) return;
    isFilled = true;
    operator.ownership.start();
    log.info({ namespaces: watches.namespaces.cache.size() }, 'caches synced');
    start(controllers);
  });

  const unfilled = (): readonly Unfilled[] => (isFilled ? [] : watches.unfilled());
  return {
    notReady: () =>
      isFilled
        ? undefined
        : `caches not synced: ${unfilled()
            .map(({ message }) => message)
            .join('; ')}`,
    unfilled,
    isIdle: () => isFilled && [integrations, gitSync, organizations, deletions, builds].every((part) => part.isIdle()),
    faults: () => (isFilled ? faultsOf(operator, controllers) : unfilled().map(({ message }) => message)),
    secrets: connections.secrets,
    unfinished: () => unfinished,
    stop: async (milliseconds) => {
      const rest: readonly Stage[] = [
        ['Events', () => recorder.stop()],
        ['the keys of ownership', () => operator.ownership.stop()],
        ['watches', () => watches.stop().then(() => starting)],
        ['connections', () => connections.closeAll()],
      ];
      for (const [name, end] of [...stages(controllers, milliseconds), ...rest]) {
        unfinished = name;
        await end();
      }
    },
  };
}

/** What a cluster serves decides what is rendered. */
function renderAll({ integrations, gitSync }: ControllerSet): void {
  integrations.all().forEach(({ integration }) => gitSync.add(integration.metadata.name));
}

/** Those that hear of integrations come before the integrations. */
function start(controllers: ControllerSet): void {
  const { gitSync, organizations, documentSecrets, deletions, namespaces, builds, certificates } = controllers;
  gitSync.start();
  organizations.start();
  documentSecrets.start();
  deletions.start();
  namespaces.start();
  builds.start();
  certificates?.start();
  controllers.resync.start();
  controllers.integrations.start();
}

/** A part of the end, in words, and how it is ended. */
type Stage = readonly [name: string, end: () => Promise<unknown>];

/** The statuses of integrations get at least this, in milliseconds. */
const lastWords = 2_000;

/**
 * Those that give work to others come before them; the statuses of integrations are written last. The time is for all of them
 * together: a long pass over Git must not make the whole longer than Kubernetes waits.
 */
function stages(controllers: ControllerSet, milliseconds: number): readonly Stage[] {
  const { resync, documentSecrets, certificates, gitSync, organizations, deletions, namespaces, builds } = controllers;
  const deadline = performance.now() + milliseconds;
  const left = (): number => Math.max(0, deadline - performance.now());
  return [
    [
      'the resync and the certificates',
      () => Promise.all([resync.stop(), documentSecrets.stop(), certificates?.stop()]),
    ],
    ['Git', () => gitSync.stop(left())],
    [
      'organizations, deletions and builds',
      () =>
        Promise.all([
          organizations.stop(left()),
          deletions.stop(left()),
          namespaces.queue.drain(left()),
          builds.stop(left()),
        ]),
    ],
    ['the statuses of integrations', () => controllers.integrations.stop(Math.max(lastWords, left()))],
  ];
}

function measure(
  { metrics, signal, watches }: Pick<Operator, 'metrics' | 'signal' | 'watches'>,
  { organizations }: ControllerSet,
): void {
  metrics.beforeScrape(() => {
    if (signal.aborted) return;
    for (const [resource, age] of watches.ages()) metrics.cacheAgeSeconds.set({ resource }, age);
    const { event, refresh, resync, delayed, active } = organizations.queue.counts();
    for (const [state, count] of Object.entries({ event, refresh, resync, delayed, active })) {
      metrics.queueDepth.set({ queue: 'organizations', state }, count);
    }
  });
}

function faultsOf(
  { watches }: Pick<Operator, 'watches'>,
  { integrations, statuses }: ControllerSet,
): readonly string[] {
  return [
    ...integrations
      .all()
      .flatMap(({ integration: { metadata } }) => notReady(metadata.name, integrations.status(metadata.name))),
    ...watches.organizations.list().flatMap((one) => notReady(one.organization, statuses.last(one.uid) ?? one.status)),
  ];
}

function notReady(
  name: string,
  status: { readonly conditions?: QuayOrganizationStatus['conditions'] } | undefined,
): readonly string[] {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return ready?.status === 'True' ? [] : [`${name}: ${ready?.message ?? 'not reconciled yet'}`];
}
