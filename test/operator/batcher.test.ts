import { expect, test } from '@jest/globals';
import { createBatcher } from '../../src/kube/queue/batcher.js';
import { fakeClock } from '../support/fake-clock.js';

function fixture() {
  const clock = fakeClock();
  let runs = 0;
  const run = (): Promise<void> => {
    runs += 1;
    return Promise.resolve();
  };
  const batcher = createBatcher({ run, onFault: () => undefined, quiet: 2_000, most: 10_000, clock });
  return { batcher, clock, runs: () => runs };
}

test('R2: what is to be done later is done then, and is no work until then', async () => {
  const { batcher, clock, runs } = fixture();
  batcher.addLater(300_000);
  batcher.addLater(8_000);
  expect(batcher.isIdle()).toBe(true);
  await clock.pass(7_999);
  expect(runs()).toBe(0);
  await clock.pass(1);
  expect(runs()).toBe(1);
  // The earliest is all that is kept: whoever is not done by then says so again.
  await clock.pass(400_000);
  expect(runs()).toBe(1);
});

test('R2: nothing is done later once it was stopped', async () => {
  const { batcher, clock, runs } = fixture();
  batcher.addLater(1_000);
  await batcher.stop();
  batcher.addLater(1_000);
  await clock.pass(2_000);
  expect(runs()).toBe(0);
});
