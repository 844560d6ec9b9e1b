/**
 * Reviews a million arbitrary Builds and holds every answer against the rules of the property test; takes some minutes.
 *
 *   node --import tsx test/webhook/million.ts [how many] [seed]
 *
 * Ends with 1 at the first answer that breaks a rule, and prints the Build and the seed.
 */
import fc from 'fast-check';
import { arbitraryBuild } from './arbitrary-build.js';
import { faultOfReview, reviewerIn, situations } from './checked-review.js';

const [amount = 1_000_000, seed = Date.now() % 2 ** 31] = process.argv.slice(2).map(Number);
const batch = 10_000;
const reviewers = situations.map((where) => reviewerIn(where));
const begun = performance.now();

for (let done = 0; done < amount; done += batch) {
  const builds = fc.sample(arbitraryBuild, { numRuns: Math.min(batch, amount - done), seed: seed + done });
  for (const [at, build] of builds.entries()) {
    const reviewer = reviewers[at % 2 === 0 ? 0 : at % reviewers.length];
    const fault = reviewer === undefined ? undefined : await faultOfReview(reviewer, build);
    if (fault === undefined) continue;
    process.stderr.write(`seed ${seed + done}, Build ${at}: ${fault}\n${JSON.stringify(build)}\n`);
    process.exit(1);
  }
  if ((done / batch) % 10 === 9) process.stderr.write(`${done + batch} reviewed\n`);
}
process.stdout.write(
  `${amount} reviews, seed ${seed}, ${((performance.now() - begun) / 1000).toFixed(0)} s: no fault\n`,
);
