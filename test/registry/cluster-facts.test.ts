import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { clusterFacts } from '../../src/app/registry/cluster-facts.js';
import { factsDocument, readFactsFile } from '../../src/app/registry/facts-file.js';
import { type Answer, type ApiServer } from '../../src/kube/index.js';
import { resultOf } from './support/inputs.js';

type Objects = Readonly<Record<string, object | number>>;

/** An API server that has these objects by their paths, or answers with these codes. */
const serverWith =
  (objects: Objects): ApiServer =>
  ({ path }) => {
    const found = objects[path.split('?')[0] ?? ''];
    const status = typeof found === 'number' ? found : found === undefined ? 404 : 200;
    const reason = status === 404 ? 'NotFound' : 'Forbidden';
    const body = status === 200 ? found : { kind: 'Status', reason, message: reason };
    return Promise.resolve({ status, body } as Answer);
  };

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const resources = (...names: readonly string[]): object => ({ resources: names.map((name) => ({ name })) });
const place = { namespace: 'quay', name: 'prod' };
const core = '/api/v1/namespaces/quay';

const openshift: Objects = {
  '/apis/route.openshift.io/v1': resources('routes'),
  '/apis/objectbucket.io/v1alpha1': resources('objectbucketclaims'),
  '/apis/monitoring.coreos.com/v1': resources('servicemonitors', 'prometheusrules'),
  '/apis/config.openshift.io/v1': resources('apiservers'),
  '/apis/config.openshift.io/v1/ingresses/cluster': { spec: { domain: 'apps.example.test' } },
  '/apis/config.openshift.io/v1/apiservers/cluster': { spec: {} },
  '/apis/config.openshift.io/v1/proxies/cluster': {
    status: { httpsProxy: ['http://user:canary', 'proxy.test:3128'].join('@') },
  },
  '/api/v1/namespaces/openshift-config-managed': {},
  [`${core}/configmaps/prod-quay-datastore`]: {
    data: { BUCKET_HOST: 's3.test', BUCKET_NAME: 'b', BUCKET_PORT: '443' },
  },
  [`${core}/secrets/prod-quay-datastore`]: {
    data: { AWS_ACCESS_KEY_ID: base64('canary-id'), AWS_SECRET_ACCESS_KEY: base64('canary-key') },
  },
  [`${core}/persistentvolumeclaims`]: {
    items: [
      {
        metadata: { name: 'prod-quay-postgres-13' },
        spec: { resources: { requests: { storage: '50Gi' } } },
        status: { phase: 'Bound' },
      },
    ],
  },
  '/apis/quay.redhat.com/v1/quayregistries': {
    items: [{ metadata: { name: 'other', namespace: 'quay' }, spec: { configBundleSecret: 'bundle' } }],
  },
  '/apis/apps/v1/namespaces/quay/deployments': {
    items: [
      {
        metadata: { name: 'prod-quay-app' },
        spec: {
          template: {
            spec: {
              containers: [
                {
                  image: 'quay.test/quay:3.15',
                  env: [{ name: 'QE_K8S_CONFIG_SECRET', value: 'prod-quay-config-secret-abc' }],
                },
              ],
            },
          },
        },
      },
    ],
  },
  [`${core}/secrets/prod-quay-config-secret-abc`]: {
    data: { 'config.yaml': base64('SECRET_KEY: canary-secret-key\n') },
  },
};

describe('the facts of a live cluster', () => {
  test('K5 are what an OpenShift offers, and what the registry has there', async () => {
    expect(await clusterFacts(serverWith(openshift), place)).toMatchObject({
      apis: { route: true, objectBucketClaim: true, monitoring: true, openshiftConfig: true },
      hasDashboardNamespace: true,
      appsDomain: 'apps.example.test',
      tlsProfile: null,
      bucket: { host: 's3.test', name: 'b', port: '443', accessKey: 'canary-id', secretKey: 'canary-key' },
      claims: { 'prod-quay-postgres-13': '50Gi' },
      databaseLives: true,
      otherRegistries: [{ name: 'other', namespace: 'quay', bundle: 'bundle' }],
      deployedImages: { quay: 'quay.test/quay:3.15' },
      liveConfig: { SECRET_KEY: 'canary-secret-key' },
    });
  });

  test('hold no credential when they are written into a file', async () => {
    const text = JSON.stringify(factsDocument(await clusterFacts(serverWith(openshift), place)));
    expect(text).not.toContain('canary');
    expect(text).toContain('http://proxy.test:3128');
  });

  test.each([
    [{ type: 'Intermediate', intermediate: {} }, { type: 'Intermediate' }],
    [{ type: 'Custom', custom: { minTLSVersion: 'VersionTLS13', ciphers: ['A'] }, old: null }, undefined],
    [{ type: 'Newer', newer: {} }, null],
  ])('K41 of the TLS profile %j are read from their file as they were found', async (tlsSecurityProfile, expected) => {
    const server = '/apis/config.openshift.io/v1/apiservers/cluster';
    const facts = await clusterFacts(serverWith({ ...openshift, [server]: { spec: { tlsSecurityProfile } } }), place);
    const folder = await mkdtemp(join(tmpdir(), 'quayside-facts-'));
    await writeFile(join(folder, 'facts.yaml'), JSON.stringify(factsDocument(facts)));
    const { tlsProfile } = await readFactsFile(join(folder, 'facts.yaml'));
    await rm(folder, { recursive: true });
    expect(tlsProfile).toEqual(facts.tlsProfile);
    const { type, custom } = tlsSecurityProfile as { type: string; custom?: object };
    expect(tlsProfile).toEqual(expected === undefined ? { type, custom } : expected);
  });

  test('P28 need no Route to find the domain of the router, and write nothing', async () => {
    const verbs = new Set<string>();
    const server = serverWith(openshift);
    await clusterFacts((call) => {
      verbs.add(call.verb);
      return server(call);
    }, place);
    expect([...verbs].sort()).toEqual(['get', 'list']);
  });

  test('are unknown, and not absent, where the API server does not say', async () => {
    const facts = await clusterFacts(
      serverWith({
        '/apis/route.openshift.io/v1': 503,
        '/apis/monitoring.coreos.com/v1': 403,
        '/api/v1/namespaces/openshift-config-managed': 403,
        [`${core}/persistentvolumeclaims`]: 403,
      }),
      place,
    );
    expect(facts.apis).toEqual({
      route: undefined,
      objectBucketClaim: false,
      monitoring: undefined,
      openshiftConfig: false,
    });
    expect(facts.hasDashboardNamespace).toBeUndefined();
    expect(facts.claims).toBeUndefined();
  });

  test('K35 keys that were lost beside a database that lives come back from the configuration that its pods have', async () => {
    const facts = await clusterFacts(serverWith(openshift), place);
    const { config } = resultOf({ bundle: { 'config.yaml': 'SERVER_HOSTNAME: q.example.test\n' }, facts });
    expect(config.quay.SECRET_KEY).toBe('canary-secret-key');
  });
});
