import { expect, test } from '@jest/globals';
import { type Simulator } from '../src/index.js';
import { createOrganization, send } from './client.js';
import { simulators } from './running.js';

const start = simulators();
const teamPath = '/api/v1/organization/acme/team/devs';

async function withTeam(): Promise<Simulator> {
  const simulator = await start({ features: { TEAM_SYNCING: true } });
  await createOrganization(simulator, 'acme');
  await send(simulator, 'PUT /api/v1/organization/acme/robots/ci', {});
  await send(simulator, `PUT ${teamPath}`, { role: 'member' });
  await send(simulator, `PUT ${teamPath}/members/admin`);
  return simulator;
}

test('a synced team shows its group and takes no people by hand', async () => {
  const simulator = await withTeam();
  const enabled = await send(simulator, `POST ${teamPath}/syncing`, { group_dn: 'cn=devs' });
  expect(enabled).toMatchObject({ status: 200, body: { name: 'devs', new_team: false } });
  expect((await send(simulator, `GET ${teamPath}/members`)).body).toMatchObject({
    members: [{ name: 'admin' }],
    synced: { service: 'ldap', config: { group_dn: 'cn=devs' } },
  });
  expect(await send(simulator, `DELETE ${teamPath}/members/admin`)).toMatchObject({
    status: 400,
    body: { detail: 'Cannot call this method on an auth-synced team' },
  });
  expect((await send(simulator, `PUT ${teamPath}/members/acme+ci`)).status).toBe(200);
  expect((await send(simulator, 'GET /api/v1/organization/acme')).body).toMatchObject({
    teams: { devs: { is_synced: true } },
  });
});

test('it is changed by ending it first', async () => {
  const simulator = await withTeam();
  await send(simulator, `POST ${teamPath}/syncing`, { group_dn: 'cn=devs' });
  expect((await send(simulator, `POST ${teamPath}/syncing`, { group_dn: 'cn=ops' })).status).toBe(400);
  expect((await send(simulator, `DELETE ${teamPath}/syncing`)).status).toBe(200);
  expect((await send(simulator, `POST ${teamPath}/syncing`, { group_dn: 'cn=ops' })).status).toBe(200);
});

test('a group of an identity provider drops the people who are in the team', async () => {
  const simulator = await withTeam();
  await send(simulator, `POST ${teamPath}/syncing`, { group_name: 'devs' });
  expect((await send(simulator, `GET ${teamPath}/members`)).body).toMatchObject({ members: [] });
});

test('a configuration without a group is refused', async () => {
  const simulator = await withTeam();
  expect(await send(simulator, `POST ${teamPath}/syncing`, {})).toMatchObject({
    status: 400,
    body: { detail: expect.stringMatching(/^Could not sync to group/) },
  });
});
