import { describe, expect, test } from '@jest/globals';
import { quayOrganization } from '../../src/api/index.js';
import { asPrevious, cluster, documentOf, integration, namespace, rendered, streams } from '../fixtures/snapshot.js';

describe('render', () => {
  test('a namespace with an image stream becomes one whole document', () => {
    const { documents, ...rest } = rendered({
      cluster: cluster([namespace('e2e-demo')], streams('e2e-demo/httpd-example')),
    });
    expect(documents).toEqual([
      {
        namespace: 'e2e-demo',
        path: 'clusters/openshift/organizations/e2e-demo.yaml',
        organization: {
          apiVersion: 'quayside.dev/v1alpha1',
          kind: 'QuayOrganization',
          metadata: {
            name: 'openshift.e2e-demo',
            labels: { 'app.kubernetes.io/managed-by': 'quayside', 'quayside.dev/integration': 'quay' },
          },
          spec: {
            integration: 'quay',
            namespace: 'e2e-demo',
            name: 'openshift_e2e-demo',
            deletionPolicy: 'Delete',
            repositoryDeletionPolicy: 'Retain',
            robots: [
              { name: 'builder', role: 'write', pullSecret: secret('builder') },
              { name: 'default', role: 'read', pullSecret: secret('default') },
              { name: 'deployer', role: 'read', pullSecret: secret('deployer') },
            ],
            teams: [],
            defaultPermissions: [],
            repositories: [{ name: 'httpd-example', source: 'ImageStream' }],
          },
        },
      },
    ]);
    expect(rest).toEqual({ leftOut: [], problems: [], unknown: [], removed: [] });
  });

  test('sets every default, in the order of the schema', () => {
    const rendering = rendered({ cluster: cluster([namespace('web'), namespace('a--b')], streams('web/b', 'web/a')) });
    for (const { organization } of rendering.documents) {
      expect(JSON.stringify(quayOrganization.parse(organization))).toBe(JSON.stringify(organization));
    }
  });

  test('policies, service accounts and path are the integration’s', () => {
    const { documents } = rendered({
      integration: integration({
        clusterID: 'Prod',
        deletionPolicy: 'Retain',
        repositoryDeletionPolicy: 'Delete',
        serviceAccounts: [
          { name: 'pipeline', role: 'admin' },
          { name: 'a', role: 'read' },
        ],
        git: { path: 'registry/' },
      }),
      cluster: cluster([namespace('web')]),
    });
    expect(documents[0]?.path).toBe('registry/clusters/prod/organizations/web.yaml');
    expect(documents[0]?.organization.spec).toMatchObject({
      name: 'prod_web',
      deletionPolicy: 'Retain',
      repositoryDeletionPolicy: 'Delete',
      robots: [
        { name: expect.stringMatching(/^a_/), pullSecret: { name: 'a-quay-prod', serviceAccount: 'a' } },
        { name: 'pipeline', role: 'admin', pullSecret: { name: 'pipeline-quay-prod', serviceAccount: 'pipeline' } },
      ],
    });
  });

  test('without Build and ImageStream APIs only default gets a robot', () => {
    const plain = { ...cluster([namespace('web')]), hasBuildApis: false };
    expect(documentOf(rendered({ cluster: plain }), 'web').spec.robots.map(({ name }) => name)).toEqual(['default']);
  });

  test('namespaces left out say why', () => {
    const project = { annotations: { 'openshift.io/display-name': 'x', 'openshift.io/description': 'y' } };
    const { leftOut, documents } = rendered({
      integration: integration({ denylistNamespaces: ['secret'] }),
      claimed: new Map([['theirs', 'other']]),
      ignore: { namespaces: ['scratch-*'], organizations: ['openshift_old'] },
      cluster: cluster([
        namespace('web'),
        namespace('secret'),
        namespace('kube-system'),
        namespace('theirs'),
        namespace('scratch-1'),
        namespace('old'),
        namespace('dying', { terminating: true }),
        namespace('new', project),
      ]),
    });
    expect(documents.map((document) => document.namespace)).toEqual(['web']);
    expect(leftOut.map(({ namespace: name, reason }) => [name, reason])).toEqual([
      ['dying', 'NamespaceGone'],
      ['kube-system', 'NamespaceBuiltIn'],
      ['new', 'NamespaceNotReady'],
      ['old', 'Ignored'],
      ['scratch-1', 'Ignored'],
      ['secret', 'NamespaceDenied'],
      ['theirs', 'Conflict'],
    ]);
  });

  test('a namespace that is terminating, gone, denied or another’s loses its document whole', () => {
    const names = ['a1', 'a2', 'a3', 'a4', 'a5'];
    const before = rendered({ cluster: cluster(names.map((name) => namespace(name))) });
    const { documents, removed } = rendered({
      integration: integration({ denylistNamespaces: ['a3'] }),
      claimed: new Map([['a4', 'other']]),
      cluster: cluster([namespace('a1', { terminating: true }), ...['a3', 'a4', 'a5'].map((name) => namespace(name))]),
      previous: asPrevious(before),
    });
    expect(documents.map((document) => document.namespace)).toEqual(['a5']);
    expect(removed.map(({ namespace: name, reason, message }) => `${name} ${reason}: ${message}`)).toEqual([
      'a1 NamespaceGone: is terminating',
      'a2 NamespaceGone: is no longer there',
      'a3 NamespaceDenied: is on denylistNamespaces',
      'a4 Conflict: belongs to the integration other',
    ]);
  });

  test('an ignored document stays as it is, whatever the cluster says', () => {
    const before = rendered({ cluster: cluster([namespace('web'), namespace('gone')], streams('web/app')) });
    const after = rendered({
      cluster: cluster([namespace('web')]),
      ignore: { namespaces: [], organizations: ['openshift_*'] },
      previous: asPrevious(before),
    });
    expect(after.documents).toEqual(before.documents.map((document) => ({ ...document, kept: true })));
    expect(after.removed).toEqual([]);
  });

  test('a person’s document is neither rendered over nor removed', () => {
    const document = documentOf(rendered({ cluster: cluster([namespace('web')]) }), 'web');
    const { labels: _, ...metadata } = document.metadata;
    const previous = new Map([
      ['web', { ...document, metadata }],
      ['gone', { ...document, metadata }],
    ]);
    const after = rendered({ cluster: cluster([namespace('web')]), previous });
    expect(after).toMatchObject({ documents: [], removed: [], problems: [] });
    expect(after.leftOut.map(({ reason }) => reason)).toEqual(['UserManaged', 'UserManaged']);
  });

  test('an image stream whose name no repository can have is a problem, and the rest goes on', () => {
    const rendering = rendered({
      cluster: cluster([namespace('web')], streams('web/ok', 'web/Bad', `web/${'x'.repeat(250)}`)),
    });
    expect(documentOf(rendering, 'web').spec.repositories.map(({ name }) => name)).toEqual(['ok']);
    expect(rendering.problems.map(({ path, reason }) => [path.slice(0, 16), reason])).toEqual([
      ['imagestream/Bad', 'InvalidInput'],
      ['imagestream/xxxx', 'InvalidInput'],
    ]);
  });

  test('an invalid cluster ID is an error of the whole', () => {
    expect(() => rendered({ integration: integration({ clusterID: '' }), cluster: cluster([]) })).toThrow(
      expect.objectContaining({ code: 'InvalidClusterID' }),
    );
  });
});

function secret(account: string): object {
  return { name: `${account}-quay-openshift`, serviceAccount: account };
}
