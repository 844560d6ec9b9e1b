import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { objectAt, textsOf } from '../../src/json/index.js';
import { type Answer, type Call, resourceTypes } from '../../src/kube/index.js';
import { runPass } from '../../src/pipeline/pass.js';
import { syncKind } from '../../src/pipeline/sync-kind.js';
import { onlyGrow, type Policy } from '../../src/policy/index.js';
import { applySetId, type Parent, partOfLabel, type Synced } from '../../src/sync/index.js';
import { objectServer, type ObjectServer, put } from '../fixtures/pipeline/object-server.js';
import { type Note, notesKind } from '../fixtures/pipeline/notes-kind.js';
import { embeddedRepository } from '../publish/documents.js';
import { author, removeTemporary } from '../support/temporary.js';

afterAll(removeTemporary);

const { configMap, quayIntegration } = resourceTypes;
const parent: Parent = { type: quayIntegration, named: { name: 'quay' } };
const parentPath = '/apis/quay.redhat.com/v1/quayintegrations/quay';
const path = (name: string): string => `/api/v1/namespaces/shop/configmaps/${name}`;
const set = applySetId(parent);
const note = (name: string, text = '1', after?: string): Note => ({
  name,
  text,
  ...(after !== undefined && { after }),
});

interface Given {
  readonly policy?: Policy;
  readonly released?: string;
}

let server: ObjectServer;
beforeEach(() => {
  server = objectServer([configMap, quayIntegration]);
  put(server, quayIntegration, { metadata: { name: 'quay' } });
});

/** What the documents of a tree come to in the cluster. */
function sync(notes: readonly Note[], { policy = {}, released }: Given = {}): Promise<Synced> {
  return syncKind(
    notesKind([]),
    { problems: [], notes },
    {
      client: server.client,
      repairs: { attempt: async (_, write) => write(), hold: () => 0 },
      parent,
      last: undefined,
      policy,
      ...(released !== undefined && { released }),
      signal: new AbortController().signal,
    },
  );
}

const outcomes = ({ reports }: Synced): readonly string[] =>
  reports.map(({ object, action, outcome, reason }) => [action, object, outcome, reason].filter(Boolean).join(' '));
const names = (): readonly string[] =>
  [...server.objects.keys()]
    .filter((one) => one !== parentPath)
    .map((one) => one.slice(one.lastIndexOf('/') + 1))
    .sort();
const annotations = (): Record<string, string> =>
  textsOf(objectAt(server.objects.get(parentPath), 'metadata', 'annotations'));
const contained = (): (string | undefined)[] => [
  annotations()['applyset.kubernetes.io/contains-group-kinds'],
  annotations()['applyset.kubernetes.io/additional-namespaces'],
];
/** The API server answers so to writes of some objects. */
const refusing = (name: string, answer: Answer): void => {
  server.answer = (call: Call) => (call.verb !== 'get' && call.path.includes(`/${name}?`) ? answer : undefined);
};

describe('a second kind of documents', () => {
  test('goes the whole pipeline, in order, and what is no longer declared is pruned', async () => {
    const repository = await embeddedRepository();
    const writer = {
      repository,
      folder: 'clusters/openshift/',
      identity: { path: 'clusters/openshift/cluster.yaml', uid: 'c1', content: 'uid: c1\n', uidOf: () => 'c1' },
      trailers: { 'Quayside-Cluster': 'openshift' },
      author,
    };
    const pass = async (notes: readonly Note[]): Promise<Synced> => {
      const kind = notesKind(notes);
      const { read } = await runPass({ notes: kind }, writer, false);
      return sync(read.notes.notes);
    };
    await pass([note('b', '1', 'c'), note('c', '1', 'a'), note('a')]);
    expect(server.writes).toEqual([`patch ${parentPath}`, ...['a', 'c', 'b'].map((name) => `patch ${path(name)}`)]);
    expect(textsOf(objectAt(server.objects.get(path('a')), 'metadata', 'labels'))).toEqual({ [partOfLabel]: set });
    expect(contained()).toEqual(['ConfigMap', 'shop']);
    server.writes.splice(0);
    const again = await pass([note('b', '1', 'c'), note('c', '1', 'a'), note('a')]);
    expect([server.writes, again.reports]).toEqual([[], []]);
    const pruned = await pass([note('c', '2', 'a'), note('a')]);
    expect(outcomes(pruned)).toEqual(['delete ConfigMap shop/b Done', 'change ConfigMap shop/c Done']);
    expect(names()).toEqual(['a', 'c']);
  });

  test('is not written while what it needs is not there, is not as declared, or is not ready', async () => {
    const missing = await sync([note('b', '1', 'a')]);
    expect(outcomes(missing)).toEqual(['create ConfigMap shop/b Waiting Progressing']);
    expect(missing.due).toBeGreaterThan(0);
    refusing('a', { status: 422, body: { kind: 'Status', message: 'no' } });
    const refused = await sync([note('b', '1', 'a'), note('a')]);
    expect(outcomes(refused)).toEqual([
      'create ConfigMap shop/a Failed ClusterAnswerUnexpected',
      'create ConfigMap shop/b Waiting Progressing',
    ]);
    server.answer = () => undefined;
    put(server, configMap, {
      metadata: { name: 'a', namespace: 'shop' },
      status: { conditions: [{ type: 'Ready', status: 'False' }] },
    });
    expect(outcomes(await sync([note('b', '1', 'a'), note('a')]))).toContain(
      'create ConfigMap shop/b Waiting Progressing',
    );
    put(server, configMap, { metadata: { name: 'a', namespace: 'shop' } });
    expect(outcomes(await sync([note('b', '1', 'a'), note('a')]))).toContain('create ConfigMap shop/b Done');
  });
});

describe('what only grows', () => {
  beforeEach(async () => {
    await sync([note('a'), note('b'), note('c'), note('d')]);
    server.writes.splice(0);
  });

  test('an emptied repository, whose history is not what it was, takes nothing away', async () => {
    const policy = onlyGrow({ reason: 'HistoryDiverged', message: 'the branch was emptied' });
    expect(outcomes(await sync([], { policy }))).toEqual(
      ['a', 'b', 'c', 'd'].map((name) => `delete ConfigMap shop/${name} Skipped HistoryDiverged`),
    );
    expect(server.writes).toEqual([]);
  });

  test('a folder that is missing is too much at once, and waits for a person who agrees to exactly that', async () => {
    const { held, reports } = await sync([]);
    expect(reports.map(({ reason }) => reason)).toEqual(Array.from({ length: 4 }, () => 'DeletionHeld'));
    expect(reports[0]?.message).toContain('4 of 4 objects');
    expect(names()).toEqual(['a', 'b', 'c', 'd']);
    await sync([note('a')], { released: held?.hash ?? '' });
    expect(names()).toEqual(['a', 'b', 'c', 'd']);
    await sync([], { released: held?.hash ?? '' });
    expect([names(), contained()]).toEqual([[], ['', '']]);
  });

  test('an object of another set is left to it, and the rest goes on', async () => {
    put(server, configMap, {
      metadata: { name: 'e', namespace: 'shop', labels: { [partOfLabel]: 'applyset-other-v1' } },
    });
    const synced = await sync([note('a'), note('b', '2'), note('c'), note('e')]);
    expect(outcomes(synced)).toEqual([
      'change ConfigMap shop/b Done',
      'delete ConfigMap shop/d Skipped Progressing',
      'change ConfigMap shop/e Skipped Conflict',
    ]);
  });

  test('a set that another tool manages is left to it: nothing is written, pruned or recorded', async () => {
    put(server, quayIntegration, {
      metadata: { name: 'quay', annotations: { 'applyset.kubernetes.io/tooling': 'kubectl/v1.30' } },
    });
    const synced = await sync([note('a', '2'), note('b'), note('c'), note('e')]);
    expect(outcomes(synced)).toEqual([
      'change ConfigMap shop/a Skipped Conflict',
      'create ConfigMap shop/e Skipped Conflict',
      'change QuayIntegration quay Skipped Conflict',
    ]);
    expect([names(), server.writes]).toEqual([['a', 'b', 'c', 'd'], []]);
  });

  test.each([
    [422, 'ClusterAnswerUnexpected'],
    [500, 'ClusterUnavailable'],
  ])('an API server that answers %d for one object is told, and the rest goes on', async (status, code) => {
    refusing('b', { status, body: { kind: 'Status', message: 'no' } });
    const synced = await sync([note('a', '2'), note('b', '2'), note('c')]);
    expect(outcomes(synced)).toEqual([
      'change ConfigMap shop/a Done',
      `change ConfigMap shop/b Failed ${code}`,
      'delete ConfigMap shop/d Skipped Progressing',
    ]);
    expect(synced.refused).toEqual([expect.objectContaining({ source: 'ConfigMap shop/b' })]);
    expect(synced.faults).toEqual([]);
  });

  test('a kind whose definition is gone is told, and stays recorded', async () => {
    server.answer = ({ path: one }) => (one.includes('configmaps') ? { status: 404, body: {} } : undefined);
    const synced = await sync([note('a', '2')]);
    expect(outcomes(synced)).toContain('delete all of ConfigMap Skipped InputUnknown');
    server.answer = () => undefined;
    expect([names(), contained()]).toEqual([
      ['a', 'b', 'c', 'd'],
      ['ConfigMap', 'shop'],
    ]);
  });

  test('a parent that cannot be written keeps out what it does not record', async () => {
    put(server, quayIntegration, { metadata: { name: 'quay' } });
    server.answer = ({ verb, path: one }) =>
      verb === 'patch' && one.startsWith(parentPath) ? { status: 503, body: {} } : undefined;
    const synced = await sync([note('a', '2'), note('e')]);
    expect(new Set(synced.reports.map(({ outcome }) => outcome))).toEqual(new Set(['Failed']));
    expect(synced.faults.length).toBeGreaterThan(0);
    expect(server.writes).toEqual([]);
  });
});

test('an object that carries the label, and is where the parent has nothing recorded, is not pruned', async () => {
  put(server, configMap, { metadata: { name: 'mine', namespace: 'elsewhere', labels: { [partOfLabel]: set } } });
  put(server, configMap, { metadata: { name: 'mine', namespace: 'shop' } });
  await sync([note('a'), note('b')]);
  await sync([note('a')]);
  expect(names()).toEqual(['a', 'mine', 'mine']);
});
