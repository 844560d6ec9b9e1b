import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { imageStream, project, Fixture } from '../support/quayside.js';
import { fakeApiServer, notFound, type Reply } from '../support/fake-api-server.js';
import { organizationsOf } from '../support/organizations-of.js';
import { registryAt } from '../fixtures/registry-at.js';

let fixture: Fixture;
beforeEach(async () => {
  fixture = await Fixture.open();
});
afterEach(async () => fixture.close());

const robotsOf = (organization: string): readonly string[] => {
  const { namespaces } = fixture.quay.snapshot();
  return [...(namespaces.get(organization)?.robots.keys() ?? [])].sort();
};

describe('Q18 no integration, or two of them', () => {
  const integration = (name: string, spec: object = {}): object => ({
    apiVersion: 'quay.redhat.com/v1',
    kind: 'QuayIntegration',
    metadata: { name, creationTimestamp: name === 'elder' ? '2024-01-01T00:00:00Z' : '2025-01-01T00:00:00Z' },
    spec: { ...registryAt(fixture.quay.url), credentialsSecret: { namespace: 'quayside', name: 'quay' }, ...spec },
  });
  const streams = [imageStream('one', 'web'), imageStream('two', 'web')];
  const apply = (...args: readonly string[]) => fixture.run('apply', '--cluster', 'cluster.json', ...args);

  test('Q18 none is one error that says what to do, and no call to Quay', async () => {
    await fixture.cluster(project('one'), project('two'), ...streams);
    const { code, stderr } = await apply();
    expect(code).toBe(1);
    expect(stderr.match(/QuayIntegration/g)?.length).toBeLessThanOrEqual(2);
    expect(stderr).toContain('Create one');
    expect(fixture.quay.requests.counts().total).toBe(0);
  });

  test('Q18 two are named, and each does its own namespaces', async () => {
    await fixture.cluster(
      ...[project('one'), project('two'), ...streams],
      integration('elder', { allowlistNamespaces: ['one'] }),
      integration('younger', { allowlistNamespaces: ['two'] }),
    );
    const asked = await apply();
    expect(asked.code).toBe(1);
    expect(asked.stderr).toContain('elder, younger');
    for (const name of ['elder', 'younger']) expect((await apply('--integration', name)).code).toBe(0);
    expect(organizationsOf(fixture.quay)).toEqual(['openshift_one', 'openshift_two']);
  });

  test('Q18 of two that want the same namespace one has it, and the other goes on with the rest', async () => {
    await fixture.cluster(
      ...[project('one'), project('two'), ...streams],
      integration('elder', { allowlistNamespaces: ['one'] }),
      integration('younger'),
    );
    const { code, stdout } = await apply('--integration', 'younger');
    expect(code).toBe(0);
    expect(stdout).toContain('elder');
    expect(organizationsOf(fixture.quay)).toEqual(['openshift_two']);
  });
});

describe('Q20 a cluster without what builds need', () => {
  test('Q20 without the service accounts builder and deployer everything is made all the same', async () => {
    await fixture.cluster(project('shop'), imageStream('shop', 'web'), {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { namespace: 'shop', name: 'default' },
    });
    const { code, stderr } = await fixture.run('apply', ...fixture.inputArguments);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(robotsOf('openshift_shop')).toEqual(
      ['builder', 'default', 'deployer'].map((one) => `openshift_shop+${one}`),
    );
  });

  test('Q20 with the Build API switched off, default gets its robot and image streams their repositories', async () => {
    const list = (...items: readonly object[]): Reply => [200, { items, metadata: {} }];
    const routes: Readonly<Record<string, Reply>> = {
      '/api/v1/namespaces': list({ metadata: { name: 'kube-system', uid: 'u-1' } }, { metadata: { name: 'shop' } }),
      '/apis/image.openshift.io/v1': [200, { kind: 'APIResourceList', resources: [{ name: 'imagestreams' }] }],
      '/apis/image.openshift.io/v1/imagestreams': list({ metadata: { namespace: 'shop', name: 'web' } }),
    };
    const api = await fakeApiServer((path) => routes[path] ?? notFound);
    try {
      const live = ['--kubeconfig', api.kubeconfig, '--integration', 'integration.yaml'];
      const { code, stderr } = await fixture.run('apply', ...live);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    } finally {
      await api.close();
    }
    expect(robotsOf('openshift_shop')).toEqual(['openshift_shop+default']);
    await fixture.ask('GET', '/repository/openshift_shop/web');
  });
});

describe('Q26 nobody is given an address that is not theirs', () => {
  const addresses = (): readonly (string | undefined)[] =>
    organizationsOf(fixture.quay).map((name) => fixture.quay.snapshot().namespaces.get(name)?.email);

  test('Q26 where Quay needs none, none is invented', async () => {
    await fixture.cluster(project('one'), project('two'), imageStream('one', 'web'));
    expect((await fixture.run('apply', ...fixture.inputArguments)).code).toBe(0);
    expect(addresses()).toEqual([undefined, undefined]);
  });

  test('Q26 where Quay asks for one, it leads nowhere and differs for every organization', async () => {
    const body = '{"detail":"Email address is required"}';
    // One after the other, so that it is never the second try of one that is refused.
    for (const projects of [['one'], ['one', 'two']]) {
      await fixture.cluster(...projects.map((name) => project(name)), imageStream('one', 'web'));
      fixture.quay.faults.inject({ method: 'POST', path: '/organization/$', status: 400, body });
      const { code, stderr } = await fixture.run('apply', ...fixture.inputArguments);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    }
    expect(addresses()).toEqual(['openshift_one@quayside.invalid', 'openshift_two@quayside.invalid']);
  });
});
