import { afterEach, describe, expect, test } from '@jest/globals';
import { type SimulatorOptions } from '@quayside/simulator';
import { describePlan } from '../../src/plan/index.js';
import { wordsOf as wordsOfChange } from '../../src/plan/words.js';
import { document, openPlayground, type Playground, wordsOf } from '../fixtures/playground.js';

const organization = 'openshift_shop';
let playground: Playground | undefined;
afterEach(async () => {
  await playground?.close();
  playground = undefined;
});

async function open(options: SimulatorOptions = {}): Promise<Playground> {
  playground = await openPlayground(options);
  return playground;
}

/** A call to Quay as its administrator. */
async function ask({ simulator }: Playground, method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${simulator.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${simulator.credentials.superuser}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(answer.status).toBeLessThan(300);
  const text = await answer.text();
  return text === '' ? undefined : JSON.parse(text);
}

describe('R28 words', () => {
  test('R28 a policy about all other tags is called that when it goes, in the organization and in a repository', async () => {
    const { converge } = await open({ features: { IMMUTABLE_TAGS: true } });
    const immutability = [{ tagPattern: 'v.*', tagPatternMatches: false }, { tagPattern: 'rc' }];
    const repositories = [{ name: 'web', immutability: [{ tagPattern: 'dev', tagPatternMatches: false }] }];
    await converge([document('shop', [], { immutability, repositories })]);
    const changes = await converge([document('shop', [], { repositories: [{ name: 'web' }] })]);
    expect(wordsOf(changes, organization)).toEqual(
      expect.arrayContaining([
        'no longer make new tags other than v.* immutable in every repository',
        'no longer make new tags rc immutable in every repository',
        'no longer make new tags other than dev immutable in web',
      ]),
    );
    expect(wordsOfChange({ type: 'DeleteImmutability', uuid: 'u', tagPattern: 'x' })).toContain('new tags x immutable');
  });

  test('R28 names with a slash are shown as people write them', async () => {
    const { converge } = await open({ features: { REPO_MIRROR: false, IMMUTABLE_TAGS: false } });
    const mirror = { externalReference: 'registry.example.com/nginx', tags: ['*'], robot: 'builder' };
    const repositories = [{ name: 'library/nginx', mirror, immutability: [{ tagPattern: 'v' }] }];
    const [result] = (await converge([document('shop', [], { repositories })])).organizations;
    const whats = result?.plan?.skipped.map(({ what }) => what) ?? [];
    expect(whats).toEqual(expect.arrayContaining(['mirror/library/nginx', 'immutability/library/nginx']));
    expect(result?.plan === undefined ? [] : describePlan(result.plan).join('\n')).not.toContain('%2F');
  });
});

test('R28 a repository that is made again with its default permission corrected needs no role of its own', async () => {
  const here = await open();
  await here.converge([document('shop', ['web'])]);
  const path = `/organization/${organization}/prototypes`;
  const { prototypes } = (await ask(here, 'GET', path)) as {
    prototypes: { id: string; delegate: { name: string } }[];
  };
  const builder = prototypes.find(({ delegate }) => delegate.name === `${organization}+builder`);
  await ask(here, 'PUT', `${path}/${builder?.id}`, { role: 'read' });
  await ask(here, 'DELETE', `/repository/${organization}/web`);
  here.simulator.runGarbageCollector();
  const changes = await here.converge([document('shop', ['web'])]);
  expect(wordsOf(changes, organization)).toEqual([
    'give robot builder write, was read, on new repositories',
    'create private repository web',
  ]);
  // What it starts with is what is declared.
  expect((await here.converge([document('shop', ['web'])])).totals.planned).toBe(0);
});
