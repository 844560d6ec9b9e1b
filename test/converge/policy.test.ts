import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { describeChangeSet } from '../../src/app/describe.js';
import { reportsOf } from '../../src/converge/index.js';
import { describePlansInMarkdown } from '../../src/plan/index.js';
import { noDeletion, onlyGrow } from '../../src/policy/index.js';
import { document, openPlayground, type Playground, wordsOf } from '../fixtures/playground.js';

const organization = 'openshift_demo';
const wide = document('demo', ['web'], { teams: [{ name: 'ops', role: 'member' }] });
const narrow = document('demo', ['web'], { teams: [{ name: 'devs', role: 'member' }] });

let playground: Playground;
beforeEach(async () => {
  playground = await openPlayground();
  await playground.converge([wide]);
});
afterEach(() => playground.close());

test('what a policy forbids stays in Quay, is listed as skipped with its reason, and is done once it is allowed', async () => {
  const policy = onlyGrow({ reason: 'HistoryDiverged', message: 'the branch was rewritten' });
  const held = await playground.converge([narrow], { policy });
  expect(held.organizations[0]?.done.map(({ words, action }) => [words, action])).toEqual([
    [expect.stringContaining('devs'), 'create'],
  ]);
  const [plan] = held.organizations.flatMap((result) => result.plan ?? []);
  expect(plan?.skipped).toEqual([
    {
      what: expect.stringContaining('ops'),
      reason: 'HistoryDiverged',
      message: 'the branch was rewritten',
      action: 'remove',
    },
  ]);
  expect(reportsOf(held).map(({ what, action, outcome }) => `${action} ${outcome}: ${what}`)).toEqual([
    expect.stringMatching(/^create Done: .*devs/),
    expect.stringMatching(/^remove Skipped: .*ops/),
  ]);
  expect(describeChangeSet(held)).toMatch(/skipped: .*ops.*: the branch was rewritten/);
  expect(describePlansInMarkdown(plan === undefined ? [] : [plan])).toMatch(
    /ops.* is skipped: the branch was rewritten/,
  );
  await playground.converge([narrow]);
  expect(wordsOf(await playground.converge([narrow]), organization)).toEqual([]);
});

test.each(['HistoryDiverged', 'Ignored'] as const)(
  'a policy that forbids to delete for %s keeps an organization',
  async (reason) => {
    const facts = {
      namespace: () => 'Gone' as const,
      imageStream: () => 'No' as const,
      selectedByLists: () => 'Yes' as const,
      selectedByLabels: () => 'Yes' as const,
      integration: () => 'Yes' as const,
    };
    playground.simulator.requests.reset();
    const policyOfGone = () => noDeletion({ reason, message: 'x' });
    const { organizations } = await playground.converge([], { gone: [wide], facts, policyOfGone });
    expect(organizations[0]?.deletion).toMatchObject({ outcome: reason === 'Ignored' ? 'Release' : 'Wait', reason });
    expect(playground.writes()).toEqual([]);
  },
);

test('a run that is not told how many deletions it may make makes none', async () => {
  const more = { gone: [wide], deletions: undefined } as unknown as Parameters<Playground['converge']>[1];
  const { totals } = await playground.converge([], more);
  expect(totals.done).toBe(0);
});
