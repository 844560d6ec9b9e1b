import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { situation } from '../fixtures/builds/decisions.js';
import { arbitraryBuild } from './arbitrary-build.js';
import { faultOfReview, reviewerIn, situations } from './checked-review.js';

test('any Build gets a review; a patch makes a valid Build of it, changes nothing else, and comes once', async () => {
  const decisions = new Map<string, number>();
  const reviewers = situations.map((where) =>
    reviewerIn(where, ({ decision: { decision } }) => decisions.set(decision, (decisions.get(decision) ?? 0) + 1)),
  );
  await fc.assert(
    fc.asyncProperty(arbitraryBuild, fc.nat(2 * reviewers.length), async (build, at) => {
      // Every second one where all is there.
      const reviewer = reviewers[at] ?? reviewers[0];
      expect(reviewer && (await faultOfReview(reviewer, build))).toBeUndefined();
    }),
    { numRuns: 3_000 },
  );
  expect(decisions.get('Rewritten')).toBeGreaterThan(100);
  expect(decisions.get('Unchanged')).toBeGreaterThan(100);
});

test('any request body gets an answer', () => {
  const review = reviewerIn(situation());
  const body = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.anything().map((value) => JSON.stringify(value) ?? ''),
  );
  fc.assert(
    fc.property(body, (text) => {
      const answer = review(text);
      if (answer instanceof Promise) throw new Error('it waits');
      expect([200, 400]).toContain(answer.status);
    }),
    { numRuns: 2_000 },
  );
});
