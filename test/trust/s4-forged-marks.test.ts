import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Sealed } from '../../src/api/index.js';
import {
  checkingKeys,
  publicKeysIn,
  publicPemOf,
  signingKeys,
  writeMark as signMark,
} from '../../src/ownership/index.js';
import { newPrivateKey } from '../../src/ownership/store/index.js';
import { clusterFacts, type ClusterFacts, findSignedMark } from '../../src/converge/index.js';
import { type Inventory } from '../../src/plan/index.js';
import { onlyGrow } from '../../src/policy/index.js';
import { nothingMore, type RobotToken } from '../../src/quay/index.js';
import { document, identity, integration, openPlayground, type Playground, wordsOf } from '../fixtures/playground.js';
import { ownership, ownershipKey } from '../support/ownership-key.js';
import { unsignedMark } from '../support/ownership-statement.js';
import { askAs, withPeople } from './people.js';

const organization = 'openshift_demo';
const demo = document('demo', ['web']);
const ours = { 'cluster UID': identity.clusterUID, 'cluster ID': identity.clusterID };

let playground: Playground;
beforeEach(async () => {
  playground = await openPlayground(withPeople);
});
afterEach(() => playground.close());

const as = (who: string, method: string, path: string, body?: object): Promise<unknown> =>
  askAs(playground.simulator, who, method, path, body);
const writeMark = (description: string, name = organization, who = 'superuser'): Promise<unknown> =>
  as(who, 'PUT', `/organization/${name}/team/quayside`, { role: 'member', description });
const markOf = async (name = organization): Promise<string> => {
  const observed = await playground.quay.observe(name, nothingMore);
  if (observed.state !== 'Observed') throw new Error(observed.state);
  return observed.organization.teams.find((team) => team.name === 'quayside')?.description ?? '';
};
const currentToken = async (): Promise<RobotToken | undefined> => {
  const observed = await playground.quay.observe(organization, nothingMore, { tokens: true });
  return observed.state === 'Observed' ? observed.tokens?.get('builder') : undefined;
};
/** What the cluster says where our Secret for builds holds this token. */
const withSecret = (token: RobotToken | undefined): ClusterFacts => {
  const pullSecret = {
    namespace: 'demo',
    name: 'builder-quay-quay',
    labels: { 'app.kubernetes.io/managed-by': 'quayside' },
    entries: [
      {
        host: 'quay.example.com',
        username: `${organization}+builder`,
        password: new Sealed(token?.reveal() ?? ''),
      },
    ],
  };
  return clusterFacts({
    cluster: {
      namespace: () => Promise.resolve('Active'),
      imageStream: () => Promise.resolve('Present'),
      pullSecrets: () => Promise.resolve({ known: true, items: [pullSecret] }),
    },
    integration: integration(),
    seen: () => 'Unknown',
    quay: playground.quay,
    lastLabels: () => undefined,
  });
};
/** Demands that nothing was written and no token handed out. */
const refused = async (reason: string, more: object = {}): Promise<void> => {
  playground.simulator.requests.reset();
  const { changeSet, tokens } = await playground.convergeWithTokens([demo], more);
  expect(changeSet.organizations[0]).toMatchObject({ decision: 'Refused', reason });
  expect(tokens.size).toBe(0);
  expect(playground.writes()).toEqual([]);
};

describe('S4: a mark that somebody else wrote', () => {
  test.each(['Predecessor', 'Always'])(
    'S4: in a squatted organization gives nothing, with adoption %s',
    async (adoption) => {
      await as('ann', 'POST', '/organization/', { name: organization });
      await writeMark(unsignedMark(ours), organization, 'ann');
      await refused('OwnedElsewhere', { integration: integration({ adoption }) });
    },
  );

  test('S4: copied from another organization of ours gives nothing', async () => {
    await playground.converge([document('shop')]);
    await as('ann', 'POST', '/organization/', { name: organization });
    await writeMark(await markOf('openshift_shop'), organization, 'ann');
    await refused('OwnedElsewhere', { integration: integration({ adoption: 'Always' }) });
  });

  test('S4: kept from before an organization was deleted gives nothing to the one that takes its name', async () => {
    await playground.converge([demo]);
    const kept = await markOf();
    await as('superuser', 'DELETE', `/organization/${organization}`);
    playground.simulator.runGarbageCollector();
    await as('ann', 'POST', '/organization/', { name: organization });
    await writeMark(kept, organization, 'ann');
    playground.inventories.clear();
    await refused('OwnershipUncertain');
  });

  test('S4: does not turn one that was adopted into one that may be deleted', async () => {
    await as('ann', 'POST', '/organization/', { name: organization });
    const always = { integration: integration({ adoption: 'Always' }) };
    await playground.converge([demo], always);
    await writeMark((await markOf()).replace('origin: adopted', 'origin: created'));
    await refused('OwnedElsewhere', always);
    const gone = await playground.converge([], {
      gone: [demo],
      facts: {
        namespace: () => 'Gone',
        imageStream: () => 'No',
        selectedByLists: () => 'Yes',
        selectedByLabels: () => 'Yes',
        integration: () => 'Yes',
      },
    });
    expect(gone.organizations[0]?.deletion).toMatchObject({ outcome: 'Release', reason: 'OwnedElsewhere' });
  });

  test('S4: an earlier one that is put back takes no word back, also where writing the later one fails', async () => {
    await as('ann', 'POST', '/organization/', { name: organization });
    const facts = { integration: integration({ adoption: 'Always' }) };
    await playground.converge([demo], facts);
    const kept = playground.inventories.get(organization);
    const { ownership: signed } = kept ?? {};
    if (signed === undefined || ownership.signer === undefined) throw new Error('nothing was signed');
    // As if an earlier statement had said that it may be deleted.
    const earlier = { ...signed, origin: 'predecessor' as const, revision: 0 };
    await writeMark(signMark(earlier, 'quay', ownership.signer));
    playground.simulator.faults.inject({ method: 'PUT', path: '/team/quayside$', status: 500, times: 9 });
    await playground.converge([demo], facts);
    expect(playground.inventories.get(organization)?.ownership).toMatchObject({ origin: 'adopted', revision: 1 });
    playground.simulator.faults.clear();
    await playground.converge([demo], facts);
    expect(await markOf()).toContain('origin: adopted');
  });

  test('S4: is known for our own where we were cut right after writing it, whoever owns the organization', async () => {
    await as('ann', 'POST', '/organization/', { name: organization });
    const always = { integration: integration({ adoption: 'Always' }) };
    const bare = document('demo', [], { robots: [] });
    let announced: Inventory | undefined;
    await playground.converge([bare], {
      ...always,
      beforeWrite: (intent) => {
        if (intent.type === 'Apply') announced = intent.inventory;
        return Promise.resolve();
      },
    });
    if (announced === undefined) throw new Error('nothing was announced');
    playground.inventories.set(organization, announced);
    const after = await playground.converge([bare], always);
    expect(after.organizations[0]).toMatchObject({ decision: 'Ours', inventory: { origin: 'adopted' } });
  });

  test('S4: damaged by hand is written again once its team is deleted', async () => {
    const { tokens } = await playground.convergeWithTokens([demo]);
    await writeMark('hm');
    await refused('OwnedElsewhere');
    await as('superuser', 'DELETE', `/organization/${organization}/team/quayside`);
    const facts = withSecret(tokens.get(organization)?.get('builder'));
    const grows = onlyGrow({ reason: 'HistoryDiverged', message: 'x' });
    const growing = { facts, policy: grows, options: { dryRun: true, roles: true } };
    expect((await playground.converge([demo], growing)).organizations[0]).toMatchObject({ decision: 'Ours' });
    expect(wordsOf(await playground.converge([demo], { facts }), organization)).toEqual([
      'write the ownership marker of Quayside',
    ]);
    expect(wordsOf(await playground.converge([demo], { facts }), organization)).toEqual([]);
  });
});

describe('S4: an organization without a mark, under a name that was ours, with a robot of ours by name', () => {
  /** Our organization is lost, and somebody takes its name; gives the token that builds had. */
  const lost = async (): Promise<RobotToken | undefined> => {
    const { tokens } = await playground.convergeWithTokens([demo]);
    await as('superuser', 'DELETE', `/organization/${organization}`);
    playground.simulator.runGarbageCollector();
    await as('ann', 'POST', '/organization/', { name: organization });
    await as('ann', 'PUT', `/organization/${organization}/robots/builder`, { description: '' });
    return tokens.get(organization)?.get('builder');
  };
  const leaveTo = async (user: string): Promise<void> => {
    await as('superuser', 'PUT', `/organization/${organization}/team/owners/members/${user}`);
    await as('superuser', 'DELETE', `/organization/${organization}/team/owners/members/ann`);
  };

  test('S4: gives nothing to the squatter who owns it', async () => {
    const facts = withSecret(await lost());
    await refused('OwnershipUncertain', { facts });
  });

  test('S4: gives nothing to the squatter who left it to us, and kept the token of its robot', async () => {
    const facts = withSecret(await lost());
    await leaveTo('admin');
    await refused('OwnershipUncertain', { facts });
  });

  test('S4: gives nothing to the owner of the namespace who puts a token of it into our Secret', async () => {
    await lost();
    await refused('OwnershipUncertain', { facts: withSecret(await currentToken()) });
  });

  test('S4: is agreed to like any other', async () => {
    const facts = withSecret(await lost());
    await leaveTo('admin');
    const { uncertain } = await playground.converge([demo], { facts });
    const agreed = await playground.converge([demo], { facts, agreement: { hash: uncertain?.hash } });
    expect(agreed.organizations[0]).toMatchObject({ decision: 'Ours', inventory: { origin: 'created' } });
  });
});

describe('S4: an agreement', () => {
  test('S4: takes marks of an earlier version over, all at once, and none of what they hold is removed', async () => {
    for (const name of ['demo', 'shop']) {
      await as('superuser', 'POST', '/organization/', { name: `openshift_${name}` });
      await writeMark(unsignedMark({ ...ours, namespace: name }), `openshift_${name}`);
      await as('superuser', 'PUT', `/organization/openshift_${name}/robots/people`, { description: '' });
    }
    const documents = [demo, document('shop')];
    const before = await playground.converge(documents);
    expect(before.uncertain?.organizations.map(({ reason }) => reason)).toEqual([
      'OwnershipUncertain',
      'OwnershipUncertain',
    ]);
    const dry = { agreement: { hash: before.uncertain?.hash }, options: { dryRun: true, roles: true } };
    expect((await playground.converge(documents, dry)).totals).toMatchObject({ refused: 0, done: 0 });
    const after = await playground.converge(documents, { agreement: { hash: before.uncertain?.hash } });
    expect(after).toMatchObject({ totals: { refused: 0, failed: 0 } });
    expect(after.uncertain).toBeUndefined();
    const robotless = [document('demo', [], { robots: [] }), document('shop')];
    const later = await playground.converge(robotless);
    expect(later.totals).toMatchObject({ refused: 0, failed: 0 });
    // The list comes once: what was agreed to is signed, and as good as what was made today.
    expect(later.uncertain).toBeUndefined();
    for (const name of ['demo', 'shop']) expect(await markOf(`openshift_${name}`)).toMatch(/^signature: \S+$/m);
    playground.simulator.requests.reset();
    await playground.converge(robotless);
    expect(playground.writes()).toEqual([]);
    const robots = await as('superuser', 'GET', `/organization/${organization}/robots`);
    expect(JSON.stringify(robots)).toContain('+people');
  });

  test('S4: holds for exactly what was seen, and is used up', async () => {
    await as('superuser', 'POST', '/organization/', { name: organization });
    await writeMark(unsignedMark(ours));
    const { uncertain } = await playground.converge([demo]);
    await writeMark(unsignedMark({ ...ours, origin: 'predecessor' }));
    await refused('OwnershipUncertain', { agreement: { hash: uncertain?.hash } });
    const now = await playground.converge([demo]);
    await playground.converge([demo], { agreement: { hash: now.uncertain?.hash } });
    playground.inventories.clear();
    await as('superuser', 'PUT', `/organization/${organization}/team/owners/members/ann`);
    await refused('OwnershipUncertain', { agreement: { hash: now.uncertain?.hash } });
  });
});

describe('S4: the keys', () => {
  test('S4: several are accepted, and a mark is written anew only when it changes anyway', async () => {
    await playground.converge([demo]);
    const before = await markOf();
    const rotated = signingKeys(newPrivateKey(), publicKeysIn(publicPemOf(ownershipKey)));
    expect(wordsOf(await playground.converge([demo], { ownership: rotated }), organization)).toEqual([]);
    expect(await markOf()).toBe(before);
    const renamed = document('demo', ['web'], { integration: 'other' });
    await playground.converge([renamed], { ownership: rotated });
    expect(await markOf()).toContain(`key: ${rotated.signer?.keyID ?? ''}`);
  });

  test('S4: a lost one stops every write, and pull secrets go on', async () => {
    await playground.converge([demo]);
    const lost = checkingKeys(publicKeysIn(publicPemOf(ownershipKey)));
    playground.simulator.requests.reset();
    const more = document('demo', ['web', 'api']);
    const { changeSet, tokens } = await playground.convergeWithTokens([more, document('new')], { ownership: lost });
    expect(changeSet.organizations.map(({ reason }) => reason)).toEqual(['OwnershipKeyMissing', 'OwnershipKeyMissing']);
    expect([...(tokens.get(organization)?.keys() ?? [])].sort()).toEqual(['builder', 'default', 'deployer']);
    expect(tokens.has('openshift_new')).toBe(false);
    expect(playground.writes()).toEqual([]);
    const facts = {
      namespace: () => 'Gone' as const,
      imageStream: () => 'No' as const,
      selectedByLists: () => 'Yes' as const,
      selectedByLabels: () => 'Yes' as const,
      integration: () => 'Yes' as const,
    };
    const gone = await playground.converge([], { gone: [demo], facts, ownership: lost });
    expect(gone.organizations[0]?.deletion).toMatchObject({ outcome: 'Wait', reason: 'OwnershipKeyMissing' });
  });

  test('S4: lost with all public ones stops every write as well, and nothing can be agreed to', async () => {
    await playground.converge([demo]);
    playground.simulator.requests.reset();
    const nothing = { ...checkingKeys([]), problem: 'restore it' };
    const { changeSet } = await playground.convergeWithTokens([demo], { ownership: nothing });
    expect(changeSet.organizations[0]).toMatchObject({ reason: 'OwnershipKeyMissing', message: 'restore it' });
    expect(changeSet.uncertain).toBeUndefined();
    await as('superuser', 'PUT', `/organization/${organization}/team/owners/members/ann`);
    playground.simulator.requests.reset();
    const owned = await playground.converge([demo], { ownership: nothing });
    expect(owned.organizations[0]).toMatchObject({ reason: 'OwnershipKeyMissing' });
    expect(playground.writes()).toEqual([]);
  });

  test('S4: that are gone are found missing by the marks that they signed, and not by a text that somebody else wrote', async () => {
    const find = () => findSignedMark(playground.quay, ['openshift_none', organization], identity.clusterUID);
    expect(await find()).toBeUndefined();
    await playground.converge([demo]);
    expect(await find()).toBe(organization);
    await as('superuser', 'PUT', `/organization/${organization}/team/owners/members/ann`);
    expect(await find()).toBeUndefined();
    await as('superuser', 'DELETE', `/organization/${organization}/team/owners/members/ann`);
    await writeMark(unsignedMark(ours));
    expect(await find()).toBeUndefined();
  });

  test('S4: none at all leaves a plan, which says that nothing was verified', async () => {
    await playground.converge([demo]);
    const dryRun = { dryRun: true, roles: true };
    const changes = await playground.converge([demo], { ownership: {}, options: dryRun });
    expect(changes).toMatchObject({ ownershipNotVerified: true, totals: { planned: 0, refused: 0 } });
    expect(await playground.converge([demo], { options: dryRun })).not.toHaveProperty('ownershipNotVerified');
  });
});

test('S4: at rest signing costs no write and no call', async () => {
  await playground.converge([demo]);
  const first = playground.inventories.get(organization);
  playground.simulator.requests.reset();
  await playground.converge([demo], { ownership });
  expect(playground.writes()).toEqual([]);
  expect([...playground.reads()].map((call) => call.split('?')[0]).sort()).toEqual([
    'GET /api/v1/organization/openshift_demo',
    'GET /api/v1/organization/openshift_demo/prototypes',
    'GET /api/v1/organization/openshift_demo/robots',
    'GET /api/v1/organization/openshift_demo/robots/builder/permissions',
    'GET /api/v1/organization/openshift_demo/robots/default/permissions',
    'GET /api/v1/organization/openshift_demo/robots/deployer/permissions',
    'GET /api/v1/repository',
  ]);
  expect(playground.inventories.get(organization)).toEqual(first);
});
