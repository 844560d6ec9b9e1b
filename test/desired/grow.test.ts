import { expect, test } from '@jest/globals';
import { parseOrganization, type QuayOrganization } from '../../src/api/index.js';
import { grow } from '../../src/desired/index.js';

function document(spec: object): QuayOrganization {
  const metadata = { name: 'o.shop' };
  const common = { integration: 'quay', name: 'o_shop' };
  const value = {
    apiVersion: 'quayside.dev/v1alpha1',
    kind: 'QuayOrganization',
    metadata,
    spec: { ...common, ...spec },
  };
  return parseOrganization(value, 'test');
}

const reader = { kind: 'user', name: 'ann', role: 'read' };
const writer = { kind: 'team', name: 'ops', role: 'write' };
const mirror = { externalReference: 'r.example.com/a', tags: ['v1'], robot: 'builder', username: 'ann' };

test('what only the previous document has stays, in every list and in every item', () => {
  const before = document({
    teams: [{ name: 'ops', members: ['ann', 'bob'], sync: { groupName: 'ops' } }, { name: 'sre' }],
    quota: { size: '10Gi', limits: [{ type: 'Reject', percent: 90 }] },
    autoPrune: [{ numberOfTags: 10 }],
    repositories: [{ name: 'web', permissions: [reader], mirror, autoPrune: [{ olderThan: '7d' }] }],
  });
  const bare = document({ teams: [{ name: 'ops' }], repositories: [{ name: 'web' }] });
  expect(grow(before, bare)).toEqual(before);
});

test('what the next document adds and changes is taken', () => {
  const before = document({
    teams: [{ name: 'ops', members: ['ann'], sync: { groupName: 'ops' } }],
    quota: { size: '10Gi', limits: [{ type: 'Reject', percent: 90 }] },
    autoPrune: [{ numberOfTags: 10 }],
    repositories: [{ name: 'web', visibility: 'public', permissions: [reader], mirror }],
  });
  const next = document({
    teams: [{ name: 'ops', members: ['bob'], sync: { groupDN: 'cn=ops' } }],
    quota: { size: '20Gi', limits: [{ type: 'Warning', percent: 80 }] },
    autoPrune: [{ numberOfTags: 20 }],
    repositories: [
      { name: 'api' },
      {
        name: 'web',
        visibility: 'private',
        permissions: [{ ...reader, role: 'write' }, writer],
        mirror: { externalReference: 'r.example.com/b', tags: ['v2'], robot: 'builder' },
      },
    ],
  });
  const grown = grow(before, next).spec;
  expect(grown.teams).toEqual([expect.objectContaining({ members: ['bob', 'ann'], sync: { groupDN: 'cn=ops' } })]);
  expect(grown.quota).toMatchObject({ size: '20Gi', limits: [{ percent: 80 }, { percent: 90 }] });
  expect(grown.autoPrune).toEqual([...(next.spec.autoPrune ?? []), ...(before.spec.autoPrune ?? [])]);
  expect(grown.repositories).toEqual([
    { name: 'api' },
    // The user of the other address is not sent to the new one.
    { ...next.spec.repositories[1], permissions: [{ ...reader, role: 'write' }, writer] },
  ]);
});

test('a document that lacks nothing is the next one, as it is written', () => {
  const next = document({ repositories: [{ name: 'web' }, { name: 'api' }] });
  expect(grow(document({ repositories: [{ name: 'api' }] }), next)).toBe(next);
  expect(grow(undefined, next)).toBe(next);
});

test('another organization has nothing to hand on', () => {
  const next = document({ name: 'o_other' });
  expect(grow(document({ teams: [{ name: 'ops' }] }), next)).toBe(next);
});
