import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { type KubeClient } from '../../../src/kube/client/kube-client.js';
import { eventually } from '../../support/eventually.js';
import { createNamespace } from '../../control-plane/namespace.js';
import type { Started } from '../../control-plane/start.js';
import { startWithKinds } from '../../control-plane/start-with-kinds.js';
import { type Importer } from '../../control-plane/stand-ins/images/importers.js';
import { type OpenShift, startOpenShift } from '../../control-plane/stand-ins/openshift.js';
import { clientAt } from '../../support/client-at.js';
import { digestOf, rewrittenBuild } from '../../fixtures/builds/builds.js';
import { follow, type Followed } from '../../fixtures/builds/followed.js';

// A follower counts the Builds of the whole cluster: those of other suites, which come and go, must not be among them.
let controlPlane: Started;
let client: KubeClient;
let openshift: OpenShift;
let namespace: string;
let importer: Importer;
let followed: Followed;

beforeAll(async () => {
  controlPlane = await startWithKinds();
});
afterAll(() => controlPlane.stop());
beforeEach(async () => {
  openshift = await startOpenShift(controlPlane);
  client = clientAt(openshift.kubeconfig, 'follow-api');
  namespace = await createNamespace(controlPlane, 'follow');
  importer = openshift.adopt(namespace);
  importer.answer({ digest: digestOf('a') });
  await create({ apiVersion: 'image.openshift.io/v1', kind: 'ImageStream', metadata: { name: 'httpd', namespace } });
});
afterEach(async () => {
  await followed.follower.stop(2_000);
  await client.close();
  await openshift.stop();
});

async function create(object: object): Promise<void> {
  await controlPlane.edits.create(object);
}

const gone = { kind: 'Status', reason: 'NotFound', code: 404 };

/** Makes the API look as on a cluster that never had it. */
function withoutBuildApi(): () => void {
  const faults = [
    openshift.arm(
      { path: /^\/apis\/build\.openshift\.io/ },
      { kind: 'answer', status: 404, body: '404 page not found' },
    ),
    openshift.arm({ path: /apiservices\/v1\.build\.openshift\.io$/ }, { kind: 'answer', status: 404, body: gone }),
    openshift.arm({ path: /builds\.build\.openshift\.io$/ }, { kind: 'answer', status: 404, body: gone }),
  ];
  return () => faults.forEach(({ lift }) => lift());
}

test('without a Build API there is nothing to follow; once it is there, nothing has been lost', async () => {
  const lift = withoutBuildApi();
  followed = follow(client, namespace);
  await eventually(() => expect(followed.follower.isServed()).toBe(false));
  expect(followed.follower.counts()).toMatchObject({ builds: 0, fault: undefined });
  await create(rewrittenBuild({ namespace, name: 'httpd-1' }));
  lift();
  await eventually(() => expect(followed.results).toMatchObject([{ build: 'httpd-1', result: 'Imported' }]));
  expect(followed.follower.isServed()).toBe(true);

  const again = withoutBuildApi();
  await eventually(() => expect(followed.follower.isServed()).toBe(false));
  expect(followed.follower.counts().builds).toBe(0);
  again();
  await eventually(() => expect(followed.follower.counts().builds).toBeGreaterThan(0));
  expect(importer.asked).toHaveLength(1);
});

test('while the Build API answers 503 nothing is forgotten, and afterwards what happened is found', async () => {
  followed = follow(client, namespace);
  await create(rewrittenBuild({ namespace, name: 'httpd-1' }));
  await eventually(() => expect(followed.results).toHaveLength(1));
  const known = followed.follower.counts().builds;
  const down = openshift.arm({ path: /^\/apis\/build\.openshift\.io/ }, { kind: 'answer', status: 503 });
  await create(
    rewrittenBuild({ namespace, name: 'httpd-2', completed: '2026-02-03T00:00:00Z', digest: digestOf('b') }),
  );
  await sleep(500);
  expect(followed.follower.counts().builds).toBeGreaterThanOrEqual(known);
  importer.answer({ digest: digestOf('b') });
  down.lift();
  await eventually(() => expect(followed.results.at(-1)).toMatchObject({ build: 'httpd-2', result: 'Imported' }));
});

test('in a namespace that is being deleted nothing is imported, and nothing tried for ever', async () => {
  const refused = openshift.arm(
    { method: 'POST', path: /imagestreamimports$/ },
    {
      kind: 'answer',
      status: 403,
      body: {
        kind: 'Status',
        reason: 'Forbidden',
        code: 403,
        message: 'unable to create new content because the namespace is being terminated',
        details: { causes: [{ reason: 'NamespaceTerminating' }] },
      },
    },
  );
  followed = follow(client, namespace);
  await create(rewrittenBuild({ namespace, name: 'httpd-1' }));
  await eventually(() => expect(refused.hits).toBe(1));
  await sleep(1_000);
  expect(refused.hits).toBe(1);
  expect(followed.events).toEqual([]);
  expect(followed.results).toEqual([]);
});

test('whoever stops does not wait for an import that does not answer', async () => {
  const frozen = openshift.arm({ method: 'POST', path: /imagestreamimports$/ }, { kind: 'freeze', at: 'before' });
  followed = follow(client, namespace);
  await create(rewrittenBuild({ namespace, name: 'httpd-1' }));
  await eventually(() => expect(frozen.hits).toBe(1));
  const began = performance.now();
  await followed.follower.stop(100);
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(followed.results).toEqual([]);
});
