import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildImportedAnnotation, buildImportSkippedAnnotation } from '../../src/api/build-annotations.js';
import { type KubeClient } from '../../src/kube/client/kube-client.js';
import { type Fields, objectOrEmpty } from '../../src/json/index.js';
import { listPath, resourceTypes } from '../../src/kube/resource-type.js';
import { digestOf, rewrittenBuild } from '../fixtures/builds/builds.js';
import { follow, type Followed } from '../fixtures/builds/followed.js';
import { type SharedControlPlane } from '../control-plane/control-plane.js';
import { eventually } from '../support/eventually.js';
import { createNamespace } from '../control-plane/namespace.js';
import { sharedControlPlane } from '../control-plane/shared.js';
import { failures } from '../control-plane/stand-ins/images/registry.js';
import { installStandIns } from '../control-plane/stand-ins/install.js';
import { type Importer } from '../control-plane/stand-ins/images/importers.js';
import { type OpenShift, startOpenShift } from '../control-plane/stand-ins/openshift.js';
import { clientAt } from '../support/client-at.js';

let controlPlane: SharedControlPlane;
let openshift: OpenShift;
let client: KubeClient;
let namespace: string;
let importer: Importer;
let followed: Followed | undefined;

beforeAll(async () => {
  controlPlane = await sharedControlPlane();
  await installStandIns(controlPlane);
  openshift = await startOpenShift(controlPlane);
  client = clientAt(openshift.kubeconfig, 'import-defects');
});
afterAll(async () => {
  await client.close();
  await openshift.stop();
});
beforeEach(async () => {
  namespace = await createNamespace(controlPlane, 'import');
  importer = openshift.adopt(namespace);
});
afterEach(async () => {
  await followed?.follower.stop(2_000);
});

const { build, imageStream } = resourceTypes;

async function create(type: typeof build | typeof imageStream, ...bodies: readonly object[]): Promise<void> {
  const one = async (body: object): Promise<void> => {
    const answer = await client.call({ verb: 'create', resource: type.plural, path: listPath(type, namespace), body });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  };
  for (let at = 0; at < bodies.length; at += 50) await Promise.all(bodies.slice(at, at + 50).map(one));
}

const stream = (name: string): object => ({
  apiVersion: imageStream.apiVersion,
  kind: imageStream.kind,
  metadata: { namespace, name },
});

async function annotations(): Promise<readonly Fields[]> {
  const { body } = await client.call({ verb: 'list', resource: 'builds', path: listPath(build, namespace) });
  return (body.items as readonly Fields[]).map(({ metadata }) => objectOrEmpty(objectOrEmpty(metadata).annotations));
}

/** All Builds are known, and nothing is left to do. */
async function idle({ follower }: Followed, builds: number): Promise<void> {
  await eventually(() => {
    const counts = follower.counts();
    expect(counts.builds).toBeGreaterThanOrEqual(builds);
    expect(counts.imports).toMatchObject({ event: 0, resync: 0, active: 0 });
  });
  await sleep(300);
}

test('Q6 no event of a build but its completion imports anything, nor do a thousand old ones at a restart', async () => {
  importer.answer({ digest: digestOf('a') });
  await create(imageStream, stream('httpd'));
  const old = Array.from({ length: 1_000 }, (_, at) =>
    rewrittenBuild({
      namespace,
      name: `old-${at}`,
      tag: `httpd:v${at % 100}`,
      completed: `2026-01-01T00:${String(Math.floor(at / 100)).padStart(2, '0')}:00Z`,
      // Of every tag the newest has its mark; of some tags an older one never got its own.
      imported: at >= 900 || at % 7 !== 0,
    }),
  );
  await create(build, ...old);
  await controlPlane.audit.reset();
  followed = follow(client, namespace);
  await idle(followed, 1_000);
  expect(await controlPlane.audit.counts({ userAgent: 'import-defects', namespace })).toEqual({});

  await create(build, rewrittenBuild({ namespace, name: 'new', phase: 'New' }));
  const path = `${listPath(build, namespace)}/new`;
  const status = {
    phase: '',
    completionTimestamp: '2026-03-01T00:00:00Z',
    output: { to: { imageDigest: digestOf('b') } },
  };
  const become = (phase: string) =>
    client.call({
      verb: 'patch',
      resource: 'builds',
      path,
      body: { status: phase === 'Complete' ? { ...status, phase } : { phase } },
      contentType: 'application/merge-patch+json',
    });
  for (const phase of ['Pending', 'Running', 'Failed', 'Cancelled', 'Error']) await become(phase);
  await idle(followed, 1_001);
  expect(importer.asked).toEqual([]);
  await become('Complete');
  await eventually(() => expect(importer.asked).toHaveLength(1));
  await client.call({
    verb: 'patch',
    resource: 'builds',
    path,
    body: { metadata: { labels: { touched: 'yes' } } },
    contentType: 'application/merge-patch+json',
  });
  await idle(followed, 1_001);
  expect(importer.asked).toHaveLength(1);
});

test('Q7 an import whose answer says inside that it failed is no success', async () => {
  importer.answer(failures.unauthorized);
  await create(imageStream, stream('httpd'));
  followed = follow(client, namespace);
  await create(build, rewrittenBuild({ namespace, name: 'httpd-1' }));
  await eventually(() => expect(importer.asked.length).toBeGreaterThan(2));
  expect((await annotations())[0]).not.toHaveProperty([buildImportedAnnotation]);
  expect(new Set(followed.results.map(({ result }) => result))).toEqual(new Set(['Failed']));
});

test('Q8 a build whose image stream is gone is reported once and never retried', async () => {
  followed = follow(client, namespace);
  await create(build, rewrittenBuild({ namespace, name: 'httpd-1' }));
  await eventually(async () =>
    expect((await annotations())[0]).toHaveProperty([buildImportSkippedAnnotation], 'ImageStreamGone'),
  );
  await controlPlane.audit.reset();
  await sleep(1_500);
  followed.follower.recheck();
  await followed.follower.stop();
  expect(followed.events).toMatchObject([{ reason: 'ImageStreamGone', type: 'Warning' }]);
  followed = follow(client, namespace);
  await idle(followed, 1);
  expect(followed.events).toEqual([]);
  expect(importer.asked).toEqual([]);
  expect(await controlPlane.audit.counts({ userAgent: 'import-defects', namespace })).toEqual({});
});
