import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hookFeedings } from '../limits/fed/hooks.js';
import { operatorFeedings } from '../limits/fed/operator.js';
import { stateFeedings } from '../limits/fed/state.js';
import { asInstalled, type Installed } from '../support/as-installed.js';
import { watchLiveness } from '../support/liveness.js';
import { peakMemory } from '../support/peak-memory.js';
import { begun } from './begun.js';
import { integrations, scene } from './installation.js';

describe('an operator that has the memory of its Deployment is fed beyond a limit, and does what the table says:', () => {
  let installed: Installed;
  let liveness: ReturnType<typeof watchLiveness> | undefined;

  beforeAll(async () => {
    installed = await asInstalled('quayside');
    const port = (await scene.operators.at(-1)?.port) ?? '';
    liveness = watchLiveness(`http://127.0.0.1:${port}/livez`, installed.livenessTimeout);
  });
  const attempts = begun(() =>
    Object.entries(operatorFeedings).map(([row, feed]) => [row, feed({ scene, author: integrations })]),
  );
  afterAll(() => liveness?.());

  test.each(Object.keys(operatorFeedings))('%s', (row) => attempts(row));

  test.each(Object.entries(hookFeedings))('%s, by whoever reaches it', (_, feed) =>
    feed({ scene, author: integrations }),
  );

  test.each(Object.entries(stateFeedings))('%s, by whoever may push', (_, feed) => feed(scene));

  test('serves others meanwhile, lives, and says so in time', async () => {
    await scene.projects(['other']);
    await scene.harness.ready(['other']);
    const operator = scene.operators.at(-1);
    expect(operator?.ended()).toBeUndefined();
    expect(scene.group?.kills() ?? 0).toBe(0);
    expect(peakMemory(operator?.pid)).not.toBeGreaterThan(installed.memory);
    const { failures } = (await liveness?.()) ?? {};
    expect(failures).toEqual([]);
  });
});
