import { expect } from '@jest/globals';
import { organizationFinalizer, type QuayOrganizationStatus } from '../../../src/api/index.js';
import { type Fields } from '../../../src/json/index.js';
import { type Answer, type Call, type EventInput, type ResourceType, resourceTypes } from '../../../src/kube/index.js';
import { type KnownIntegration } from '../../../src/operator/integrations/known-integration.js';
import { type ChangeSet } from '../../../src/converge/index.js';
import { createMemory, type Memory } from '../../../src/converge/cache/observation-cache.js';
import { createCounters } from '../../../src/operator/deletions/counter.js';
import { guardDeletions } from '../../../src/operator/deletions/guard-deletions.js';
import { createAgreements } from '../../../src/operator/organizations/agreements.js';
import { createOrganizations, type Organizations } from '../../../src/operator/organizations/organizations.js';
import { createFeeds } from '../../../src/operator/organizations/feeds.js';
import { createResync, type Resync } from '../../../src/operator/organizations/resync.js';
import { createConflictIndex } from '../../../src/operator/organizations/conflict-index.js';
import { createStatusWriter } from '../../../src/operator/status/write-status.js';
import { type Simulator, type SimulatorOptions, startSimulator } from '@quayside/simulator';
import { document } from '../../fixtures/playground.js';
import { eventually } from '../../support/eventually.js';
import { inMemoryCluster, type InMemoryCluster } from '../../support/in-memory-cluster.js';
import { operatorInMemory, serving } from '../operator-in-memory.js';
import { connected, integrationsOf } from './connected.js';

const { quayOrganization, namespace, secret, serviceAccount } = resourceTypes;

/** The organizations of an operator, in a cluster in memory, each integration with a simulated Quay of its own. */
export interface Fixture {
  readonly quays: ReadonlyMap<string, Simulator>;
  readonly known: ReadonlyMap<string, KnownIntegration>;
  readonly organizations: Organizations;
  readonly memory: Memory;
  readonly events: readonly EventInput[];
  /** What was asked of the API server beside lists and watches, as `verb path`. */
  readonly asked: string[];
  /** Writes an object as a person would: its status stays. */
  readonly state: (name: string, spec: object, metadata?: object) => void;
  readonly put: (type: ResourceType, object: Fields) => void;
  readonly remove: (type: ResourceType, name: string) => void;
  readonly status: (name: string) => QuayOrganizationStatus;
  readonly secret: (name: string) => Fields | undefined;
  /** Waits for a Ready condition, and until there is nothing to do. */
  readonly ready: (name: string, expected?: object) => Promise<void>;
  /** Waits for what is going to happen. */
  readonly until: (check: () => void) => Promise<void>;
  /** Waits until an object has had its turn once more. */
  readonly pass: (name: string) => Promise<void>;
  /** The next look at an object is one of the resync. */
  readonly resync: (name: string) => void;
  /** The integration changes, or how it connects. */
  readonly connect: (name: string, change: Partial<KnownIntegration>) => void;
  /** What waits for an agreement, as the status of the integration says it. */
  /** The resync of all integrations, not started. */
  readonly rounds: Resync;
  /** What was reported last of Quay's audit log. */
  readonly auditLog: () => string | undefined;
  readonly uncertain: () => { readonly hash: string } | undefined;
  /** Has the guard decide whether the organization of an object may be deleted, and do it. */
  readonly guard: (name: string) => Promise<ChangeSet>;
  /** The integration takes over what is there already. */
  readonly adopt: (name: string) => void;
  readonly close: () => Promise<void>;
}

/** The spec of an organization for the namespace `shop`. */
export const specOf = (more: object = {}): object => document('shop', [], more).spec;

export async function openFixture(
  names: readonly string[] = ['quay'],
  options: SimulatorOptions = {},
  credential = 'superuser',
): Promise<Fixture> {
  const quays = new Map(await Promise.all(names.map(async (name) => [name, await startSimulator(options)] as const)));
  const known = new Map([...quays].map(([name, quay]) => [name, connected(name, quay, credential)]));
  const cluster = inMemoryCluster(quayOrganization, namespace, secret, serviceAccount);
  for (const name of ['kube-system', 'shop']) cluster.put(namespace, { metadata: { name, uid: name } });
  const objects = new Map<string, Fields>();
  const put: Put = (type, object) => {
    objects.set(`${type.plural}/${nameOf(object)}`, object);
    cluster.put(type, object);
  };
  const asked: string[] = [];
  const client = serving(
    {
      ...cluster.client,
      call: async (call) => {
        const answer = answerTo(call, objects, put);
        if (answer !== undefined) asked.push(`${call.verb} ${call.path.split('?')[0] ?? ''}`);
        return answer ?? cluster.client.call(call);
      },
    },
    quayOrganization,
  );
  const events: EventInput[] = [];
  const operator = {
    ...operatorInMemory(client),
    recordEvent: (recordEvent: EventInput) => void events.push(recordEvent),
  };
  const { watches } = operator;
  const told: ((name: string) => void)[] = [];
  const memory = createMemory();
  let turns = 0;
  let uncertain: { readonly hash: string } | undefined;
  let auditLog: string | undefined;
  const integrations = integrationsOf(known, told, (reported) => {
    if ('auditLog' in reported) auditLog = reported.auditLog;
    if (reported.agreements !== undefined) uncertain = reported.agreements.uncertain;
  });
  const conflicting = createConflictIndex(watches, integrations);
  const statuses = createStatusWriter<QuayOrganizationStatus>(client, (name) => watches.organizations.get(name)?.uid);
  const feeds = createFeeds(operator, { integrations, connections: { identityOf: (name) => name } });
  const organizations = createOrganizations(operator, {
    integrations,
    conflicting,
    memory,
    deletions: { add: () => undefined, addRepositories: () => undefined },
    statuses,
    feeds,
    agreements: createAgreements(operator, integrations),
    onConverged: () => void (turns += 1),
  });
  const gitSync = { add: () => undefined };
  const rounds = createResync(operator, { integrations, organizations, memory, conflicting, gitSync, feeds, statuses });
  const watched = [watches.namespaces, watches.organizations, watches.pullSecrets, watches.accounts];
  for (const watch of watched) watch.start();
  await Promise.all(watched.map((watch) => watch.filled()));
  organizations.start();

  let generation = 0;
  const statusOf = (name: string): QuayOrganizationStatus =>
    (objects.get(`quayorganizations/${name}`)?.status ?? {}) as QuayOrganizationStatus;
  return {
    quays,
    known,
    organizations,
    memory,
    events,
    asked,
    put,
    remove: (type, name) => {
      objects.delete(`${type.plural}/${name}`);
      cluster.remove(type, name);
    },
    state: (name, spec, metadata = {}) => {
      generation += 1;
      put(quayOrganization, {
        metadata: { name, uid: name, generation, finalizers: [organizationFinalizer], ...metadata },
        spec,
        status: statusOf(name),
      });
    },
    status: statusOf,
    secret: (name) => objects.get(`secrets/${name}`),
    ready: async (name, expected = { status: 'True' }) =>
      eventually(() => {
        const { conditions = [] } = statusOf(name);
        expect(conditions.find(({ type }) => type === 'Ready')).toMatchObject(expected);
        expect(organizations.isIdle()).toBe(true);
      }),
    until: (check) => eventually(check),
    pass: async (name) => {
      const before = turns;
      organizations.queue.add(name);
      await eventually(() => {
        expect(turns).toBeGreaterThan(before);
        expect(organizations.isIdle()).toBe(true);
      }, 10_000);
    },
    resync: (name) => {
      const live = watches.organizations.get(name);
      if (live === undefined) throw new Error(`${name} is not there`);
      memory.of(known.get(live.integration)?.host ?? '', live.organization).resyncDue = true;
      organizations.queue.add(name, 'resync');
    },
    connect: (name, change) => {
      const before = known.get(name);
      if (before !== undefined) known.set(name, { ...before, ...change });
      for (const tell of told) tell(name);
    },
    rounds,
    auditLog: () => auditLog,
    uncertain: () => uncertain,
    guard: async (name) => {
      const live = watches.organizations.get(name);
      const of = live && known.get(live.integration);
      const quay = of?.quay.value;
      if (live === undefined || of === undefined || quay === undefined) throw new Error(`${name} is not there`);
      const { signal } = operator;
      const isOnly = (): Promise<'Yes'> => Promise.resolve('Yes');
      return guardDeletions(
        operator,
        { integrations, statuses, signal, terms: { isOnly }, counterOf: createCounters() },
        { known: of, quay },
        { gone: [live], declared: [], isFinal: true },
      );
    },
    adopt: (name) => {
      const before = known.get(name);
      if (before === undefined) return;
      const { integration } = before;
      known.set(name, {
        ...before,
        integration: { ...integration, spec: { ...integration.spec, adoption: 'Always' } },
      });
    },
    close: async () => {
      await rounds.stop();
      await organizations.stop(0);
      await watches.stop();
      await Promise.all([...known.values()].flatMap(({ quay }) => quay.value?.close() ?? []));
      await Promise.all([...quays.values()].map((quay) => quay.close()));
    },
  };
}

type Put = InMemoryCluster['put'];

const nameOf = ({ metadata }: Fields): string => String((metadata as Fields).name);

/** What an API server makes of a call for a single object; undefined for a list. */
function answerTo({ verb, path, body }: Call, objects: Map<string, Fields>, put: Put): Answer | undefined {
  const [, plural, name, subresource] =
    /(quayorganizations|quayintegrations|secrets|namespaces)\/([^/?]+)(\/status)?(?:\?|$)/.exec(path) ?? [];
  if (plural === undefined || name === undefined) return undefined;
  const known = objects.get(`${plural}/${name}`);
  const isThere = known !== undefined;
  if (verb === 'get' || (subresource !== undefined && !isThere)) {
    return isThere ? { status: 200, body: known } : { status: 404, body: { kind: 'Status', reason: 'NotFound' } };
  }
  const applied = body as Fields;
  const object = subresource === undefined ? { ...known, ...applied } : { ...known, status: applied.status };
  put(plural === 'secrets' ? secret : quayOrganization, object);
  return { status: isThere ? 200 : 201, body: object };
}
