import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AdmissionFixture, buildsPath } from '../fixtures/admission/admission-fixture.js';
import { applyConfiguration, installConfiguration } from '../fixtures/admission/installed.js';
import { host, organizationStatus } from '../fixtures/admission/objects.js';
import { outOfReach, ownBuilds } from '../fixtures/admission/own-builds.js';
import type { Replica } from '../fixtures/admission/replica.js';

let fixture: AdmissionFixture;
let replica: Replica;
let shop: string;
let bare: string;
let askForNothing: () => Promise<void>;
beforeAll(async () => {
  fixture = await AdmissionFixture.open();
  await fixture.integration('quay', { denylistNamespaces: ['denied'] });
  replica = await fixture.start();
  await askForEverything();
  await fixture.ready(replica);
  shop = await fixture.provisioned();
  bare = await fixture.namespace();
  await fixture.provision(bare, 'quay', { ...organizationStatus, robots: [] });
});
afterAll(() => fixture.close());

/** Configures the webhook as the predecessor did: every Build of every namespace, when it is created and when it is updated, or nothing. */
async function askForEverything(): Promise<void> {
  const operations = ['CREATE', 'UPDATE'];
  const everything = {
    name: 'quayintegration.quay.redhat.com',
    admissionReviewVersions: ['v1'],
    sideEffects: 'None',
    failurePolicy: 'Fail',
    rules: [{ operations, apiGroups: ['build.openshift.io'], apiVersions: ['v1'], resources: ['builds'] }],
  };
  const reached = { port: replica.port, ca: fixture.certificates.ca };
  askForNothing = await applyConfiguration(fixture.plane, 'predecessor', [everything], reached);
}

const docker = { type: 'Docker', dockerStrategy: {} };
const to = (name: string, more: object = {}): object => ({
  spec: { strategy: docker, output: { to: { kind: 'ImageStreamTag', name, ...more } } },
});
const merge = 'application/merge-patch+json';

test('Q9 a Build without an output is created', async () => {
  for (const output of [undefined, {}, { pushSecret: { name: 'mine' } }]) {
    const { status, body } = await fixture.build(shop, { spec: { strategy: docker, output } });
    expect([status, body.spec.output]).toEqual([201, output]);
  }
});

test('Q10 an output without a tag, or with too many colons, stays as it is, and gets a warning', async () => {
  for (const name of ['httpd', 'a:b:c']) {
    const { status, warnings, body } = await fixture.build(shop, to(name));
    expect([status, warnings]).toEqual([201, [expect.stringContaining(`spec.output.to.name "${name}"`)]]);
    expect(body.spec.output?.to).toEqual({ kind: 'ImageStreamTag', name });
  }
});

test('Q11 a Build without annotations is patched, and gets them', async () => {
  const { status, body } = await fixture.build(shop, to('httpd:2.4'));
  expect([status, Object.keys(body.metadata.annotations ?? {})]).toEqual([
    201,
    [
      'quay-registry-operator.quay.redhat.com/destination-imagestream',
      'quay-registry-operator.quay.redhat.com/quay-registry-operator-managed',
    ],
  ]);
});

describe('Q12 while the pull secret of builder is missing', () => {
  test.each(Object.keys(outOfReach))('Q12 %s is created', async (name) => {
    expect((await fixture.build(bare, outOfReach[name] ?? {})).status).toBe(201);
  });

  test('Q12 a Build that is there can be labelled, and get another status', async () => {
    const { body } = await fixture.build(bare, outOfReach['no output'] ?? {});
    const path = `${buildsPath(bare)}/${body.metadata.name}`;
    const change = { metadata: { labels: { a: 'b' } }, status: { phase: 'Running' }, spec: to('a:1') };
    expect((await fixture.call('PATCH', path, change, merge)).status).toBe(200);
  });

  test('Q12 the one that needs it is created, and names it, so that its pod waits', async () => {
    const { status, body } = await fixture.build(bare, to('httpd:2.4'));
    expect([status, body.spec.output]).toEqual([
      201,
      {
        to: { kind: 'DockerImage', name: `${host}/openshift_${bare}/httpd:2.4` },
        pushSecret: { name: 'builder-quay-openshift' },
      },
    ]);
  });
});

test('Q32 an output in another namespace is left where it is, with a warning', async () => {
  const { status, body, warnings } = await fixture.build(shop, to('httpd:2.4', { namespace: bare }));
  expect([status, body.spec.output?.to]).toEqual([201, { kind: 'ImageStreamTag', name: 'httpd:2.4', namespace: bare }]);
  expect(warnings).toEqual([expect.stringMatching(/spec\.output\.to\.namespace is "test-\w+"/)]);
});

test('Q40 a Build from before is not rewritten by an update', async () => {
  await askForNothing();
  const { body } = await fixture.build(shop, to('httpd:2.4'));
  expect(body.spec.output?.to?.kind).toBe('ImageStreamTag');
  await askForEverything();
  const path = `${buildsPath(shop)}/${body.metadata.name}`;
  const { body: after } = await fixture.call('PATCH', path, { status: { phase: 'Complete' } }, merge);
  expect(after.spec.output?.to).toEqual({ kind: 'ImageStreamTag', name: 'httpd:2.4' });
  expect((await fixture.build(shop, to('httpd:2.4'))).body.spec.output?.to?.kind).toBe('DockerImage');
});

describe('Q13 with every webhook down', () => {
  beforeAll(async () => {
    await askForNothing();
    await fixture.reach({ port: replica.port, ca: fixture.certificates.ca });
    await replica.stop('SIGKILL');
  });
  const builds = (): readonly object[] => Object.values(ownBuilds(shop)).map(({ build }) => build);

  test('Q13 Builds are created as they are', async () => {
    for (const build of builds().slice(0, 3)) {
      const { status, body } = await fixture.build(shop, build);
      expect([status, body.spec.output?.to?.kind]).toEqual([201, 'ImageStreamTag']);
    }
  });

  test('Q13 even under Fail, those that it would not be asked about', async () => {
    await installConfiguration(fixture.plane, {
      port: replica.port,
      ca: fixture.certificates.ca,
      failurePolicy: 'Fail',
    });
    for (const build of Object.values(outOfReach)) expect((await fixture.build(shop, build)).status).toBe(201);
    for (const namespace of ['default', 'kube-public']) {
      expect((await fixture.build(namespace, builds()[0] ?? {})).status).toBe(201);
    }
    expect((await fixture.build(shop, builds()[0] ?? {})).status).toBe(500);
  });
});
