import { describe, expect, test } from '@jest/globals';
import {
  checkObject,
  organizationListKeys,
  parseIntegration,
  parseObject,
  parseOrganization,
} from '../../src/api/index.js';
import { formatProblem, InvalidInput } from '../../src/errors/index.js';
import { integrationObject } from '../fixtures/integration.js';

const organization = (spec: object, more: object = {}): object => ({
  apiVersion: 'quayside.dev/v1alpha1',
  kind: 'QuayOrganization',
  metadata: { name: 'x' },
  spec: { integration: 'quay', name: 'acme', ...spec },
  ...more,
});
const integration = (spec: object): object =>
  integrationObject({ credentialsSecret: { namespace: 'a', name: 'b' }, quayHostname: 'quay.example.com', ...spec });

/** Each fault of an object as one line. */
function faults(value: unknown): string[] {
  const checked = checkObject(value);
  return checked.ok ? [] : checked.problems.map(formatProblem);
}

describe('errors of an object use the words of kubectl', () => {
  const reserved = "has a segment that Quay's API keeps for itself behind the first slash";
  const rule = 'must be lower-case letters and digits, with single ".", "_" or "-" between them';
  test.each<[object | string | null, string[]]>([
    [organization({ robot: [] }), ['spec.robot: unknown field (did you mean robots?)']],
    [organization({ qouta: {} }), ['spec.qouta: unknown field (did you mean quota?)']],
    [organization({ Teams: [] }), ['spec.Teams: unknown field (did you mean teams?)']],
    [
      organization({ robots: [{ name: 'ci', zzzzzz: 1 }] }),
      ['spec.robots[0].zzzzzz: unknown field (known here: name, role, description, pullSecret)'],
    ],
    [
      organization({ robots: [{ name: 'ci', role: 'writ' }] }),
      ['spec.robots[0].role: must be one of read, write, admin (did you mean write?)'],
    ],
    [organization({ robots: [{ name: 'ci', role: 3 }] }), ['spec.robots[0].role: must be one of read, write, admin']],
    [organization({ robots: [{}] }), ['spec.robots[0].name: is required']],
    [organization({ robots: 'ci' }), ['spec.robots: must be a list, not text']],
    [organization({ robots: null }), ['spec.robots: must be a list, not empty']],
    [organization({ name: 'A' }), ['spec.name: must have at least 2 characters', `spec.name: ${rule}`]],
    [organization({ name: 'a--b' }), [`spec.name: ${rule}`]],
    [organization({ name: 'ab\n' }), [`spec.name: ${rule}`]],
    [organization({ integration: '' }), ['spec.integration: must not be empty']],
    [
      organization({ robots: [{ name: 'ci' }, { name: 'cd' }, { name: 'ci' }] }),
      ['spec.robots[2]: ci is already at spec.robots[0]'],
    ],
    [
      organization({
        defaultPermissions: [
          { kind: 'team', name: 'crew', role: 'read' },
          { kind: 'team', name: 'crew', role: 'write', creator: '' },
        ],
      }),
      ['spec.defaultPermissions[1]: team crew is already at spec.defaultPermissions[0]'],
    ],
    [
      organization({ teams: [{ name: 'crew', members: ['ada', 'ada'] }] }),
      ['spec.teams[0].members[1]: ada is already at spec.teams[0].members[0]'],
    ],
    [
      organization({
        defaultPermissions: [{ kind: 'user', name: 'acme+ci', role: 'read' }],
        repositories: [
          { name: 'web', permissions: ['robot', 'user'].map((kind) => ({ kind, name: 'acme+ci', role: 'read' })) },
        ],
      }),
      [
        'spec.defaultPermissions[0].name: is the name of a robot (use kind robot)',
        'spec.repositories[0].permissions[1].name: is the name of a robot (use kind robot)',
      ],
    ],
    [organization({ repositories: [{ name: 'a/mirror' }] }), [`spec.repositories[0].name: ${reserved}`]],
    [organization({ repositories: [{ name: 'a/tag/b' }] }), [`spec.repositories[0].name: ${reserved}`]],
    [organization({ repositories: [{ name: 'mirror' }, { name: 'a/mirrors' }, { name: 'a--b/c__d' }] }), []],
    [
      organization({ repositories: [{ name: 'a..b' }] }),
      [
        'spec.repositories[0].name: must be path segments of lower-case letters and digits, separated inside by ".", "_", "__" or "-"',
      ],
    ],
    [
      organization({ repositories: [{ name: 'x'.repeat(251) }] }),
      ['spec.repositories[0].name: has more than 255 characters together with the organization acme'],
    ],
    [organization({ repositories: [{ name: 'x'.repeat(250) }] }), []],
    [
      organization({ robots: [{ name: 'x'.repeat(251) }] }),
      ['spec.robots[0].name: has more than 255 characters together with the organization acme'],
    ],
    [
      organization({ autoPrune: [{ tagPattern: 'x' }] }),
      ['spec.autoPrune[0]: must set exactly one of numberOfTags and olderThan'],
    ],
    [
      organization({
        repositories: [{ name: 'a', notifications: [{ title: 't', event: 'repo_push', method: 'slack' }] }],
      }),
      ['spec.repositories[0].notifications[0].urlSecretRef: is needed for method slack'],
    ],
    [
      { ...organization({}), metadata: { name: 'x', labels: { 'a.b/c': 1 } } },
      ['metadata.labels["a.b/c"]: must be text, not a number'],
    ],
    [integration({ deletionLimit: -1 }), ['spec.deletionLimit: must be at least 0']],
    [integration({ deletionLimit: 1.5 }), ['spec.deletionLimit: must be a whole number, not a fraction']],
    [integration({ suspend: 'yes' }), ['spec.suspend: must be true or false, not text']],
    [integration({ interval: '10 minutes' }), ['spec.interval: must be a duration such as 30s, 10m or 1h30m']],
    [
      integration({ certificateAuthority: {} }),
      ['spec.certificateAuthority: must name exactly one of configMap and secret'],
    ],
    [integration({ git: { reviews: 'All' } }), ['spec.git.reviews: unknown field (did you mean review?)']],
    [
      { apiVersion: 'quay.redhat.com/v2', kind: 'QuayIntegration' },
      [
        'apiVersion: must be quay.redhat.com/v1 or redhatcop.redhat.io/v1alpha1, not "quay.redhat.com/v2" (did you mean quay.redhat.com/v1?)',
      ],
    ],
    [
      { apiVersion: 'quayside.dev/v1alpha1', kind: 'QuayOrganisation' },
      ['kind: must be QuayOrganization or QuayIntegration, not "QuayOrganisation" (did you mean QuayOrganization?)'],
    ],
    [{}, ['kind: is required: QuayOrganization or QuayIntegration']],
    [{ kind: 'QuayOrganization' }, ['apiVersion: is required: quayside.dev/v1alpha1']],
    ['text', ['must be a mapping with apiVersion, kind, metadata and spec']],
    [null, ['must be a mapping with apiVersion, kind, metadata and spec']],
  ])('%j', (value, lines) => {
    expect(faults(value)).toEqual(lines);
  });

  test('every fault is named at once, with the file', () => {
    const parse = (): unknown => parseObject(organization({ robot: [], name: '-' }), 'acme.yaml');
    expect(parse).toThrow(InvalidInput);
    expect(parse).toThrow(
      /^acme\.yaml: spec\.name: .*\nacme\.yaml: spec\.name: .*\nacme\.yaml: spec\.robot: unknown field/,
    );
  });

  test('no value is repeated: it may be a secret in the wrong place', () => {
    const url = 'https://bob:hunter2@git.example.com';
    expect(faults(integration({ git: { branch: [url], author: url }, interval: url })).join()).not.toContain('hunter2');
  });
});

describe('a whole object', () => {
  test('has every default after it was parsed, and parsing it again changes nothing', () => {
    const once = parseOrganization(organization({ teams: [{ name: 'crew' }] }));
    expect(once.spec).toEqual({
      integration: 'quay',
      name: 'acme',
      deletionPolicy: 'Retain',
      repositoryDeletionPolicy: 'Retain',
      robots: [],
      teams: [{ name: 'crew', role: 'member' }],
      defaultPermissions: [],
      repositories: [],
    });
    expect(parseOrganization(once)).toEqual(once);
  });

  test('may carry what an API server adds', () => {
    const metadata = { name: 'x', uid: 'u', managedFields: [{ manager: 'm' }], deletionTimestamp: null };
    expect(faults({ ...organization({}), metadata, status: { later: true } })).toEqual([]);
  });

  test('of the predecessor becomes the object of today with the same meaning', () => {
    const old = {
      apiVersion: 'redhatcop.redhat.io/v1alpha1',
      kind: 'QuayIntegration',
      metadata: { name: 'quay', finalizers: ['x'] },
      spec: {
        clusterID: 'Prod',
        credentialsSecretName: 'operators/quay-token',
        quayHostname: 'https://quay.example.com',
        insecureRegistry: true,
        whitelistNamespaces: ['web'],
        blacklistNamespaces: ['secret'],
      },
    };
    expect(parseIntegration(old)).toEqual(
      parseIntegration({
        ...integration({
          clusterID: 'Prod',
          credentialsSecret: { namespace: 'operators', name: 'quay-token' },
          quayHostname: 'https://quay.example.com',
          insecureRegistry: true,
          allowlistNamespaces: ['web'],
          denylistNamespaces: ['secret'],
        }),
        metadata: old.metadata,
      }),
    );
  });

  test('of the predecessor is held against its own fields', () => {
    const old = { apiVersion: 'redhatcop.redhat.io/v1alpha1', kind: 'QuayIntegration', metadata: { name: 'quay' } };
    const spec = { credentialsSecretName: 'quay-token', quayHostname: 'q', allowlistNamespaces: [] };
    expect(faults({ ...old, spec })).toEqual([
      'spec.credentialsSecretName: must be <namespace>/<name>',
      'spec.allowlistNamespaces: unknown field (known here: clusterID, credentialsSecretName, quayHostname, insecureRegistry, whitelistNamespaces, blacklistNamespaces)',
    ]);
  });
});

test('the list keys of an organization are those of its CRD', () => {
  expect(organizationListKeys['spec']?.fields).toEqual({
    robots: { keys: ['name'] },
    teams: { keys: ['name'] },
    defaultPermissions: { keys: ['kind', 'name', 'creator'] },
    quota: { fields: { limits: { keys: ['type', 'percent'] } } },
    immutability: { keys: ['tagPattern'] },
    repositories: {
      keys: ['name'],
      fields: {
        permissions: { keys: ['kind', 'name'] },
        immutability: { keys: ['tagPattern'] },
        notifications: { keys: ['title'] },
      },
    },
  });
});
