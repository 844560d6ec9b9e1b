import { describe, expect, test } from '@jest/globals';
import { managed, kubernetes, modelOf, standalone, unmanaged } from '../support/inputs.js';
import { registryManifests } from '../../../src/manifests/index.js';
import { byName, manifestsOf, specOf } from './rendered.js';

describe('how clients reach a registry', () => {
  test('K26, K28 a Route ends TLS at the router, with the host of the configuration, and another one is for builders', async () => {
    const all = await byName({ bundle: { 'config.yaml': 'SERVER_HOSTNAME: quay.example.test\n' } });
    expect(all['Route/prod-quay']).toMatchObject({
      metadata: { annotations: { 'haproxy.router.openshift.io/timeout': '30m' } },
      spec: {
        host: 'quay.example.test',
        to: { kind: 'Service', name: 'prod-quay-app' },
        port: { targetPort: 'http' },
        tls: { termination: 'edge', insecureEdgeTerminationPolicy: 'Redirect' },
      },
    });
    expect(all['Route/prod-quay-builder']).toMatchObject({ spec: { port: { targetPort: 'grpc' } } });
  });

  test('I6 the host of a Route has no port', async () => {
    const all = await byName({ bundle: { 'config.yaml': 'SERVER_HOSTNAME: quay.example.test:8443\n' } });
    expect(specOf(all['Route/prod-quay']).host).toBe('quay.example.test');
  });

  test('K68 a Route that encrypts again has the authority of its destination', async () => {
    const model = modelOf();
    const [route] = model.access.routes;
    if (route === undefined) throw new Error('there is no Route');
    const reencrypt = {
      ...route,
      termination: 'reencrypt',
      destinationCaCertificate: 'PEM',
      targetPort: 'https',
    } as const;
    const all = await registryManifests({ ...model, access: { ...model.access, routes: [reencrypt] } });
    expect(all.find(({ kind }) => kind === 'Route')?.spec).toMatchObject({
      port: { targetPort: 'https' },
      tls: { termination: 'reencrypt', destinationCACertificate: 'PEM' },
    });
  });

  test('K11 labels and annotations of the component go onto the Routes', async () => {
    const overrides = { labels: { router: 'internal' }, annotations: { 'haproxy.router.openshift.io/timeout': '1h' } };
    const all = await byName({ components: [managed('route', overrides)] });
    for (const name of ['prod-quay', 'prod-quay-builder']) {
      expect(all[`Route/${name}`]?.metadata).toMatchObject(overrides);
    }
  });

  test('P33 plain Kubernetes without a certificate has an Ingress that ends TLS', async () => {
    const all = await byName({
      on: kubernetes,
      components: unmanaged('objectstorage'),
      bundle: { 'config.yaml': standalone.replace(/^(?:DB|BUILDLOGS|USER).*\n/gm, '') },
      options: { access: { termination: 'edge', ingress: { className: 'nginx', tls: { secretName: 'quay-tls' } } } },
    });
    expect(Object.values(all).find(({ kind }) => kind === 'Ingress')?.spec).toEqual({
      ingressClassName: 'nginx',
      tls: [{ hosts: ['quay.example.test'], secretName: 'quay-tls' }],
      rules: [
        {
          host: 'quay.example.test',
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: 'prod-quay-app', port: { name: 'http' } } },
              },
            ],
          },
        },
      ],
    });
  });

  test('P23 class and bucket class of the claim are those of the options', async () => {
    const claim = async (objectStorage?: object) =>
      Object.values(await byName(objectStorage && { options: { objectStorage } })).find(
        ({ kind }) => kind === 'ObjectBucketClaim',
      )?.spec;
    expect(await claim()).toEqual({
      generateBucketName: 'quay-datastore',
      storageClassName: 'openshift-storage.noobaa.io',
      additionalConfig: { bucketclass: 'noobaa-default-bucket-class' },
    });
    expect(await claim({ storageClassName: 'ceph-bucket' })).toEqual({
      generateBucketName: 'quay-datastore',
      storageClassName: 'ceph-bucket',
    });
  });

  test('K15 autoscalers exist for what is managed, with the bounds of the options', async () => {
    const scalers = async (given: Parameters<typeof manifestsOf>[0]): Promise<readonly unknown[]> =>
      (await manifestsOf(given))
        .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
        .map(({ metadata, spec }) => {
          const { minReplicas, maxReplicas } = spec as { minReplicas: number; maxReplicas: number };
          return [metadata.name, minReplicas, maxReplicas];
        })
        .sort();
    expect(await scalers({})).toEqual([
      ['prod-clair-app', 2, 10],
      ['prod-quay-app', 2, 20],
      ['prod-quay-mirror', 2, 20],
    ]);
    const options = { components: { quay: { autoscaling: { minReplicas: 3, maxReplicas: 5 } } } };
    expect(await scalers({ components: unmanaged('clair', 'clairpostgres', 'mirror'), options })).toEqual([
      ['prod-quay-app', 3, 5],
    ]);
  });
});
