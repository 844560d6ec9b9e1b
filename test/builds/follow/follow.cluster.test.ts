import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  buildCloneAnnotation,
  buildImportedAnnotation,
  buildImportedDigestAnnotation,
  buildImportSkippedAnnotation,
  inPredecessorsDomain,
} from '../../../src/api/build-annotations.js';
import { type KubeClient } from '../../../src/kube/client/kube-client.js';
import { type Fields, objectOrEmpty } from '../../../src/json/index.js';
import { readObject } from '../../../src/kube/write/apply.js';
import { resourceTypes } from '../../../src/kube/resource-type.js';
import { type SharedControlPlane } from '../../control-plane/control-plane.js';
import { eventually } from '../../support/eventually.js';
import { createNamespace } from '../../control-plane/namespace.js';
import { sharedControlPlane } from '../../control-plane/shared.js';
import { failures } from '../../control-plane/stand-ins/images/registry.js';
import { type Importer } from '../../control-plane/stand-ins/images/importers.js';
import { type OpenShift, startOpenShift } from '../../control-plane/stand-ins/openshift.js';
import { clientAt } from '../../support/client-at.js';
import { digestOf, plainBuild, rewrittenBuild } from '../../fixtures/builds/builds.js';
import { follow, type Followed } from '../../fixtures/builds/followed.js';
import { setTag } from './set-tag.js';

let controlPlane: SharedControlPlane;
let openshift: OpenShift;
let client: KubeClient;
let namespace: string;
let importer: Importer;
const running: Followed[] = [];

beforeAll(async () => {
  controlPlane = await sharedControlPlane();
  openshift = await startOpenShift(controlPlane);
  client = clientAt(openshift.kubeconfig, 'follow-test');
});
afterAll(async () => {
  await client.close();
  await openshift.stop();
});
beforeEach(async () => {
  namespace = await createNamespace(controlPlane, 'follow');
  importer = openshift.adopt(namespace);
  await create({ apiVersion: 'image.openshift.io/v1', kind: 'ImageStream', metadata: { name: 'httpd', namespace } });
});
afterEach(async () => {
  for (const { follower } of running.splice(0)) await follower.stop(2_000);
});

async function create(...items: readonly object[]): Promise<void> {
  await controlPlane.edits.create(...items);
}

async function annotations(name: string): Promise<Fields> {
  const build = await readObject(client, resourceTypes.build, { namespace, name });
  return objectOrEmpty(objectOrEmpty(build?.metadata).annotations);
}

async function annotate(name: string, annotations: object): Promise<void> {
  await controlPlane.edits.patch(['build', name, '-n', namespace], { metadata: { annotations } });
}

const start = (...more: Parameters<typeof follow> extends [unknown, unknown, ...infer R] ? R : never): Followed => {
  const followed = follow(client, namespace, ...more);
  running.push(followed);
  return followed;
};

/** All that there is has been looked at. */
async function quiet({ follower }: Followed): Promise<void> {
  await eventually(() => {
    const { builds, imports, fault } = follower.counts();
    expect({ fault, active: imports.active + imports.event + imports.resync }).toEqual({ fault: undefined, active: 0 });
    expect(builds).toBeGreaterThan(0);
  });
  await sleep(300);
}

test('what a build pushed is imported as QBO asks for it, and the build is marked with the digest', async () => {
  importer.answer({ digest: digestOf('a') });
  const followed = start({ spec: { insecureRegistry: true, scheduledImageStreamImport: true } });
  await create(rewrittenBuild({ namespace, name: 'httpd-1' }));
  await eventually(async () =>
    expect(await annotations('httpd-1')).toMatchObject({
      [buildImportedAnnotation]: 'true',
      [buildImportedDigestAnnotation]: digestOf('a'),
    }),
  );
  const from = { kind: 'DockerImage', name: `quay.example.test/openshift_${namespace}/httpd:latest` };
  const importPolicy = { insecure: true, scheduled: true };
  expect(importer.asked).toMatchObject([
    {
      stream: 'httpd',
      spec: {
        import: true,
        images: [{ from, to: { name: 'latest' }, importPolicy, referencePolicy: { type: 'Source' } }],
      },
    },
  ]);
  expect(followed.results).toEqual([{ namespace, tag: 'httpd:latest', build: 'httpd-1', result: 'Imported' }]);
  expect(followed.events).toEqual([]);
});

test.each([
  ['unauthorized', 'Unauthorized', 'may not have access'],
  ['notFound', 'NotFound', 'not found'],
  ['certificate', 'Certificate', 'additionalTrustedCA'],
] as const)(
  'an import that ends %s is reported, retried, and its Build is annotated only once it works',
  async (name, reason, words) => {
    importer.answer(failures[name]);
    const followed = start();
    await create(rewrittenBuild({ namespace, name: 'httpd-1' }));
    await eventually(() => expect(importer.asked.length).toBeGreaterThan(1));
    expect(await annotations('httpd-1')).not.toHaveProperty([buildImportedAnnotation]);
    expect(followed.results[0]).toMatchObject({ result: 'Failed', reason });
    expect(followed.events[0]).toMatchObject({
      reason: 'ImportFailed',
      type: 'Warning',
      regarding: { kind: 'Build', name: 'httpd-1' },
    });
    expect(followed.events[0]?.note).toContain(words);
    importer.answer({ digest: digestOf('a') });
    await eventually(async () =>
      expect(await annotations('httpd-1')).toHaveProperty([buildImportedAnnotation], 'true'),
    );
    expect(followed.results.at(-1)).toMatchObject({ result: 'Imported' });
  },
);

test('a build that completed while the operator was down is imported once, and never again', async () => {
  importer.answer({ digest: digestOf('b') });
  await create(
    rewrittenBuild({ namespace, name: 'httpd-1', completed: '2026-02-01T00:00:00Z', imported: true }),
    rewrittenBuild({ namespace, name: 'httpd-2', completed: '2026-02-02T00:00:00Z', digest: digestOf('b') }),
  );
  const first = start();
  await eventually(async () => expect(await annotations('httpd-2')).toHaveProperty([buildImportedAnnotation]));
  await first.follower.stop();
  await quiet(start());
  expect(importer.asked).toHaveLength(1);
});

test('a tag that was moved by hand stays where it is, over a restart and over changes of its builds', async () => {
  importer.answer({ digest: digestOf('a') });
  await create(rewrittenBuild({ namespace, name: 'httpd-1' }));
  const first = start();
  await eventually(async () => expect(await annotations('httpd-1')).toHaveProperty([buildImportedAnnotation]));
  await first.follower.stop();
  await setTag(client, namespace, 'httpd:latest', digestOf('f'));
  const second = start();
  await quiet(second);
  await annotate('httpd-1', { 'example.test/touched': 'yes' });
  await quiet(second);
  expect(importer.asked).toHaveLength(1);
  expect(second.results).toEqual([]);
});

test('a tag that has the image already gets no import, and its Build is annotated', async () => {
  await setTag(client, namespace, 'httpd:latest', digestOf('a'));
  const followed = start();
  await create(rewrittenBuild({ namespace, name: 'httpd-1' }));
  await eventually(async () =>
    expect(await annotations('httpd-1')).toHaveProperty([buildImportedDigestAnnotation], digestOf('a')),
  );
  // The Build is marked before that is told.
  await eventually(() => expect(followed.results).toMatchObject([{ result: 'UpToDate' }]));
  expect(importer.asked).toEqual([]);
});

test('of two waiting builds the newer is imported, and the older one is never imported', async () => {
  importer.answer({ digest: digestOf('b') });
  await create(
    rewrittenBuild({ namespace, name: 'httpd-2', completed: '2026-02-02T00:00:00Z', digest: digestOf('b') }),
    rewrittenBuild({ namespace, name: 'httpd-1', completed: '2026-02-01T00:00:00Z' }),
  );
  start();
  await eventually(async () => expect(await annotations('httpd-2')).toHaveProperty([buildImportedAnnotation]));
  expect(await annotations('httpd-1')).toHaveProperty([buildImportSkippedAnnotation], 'Overtaken');
  await setTag(client, namespace, 'httpd:latest', digestOf('f'));
  await controlPlane.edits.delete('build', 'httpd-2', '-n', namespace);
  await quiet(start());
  expect(importer.asked).toHaveLength(1);
});

test("QORO's annotations are read, and a clone is a build of its own", async () => {
  importer.answer({ digest: digestOf('a') });
  const { metadata, ...rest } = rewrittenBuild({ namespace, name: 'httpd-1', imported: true });
  const old = Object.entries(metadata.annotations).map(([name, value]) => [inPredecessorsDomain(name), value] as const);
  await create({ ...rest, metadata: { ...metadata, annotations: Object.fromEntries(old) } });
  const followed = start();
  await quiet(followed);
  expect(importer.asked).toEqual([]);
  await create(
    rewrittenBuild({
      namespace,
      name: 'httpd-2',
      completed: '2026-02-03T00:00:00Z',
      imported: true,
      annotations: { [buildCloneAnnotation]: 'httpd-1' },
    }),
  );
  await eventually(() => expect(followed.results).toMatchObject([{ build: 'httpd-2', result: 'Imported' }]));
  await quiet(start());
  expect(importer.asked).toHaveLength(1);
});

test('a suspended integration imports nothing; once resumed, what waits is imported', async () => {
  importer.answer({ digest: digestOf('a') });
  let suspended = true;
  const followed = start({ isSuspended: () => suspended });
  await create(rewrittenBuild({ namespace, name: 'httpd-1' }));
  await quiet(followed);
  expect(importer.asked).toEqual([]);
  suspended = false;
  followed.follower.recheck(namespace);
  await eventually(() => expect(followed.results).toMatchObject([{ result: 'Imported' }]));
});

test('an image at an address that the integration no longer uses is reported once and not imported', async () => {
  await create(rewrittenBuild({ namespace, name: 'httpd-1', host: 'old.example.test' }));
  const followed = start();
  await eventually(() => expect(followed.events).toMatchObject([{ reason: 'ImageDestinationChanged' }]));
  await annotate('httpd-1', { 'example.test/touched': 'yes' });
  followed.follower.recheck();
  await quiet(followed);
  expect(followed.events).toHaveLength(1);
  expect(importer.asked).toEqual([]);
});

test('nobody can have an image put into a namespace that is not his', async () => {
  const elsewhere = { 'quay-registry-operator.quay.redhat.com/destination-imagestream': 'openshift/httpd:latest' };
  await create(rewrittenBuild({ namespace, name: 'httpd-1', annotations: elsewhere }));
  const followed = start();
  await quiet(followed);
  expect(followed.results).toEqual([]);
  expect(importer.asked).toEqual([]);
});

test('a build that was not rewritten is reported once, over a restart, and an earlier build is not', async () => {
  await create(plainBuild({ namespace, name: 'before' }));
  await sleep(1_100);
  const since = new Date().toISOString().replace(/\.\d+/, '');
  await sleep(1_100);
  await create(plainBuild({ namespace, name: 'past' }), plainBuild({ namespace, name: 'new', phase: 'New' }));
  const first = start({ since });
  await eventually(async () => expect(JSON.stringify(await annotations('past'))).toContain('not-rewritten'));
  expect(first.events).toMatchObject([{ reason: 'BuildNotRewritten', regarding: { name: 'past' } }]);
  expect(first.unrewritten).toEqual([{ namespace, build: 'past', integration: 'quay', reason: 'NotRewritten' }]);
  await first.follower.stop();
  const second = start({ since });
  await quiet(second);
  expect(second.events).toEqual([]);
});

test('an API server that fails loses nothing', async () => {
  importer.answer({ digest: digestOf('a') });
  const faults = [
    openshift.arm({ path: /^\/apis\/build\.openshift\.io/ }, { kind: 'answer', status: 503 }, { times: 3 }),
    openshift.arm({ method: 'POST', path: /imagestreamimports$/ }, { kind: 'answer', status: 503 }, { times: 1 }),
    openshift.arm({ method: 'PATCH', path: /\/builds\// }, { kind: 'cut', at: 'after' }, { times: 1 }),
  ];
  const followed = follow(client, namespace);
  running.push(followed);
  await create(rewrittenBuild({ namespace, name: 'httpd-1' }));
  await eventually(async () => expect(await annotations('httpd-1')).toHaveProperty([buildImportedAnnotation], 'true'));
  await quiet(followed);
  expect(importer.asked).toHaveLength(1);
  expect(faults.map(({ hits }) => hits)).toEqual([3, 1, 1]);
});
