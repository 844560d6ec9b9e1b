import { describe, expect, test } from '@jest/globals';
import { ApiObject, Chart, Testing } from 'cdk8s';
import { type Construct } from 'constructs';
import {
  CertificateJob,
  Dashboard,
  DisruptionBudget,
  HooksService,
  Namespace,
  NetworkPolicy,
  Operator,
  OperatorService,
  PrometheusRule,
  QuayIntegration,
  ServiceMonitor,
  StateVolume,
  Webhook,
  WebhookConfiguration,
  WebhookService,
} from '../../charts/index.js';
import { ofKind, type Written } from './synthesized.js';

const namespace = 'own';
const image = 'registry.example.com/quayside:1';
const chart = (): Chart => new Chart(Testing.app(), 'test', { disableResourceNameHashes: true });
const objectsOf = (build: (scope: Construct) => void): readonly Written[] => {
  const scope = chart();
  build(scope);
  return Testing.synth(scope) as readonly Written[];
};

const minimal: Readonly<Record<string, (scope: Construct) => Construct>> = {
  CertificateJob: (scope) => new CertificateJob(scope, 'it', { namespace, image }),
  Dashboard: (scope) => new Dashboard(scope, 'it', { namespace }),
  DisruptionBudget: (scope) => new DisruptionBudget(scope, 'it', { namespace, name: 'x', component: 'webhook' }),
  HooksService: (scope) => new HooksService(scope, 'it', { namespace }),
  Namespace: (scope) => new Namespace(scope, 'it', { name: namespace }),
  NetworkPolicy: (scope) => new NetworkPolicy(scope, 'it', { namespace, name: 'x', component: 'operator' }),
  Operator: (scope) => new Operator(scope, 'it', { namespace, image }),
  OperatorService: (scope) => new OperatorService(scope, 'it', { namespace }),
  PrometheusRule: (scope) => new PrometheusRule(scope, 'it', { namespace }),
  QuayIntegration: (scope) =>
    new QuayIntegration(scope, 'it', { quayHostname: 'quay.example.com', credentialsSecret: 'token' }),
  ServiceMonitor: (scope) => new ServiceMonitor(scope, 'it', { namespace }),
  StateVolume: (scope) => new StateVolume(scope, 'it', { namespace }),
  Webhook: (scope) => new Webhook(scope, 'it', { namespace, image }),
  WebhookConfiguration: (scope) => new WebhookConfiguration(scope, 'it', { namespace }),
  WebhookService: (scope) => new WebhookService(scope, 'it', { namespace }),
};

describe('every construct', () => {
  test.each(Object.keys(minimal))('%s is one object, which is its default child', (name) => {
    const scope = chart();
    const construct = minimal[name]?.(scope);
    if (construct === undefined) throw new Error(name);
    expect(ApiObject.of(construct)).toBe(construct.node.defaultChild);
    expect(Testing.synth(scope)).toHaveLength(1);
  });
});

describe('QuayIntegration', () => {
  test('says only what it is told', () => {
    const [object] = objectsOf((scope) => minimal.QuayIntegration?.(scope));
    expect(object).toMatchInlineSnapshot(`
      {
        "apiVersion": "quay.redhat.com/v1",
        "kind": "QuayIntegration",
        "metadata": {
          "labels": {
            "app.kubernetes.io/name": "quayside",
          },
          "name": "quay",
        },
        "spec": {
          "credentialsSecret": {
            "name": "token",
            "namespace": "quayside",
          },
          "quayHostname": "quay.example.com",
        },
      }
    `);
  });

  test('puts what concerns Git where it belongs', () => {
    const [object] = objectsOf((scope) => {
      new QuayIntegration(scope, 'it', {
        quayHostname: 'quay.example.com',
        credentialsSecret: 'token',
        gitUrl: 'https://git.example.com/state.git',
        gitSecret: 'git',
        gitForgeSecret: 'forge',
        gitHookSecret: 'hook',
        gitReview: 'All',
        allowlistNamespaces: ['web'],
      });
    });
    expect(object?.spec).toMatchObject({
      git: {
        url: 'https://git.example.com/state.git',
        secretRef: { name: 'git' },
        forge: { secretRef: { name: 'forge' }, webhook: { secretRef: { name: 'hook' } } },
        review: 'All',
      },
      allowlistNamespaces: ['web'],
    });
    expect(object?.spec).not.toHaveProperty('gitUrl');
  });

  test('fails with the field that is wrong', () => {
    const build = (props: object) => () =>
      objectsOf((scope) => {
        new QuayIntegration(scope, 'it', { quayHostname: 'quay.example.com', credentialsSecret: 'token', ...props });
      });
    expect(build({ interval: 'soon' })).toThrow(/test\/it: spec\.interval: must be a duration/);
    expect(build({ deletionLimit: -1 })).toThrow(/spec\.deletionLimit/);
  });

  test('can be one that somebody else makes', () => {
    expect(QuayIntegration.fromIntegrationName(chart(), 'it', 'theirs').integrationName).toBe('theirs');
  });
});

describe('Operator', () => {
  test('refuses to share a volume', () => {
    const props = { namespace, image, replicas: 2, stateVolume: 'state' };
    expect(() => new Operator(chart(), 'it', props)).toThrow('replicas 2 cannot share the volume "state"');
  });
});

describe('NetworkPolicy', () => {
  test('closes all ports when none is named', () => {
    const [policy] = objectsOf((scope) => minimal.NetworkPolicy?.(scope));
    expect(policy?.spec).toMatchObject({ policyTypes: ['Ingress'] });
    expect(policy?.spec).not.toHaveProperty('ingress');
  });
});

describe('WebhookConfiguration', () => {
  test.each([
    ['job', {}],
    ['cert-manager', { 'cert-manager.io/inject-ca-from': 'own/quayside-webhook' }],
    ['service-ca', { 'service.beta.openshift.io/inject-cabundle': 'true' }],
  ] as const)('tells who writes the caBundle: %s', (certificates, annotations) => {
    const objects = objectsOf((scope) => {
      new WebhookConfiguration(scope, 'it', { namespace, certificates, failurePolicy: 'Fail' });
    });
    const { metadata, webhooks } = ofKind(objects, 'MutatingWebhookConfiguration').quayside ?? {};
    expect(metadata?.annotations).toEqual({ 'argocd.argoproj.io/sync-wave': '-5', ...annotations });
    expect(webhooks).toMatchObject([
      {
        failurePolicy: 'Fail',
        sideEffects: 'None',
        timeoutSeconds: 10,
        clientConfig: { service: { name: 'quayside-webhook', namespace, path: '/admissionwebhook', port: 443 } },
      },
    ]);
  });
});

describe('WebhookService', () => {
  test('asks OpenShift for a certificate only when it is to make one', () => {
    const serving = 'service.beta.openshift.io/serving-cert-secret-name';
    const annotationsOf = (servingCertificate?: string): object | undefined =>
      objectsOf((scope) => new WebhookService(scope, 'it', { namespace, servingCertificate }))[0]?.metadata.annotations;
    expect(annotationsOf()).toBeUndefined();
    expect(annotationsOf('certificate')).toEqual({ [serving]: 'certificate' });
  });
});
