import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { type Simulator, startSimulator } from '../src/index.js';
import { createPlayer, type Player } from './replay/play.js';
import { loadScenarios } from './replay/scenario.js';

describe.each(loadScenarios().map((scenario) => [scenario.scenario, scenario] as const))('%s', (_, scenario) => {
  let simulator: Simulator;
  let player: Player;

  beforeAll(async () => {
    simulator = await startSimulator({ fixtures: scenario.fixtures, features: scenario.features ?? {} });
    player = createPlayer(scenario, simulator);
  });

  afterAll(() => simulator.close());

  const named = scenario.steps.map((step) => [`${String(step.step).padStart(2, '0')} ${step.name}`, step] as const);
  test.each(named)('%s', (__, step) => player.play(step));
});
