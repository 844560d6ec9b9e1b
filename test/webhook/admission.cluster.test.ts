import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { builtInNamespacesConfigurationName, builtInNamespacesReach } from '../../src/api/index.js';
import { libraryObjects } from '../control-plane/stand-ins/library.js';
import { AdmissionFixture, buildsPath } from '../fixtures/admission/admission-fixture.js';
import { applyConfiguration } from '../fixtures/admission/installed.js';
import { host } from '../fixtures/admission/objects.js';
import { outOfReach, ownBuilds } from '../fixtures/admission/own-builds.js';
import type { Replica } from '../fixtures/admission/replica.js';

const managed = 'quay-registry-operator.quay.redhat.com/quay-registry-operator-managed';
const destination = 'quay-registry-operator.quay.redhat.com/destination-imagestream';

let fixture: AdmissionFixture;
let replica: Replica;
let shop: string;
beforeAll(async () => {
  fixture = await AdmissionFixture.open();
  await fixture.integration('quay', { namespaceSelector: { matchLabels: { quay: 'yes' } } });
  replica = await fixture.serve();
  shop = await fixture.provisioned({ quay: 'yes' });
});
afterAll(() => fixture.close());

const reviews = (decision = ''): Promise<number> => replica.metric('quayside_webhook_decisions_total', decision);
const image = (namespace: string, output: string): string => `${host}/openshift_${namespace}/${output}`;

describe('a Build that is created', () => {
  test.each(Object.keys(ownBuilds('')))('%s goes to Quay', async (name) => {
    const { build, output } = ownBuilds(shop)[name] ?? { build: {}, output: '' };
    const { status, body, warnings } = await fixture.build(shop, build);
    expect([status, warnings]).toEqual([201, []]);
    const { to, ...others } = body.spec.output ?? {};
    const { to: before, ...asBefore } = (build as { spec: { output: { to: object } } }).spec.output;
    const { namespace: _, ...kept } = before as { namespace?: string };
    expect(to).toEqual({ ...kept, kind: 'DockerImage', name: image(shop, output) });
    expect(others).toEqual(asBefore);
    expect(body.metadata.annotations).toEqual({
      ...(build as { metadata?: { annotations?: object } }).metadata?.annotations,
      [managed]: 'true',
      [destination]: `${shop}/${output}`,
    });
  });

  test('and then updated is not looked at again', async () => {
    const { body } = await fixture.build(shop, ownBuilds(shop)['from source']?.build ?? {});
    const before = await reviews();
    const path = `${buildsPath(shop)}/${body.metadata.name}`;
    const back = { status: { phase: 'Running' }, spec: { output: { to: { kind: 'ImageStreamTag', name: 'a:1' } } } };
    const { status, body: after } = await fixture.call('PATCH', path, back, 'application/merge-patch+json');
    expect([status, after.spec.output?.to]).toEqual([200, { kind: 'ImageStreamTag', name: 'a:1' }]);
    expect(await reviews()).toBe(before);
  });

  test('in a dry run goes to Quay as well', async () => {
    const object = { apiVersion: 'build.openshift.io/v1', kind: 'Build', metadata: { name: 'dry' } };
    const build = { ...object, ...ownBuilds(shop)['from source']?.build, metadata: object.metadata };
    const { status, body } = await fixture.call('POST', `${buildsPath(shop)}?dryRun=All`, build);
    expect([status, body.spec.output?.to?.kind]).toEqual([201, 'DockerImage']);
  });
});

describe('the API server does not even ask about', () => {
  test.each(Object.keys(outOfReach))('%s', async (name) => {
    const before = await reviews();
    const build = outOfReach[name] ?? {};
    const { status, body } = await fixture.build(shop, build);
    expect([status, body.spec.output]).toEqual([201, (build as { spec: { output?: object } }).spec.output]);
    expect(await reviews()).toBe(before);
  });

  test.each(['default', 'kube-public', 'openshift', 'openshift-builds', 'kube-quay'])(
    'the namespace %s',
    async (namespace) => {
      await fixture.call('POST', '/api/v1/namespaces', { metadata: { name: namespace, labels: { quay: 'yes' } } });
      const before = await reviews();
      const { status, body } = await fixture.build(namespace, ownBuilds(namespace)['from source']?.build ?? {});
      expect([status, body.spec.output?.to?.kind]).toEqual([201, 'ImageStreamTag']);
      expect(await reviews()).toBe(before);
    },
  );
});

test('a built-in namespace that an allow list brings back is asked about by a configuration of its own', async () => {
  const [name] = ['openshift-shared'];
  await fixture.call('POST', '/api/v1/namespaces', { metadata: { name } });
  await fixture.integration('shared', { allowlistNamespaces: [name] });
  await fixture.provision(name ?? '', 'shared');
  const reached = { port: replica.port, ca: fixture.certificates.ca };
  await applyConfiguration(
    fixture.plane,
    builtInNamespacesConfigurationName,
    [builtInNamespacesReach([name ?? ''])],
    reached,
  );
  const { body } = await fixture.build(name ?? '', ownBuilds(name ?? '')['from source']?.build ?? {});
  expect(body.spec.output?.to?.name).toBe(image(name ?? '', 'shop:latest'));
  // The stand-ins are all that it leaves out.
  const before = await reviews();
  await fixture.build('openshift', ownBuilds('openshift')['from source']?.build ?? {});
  expect(await reviews()).toBe(before);
});

test('a Build in a namespace that no integration selects is answered at once, without a warning', async () => {
  const elsewhere = await fixture.namespace();
  const begun = performance.now();
  const { status, body, warnings } = await fixture.build(elsewhere, ownBuilds(elsewhere)['from source']?.build ?? {});
  expect([status, body.spec.output?.to?.kind, warnings]).toEqual([201, 'ImageStreamTag', []]);
  expect(performance.now() - begun).toBeLessThan(5_000);
  expect(await reviews('Unchanged')).toBeGreaterThan(0);
});

// Without OPENSHIFT_LIBRARY there is nothing to try.
const library = process.env.OPENSHIFT_LIBRARY;
(library ? test : test.skip)('the output of every BuildConfig that OpenShift ships goes to Quay', async () => {
  const configs = libraryObjects(library ?? '', 'BuildConfig') as readonly { spec: BuildConfigSpec }[];
  const tagged = configs.filter(({ spec }) => spec.output?.to?.kind === 'ImageStreamTag' && rewritable(spec));
  expect(tagged.length).toBeGreaterThan(10);
  const wrong: unknown[] = [];
  for (const { spec } of configs) {
    const { status, body } = await fixture.build(shop, {
      spec: { ...spec, triggers: undefined, runPolicy: undefined },
    });
    const to = spec.output?.to;
    const isTag = to?.kind === 'ImageStreamTag' && to.name.includes(':');
    const expected = rewritable(spec) && isTag ? { kind: 'DockerImage', name: image(shop, to.name) } : to;
    if (status !== 201 || JSON.stringify(body.spec.output?.to) !== JSON.stringify(expected)) wrong.push([to, body]);
  }
  expect(wrong).toEqual([]);
});

interface BuildConfigSpec {
  readonly strategy: Readonly<Record<string, unknown>>;
  readonly output?: { readonly to?: { readonly kind: string; readonly name: string } };
}

function rewritable({ strategy }: BuildConfigSpec): boolean {
  return strategy.dockerStrategy !== undefined || strategy.sourceStrategy !== undefined;
}
