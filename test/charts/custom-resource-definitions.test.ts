import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { App, Chart, Testing, Yaml } from 'cdk8s';
import { CustomResourceDefinitions } from '../../charts/custom-resource-definitions.js';
import { QuayIntegration } from '../../imports/quay.redhat.com.js';
import { QuayOrganization } from '../../imports/quayside.dev.js';
import { parseIntegration, parseOrganization } from '../../src/api/index.js';
import { customResourceDefinitions } from '../../src/api/crd/index.js';

describe('CustomResourceDefinitions', () => {
  const objects = (): readonly { readonly metadata: { readonly annotations: object } }[] =>
    Testing.synth(new CustomResourceDefinitions(Testing.app(), 'crds')) as never;

  test('hold the CRDs as they are', () => {
    expect(objects()).toMatchObject(customResourceDefinitions());
  });

  test('are never pruned, and come before the objects', () => {
    for (const { metadata } of objects()) {
      expect(metadata.annotations).toEqual({
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
        'argocd.argoproj.io/sync-wave': '-10',
        'kustomize.toolkit.fluxcd.io/prune': 'disabled',
      });
    }
  });

  test('fit into what a plain kubectl apply can keep', () => {
    for (const object of objects()) expect(JSON.stringify(object).length).toBeLessThan(256 * 1024);
  });

  test('are in dist as they are made now', () => {
    const written = readFileSync(resolve(import.meta.dirname, '../../dist/crds.yaml'), 'utf8');
    expect(Yaml.stringify(...objects())).toBe(written);
  });
});

describe('the typed constructs', () => {
  const chart = (): Chart => new Chart(new App(), 'own', { disableResourceNameHashes: true });

  test('make an organization that is understood', () => {
    const made = new QuayOrganization(chart(), 'acme', {
      metadata: { name: 'acme' },
      spec: {
        integration: 'quay',
        name: 'acme',
        robots: [{ name: 'ci' }],
        teams: [{ name: 'crew', members: ['+ci'] }],
      },
    });
    expect(parseOrganization(made.toJson()).spec).toMatchObject({ name: 'acme', teams: [{ members: ['+ci'] }] });
  });

  test('make an integration that is understood', () => {
    const made = new QuayIntegration(chart(), 'quay', {
      metadata: { name: 'quay' },
      spec: {
        clusterId: 'prod',
        credentialsSecret: { namespace: 'quayside', name: 'quay-token' },
        quayHostname: 'https://quay.example.com',
        allowlistNamespaces: ['web'],
      },
    });
    expect(parseIntegration(made.toJson()).spec).toMatchObject({ clusterID: 'prod', allowlistNamespaces: ['web'] });
  });
});
