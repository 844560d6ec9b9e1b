import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { QuayOrganizationSpec } from '../../src/api/index.js';
import { allScopes } from '../../simulator/src/auth/scopes.js';
import { startSimulator } from '@quayside/simulator';
import { additions } from './by-hand/additions.js';
import { handOn, type Hand } from './by-hand/ask.js';
import type { HandChange } from './by-hand/change.js';
import { handChanges } from './by-hand/changes.js';
import { ground, madeByHand, organization, quotaLimits, users } from './by-hand/organization.js';
import { runnerFor, type Outcome, type CommandRunner } from './by-hand/runner.js';

const fixtures = {
  users: [
    { name: 'admin', email: 'admin@example.com', superuser: true },
    ...[...users, 'dave'].map((name) => ({ name, email: `${name}@example.com` })),
  ],
  credentials: { superuser: { owner: 'admin', scopes: allScopes } },
};

const told = ({ words, trouble }: Outcome) => ({ words, trouble });
const only = (...words: readonly string[]) => ({ words, trouble: [] });

test('an exported organization is taken over with the ownership marker alone, and every manual change of a declared item is reverted', async () => {
  const quay = await startSimulator({ fixtures, features: { TEAM_SYNCING: true, SPARSE_INDEX: true } });
  const token = quay.credentials.superuser ?? '';
  const hand = handOn(quay.url, token);
  for (const call of ground) await hand.ask(...call);
  const untouched = quay.snapshot();
  const kinds = new Set<string>();
  // Spread over the kinds, whatever fast-check thinks of small numbers.
  const number = fc.noBias(fc.nat(2 ** 24 - 1)).map((value) => value / 2 ** 24);
  const picks = fc.array(number, { minLength: 5, maxLength: 5 });
  try {
    await fc.assert(
      fc.asyncProperty(madeByHand, quotaLimits, picks, async (calls, limits, numbers) => {
        quay.restore(untouched);
        for (const call of calls) await hand.tries(...call);
        await limit(hand, limits);
        const runner = await runnerFor({ url: quay.url, token });
        try {
          const { spec } = await takeOver(runner);
          for (const number of numbers) {
            const change = pick(handChanges(spec), number);
            kinds.add(change.kind);
            const before = quay.snapshot();
            await changeAndBack(runner, hand, spec, change);
            if (change.leaves) quay.restore(before);
          }
          for (const call of additions(spec)) await hand.tries(...call);
          expect(told(await runner.plan())).toEqual(only());
        } finally {
          await runner.close();
        }
      }),
      { numRuns: 6 },
    );
  } finally {
    await quay.close();
  }
  expect(kinds.size).toBeGreaterThanOrEqual(10);
}, 600_000);

async function limit(hand: Hand, limits: readonly object[]): Promise<void> {
  const [quota] = (await hand.ask('GET', `/organization/${organization}/quota`)) as { id: number }[];
  if (quota === undefined) return;
  for (const one of limits) await hand.ask('POST', `/organization/${organization}/quota/${quota.id}/limit`, one);
}

async function takeOver(runner: CommandRunner): Promise<{ readonly spec: QuayOrganizationSpec }> {
  const { document, text } = await runner.export(organization);
  await runner.keep(text);
  expect(told(await runner.plan())).toEqual(only('write the ownership marker of Quayside'));
  expect((await runner.apply()).trouble).toEqual([]);
  expect(told(await runner.plan())).toEqual(only());
  return document;
}

/** One element: first the kind, then one of it. */
function pick(changes: ReadonlyMap<string, readonly HandChange[]>, number: number): HandChange {
  const kinds = [...changes.values()];
  const at = number * kinds.length;
  const kind = kinds[Math.floor(at)] ?? [];
  const change = kind[Math.floor((at % 1) * kind.length)];
  if (change === undefined) throw new Error('there is nothing to change');
  return change;
}

async function changeAndBack(
  runner: CommandRunner,
  hand: Hand,
  spec: QuayOrganizationSpec,
  change: HandChange,
): Promise<void> {
  const { kind, about, make, back, leaves } = change;
  try {
    await make(hand);
  } catch (error) {
    if (change.mayBeRefused) return;
    throw error;
  }
  const { words, trouble } = await runner.plan();
  if ('first' in back) {
    expect({ kind, about, trouble, words }).toEqual({
      kind,
      about,
      trouble: [],
      words: expect.arrayContaining([back.first]),
    });
    expect({ kind, about, words: words.filter((line) => !back.all.test(line)) }).toEqual({ kind, about, words: [] });
  } else {
    expect({ kind, about, trouble, words: words.toSorted() }).toEqual({
      kind,
      about,
      trouble: [],
      words: back.toSorted(),
    });
  }
  expect({ kind, about, trouble: (await runner.apply()).trouble }).toEqual({ kind, about, trouble: [] });
  expect({ kind, about, ...told(await runner.plan()) }).toEqual({ kind, about, ...only() });
  if (!leaves)
    expect({ kind, about, spec: (await runner.export(organization)).document.spec }).toEqual({ kind, about, spec });
}
