import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { document, openPlayground, type Playground } from '../fixtures/playground.js';
import { askAs, withPeople } from './people.js';

const organization = 'openshift_demo';
const demo = document('demo', ['web']);

let playground: Playground;
beforeEach(async () => {
  playground = await openPlayground(withPeople);
  await playground.quay.apply(organization, { type: 'CreateOrganization' }, () => '');
  playground.simulator.requests.reset();
});
afterEach(() => playground.close());

const ask = (method: string, path: string, body?: object): Promise<unknown> =>
  askAs(playground.simulator, 'superuser', method, `/organization/${organization}${path}`, body);

describe('S23: an organization that looks empty', () => {
  test('S23: and is really ours alone is a creation that was cut: it is finished', async () => {
    const { organizations } = await playground.converge([demo]);
    expect(organizations[0]).toMatchObject({ decision: 'TakeOver', inventory: { origin: 'created' }, failed: [] });
  });

  const traps: readonly [string, () => Promise<unknown>][] = [
    ['an invitation waits for somebody', () => ask('PUT', '/team/owners/members/ann')],
    ['an invitation waits for an address', () => ask('PUT', '/team/owners/invite/ann@example.com')],
    ['its owners follow a group', () => ask('POST', '/team/owners/syncing', { group_dn: 'cn=owners' })],
    [
      'an OAuth application is in it',
      () => ask('POST', '/applications', { name: 'x', redirect_uri: '', application_uri: '', description: '' }),
    ],
  ];
  test.each(traps)('S23: but %s, is left alone', async (_, trap) => {
    await trap();
    playground.simulator.requests.reset();
    const { organizations } = await playground.converge([demo]);
    expect(organizations[0]).toMatchObject({ decision: 'Refused', reason: 'OrganizationNotOurs' });
    expect(playground.writes()).toEqual([]);
  });
});
