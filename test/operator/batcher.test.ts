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

test('a poll puts nothing off, however often it finds the same: what is planned is done then', async () => {
  const { batcher, clock, runs } = fixture();
  batcher.add();
  await clock.pass(100);
  expect(runs()).toBe(1);
  batcher.add();
  for (let polls = 0; polls < 3; polls += 1) {
    await clock.pass(900);
    batcher.addFound();
  }
  expect(runs()).toBe(2);
});

test('a poll brings forward what is planned for much later, since it failed', async () => {
  const clock = fakeClock();
  let runs = 0;
  const run = (): Promise<void> => Promise.reject(new Error(`${(runs += 1)}`));
  const batcher = createBatcher({ run, onFault: () => undefined, quiet: 2_000, most: 10_000, clock });
  batcher.add();
  await clock.pass(600_000);
  // How long it waits is random in part, and longest just after a run.
  let before = runs;
  while (runs === before) await clock.pass(1_000);
  before = runs;
  await clock.pass(10_000);
  expect(runs).toBe(before);
  batcher.addFound();
  await clock.pass(2_000);
  expect(runs).toBe(before + 1);
});
