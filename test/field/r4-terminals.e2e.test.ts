import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { project, Fixture } from '../support/quayside.js';
import { hasTerminal, onTerminal } from './terminal.js';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.open();
  await fixture.cluster(project('shop'));
  await fixture.run('apply', ...fixture.inputArguments);
});
afterAll(async () => fixture.close());

const onSuch = hasTerminal ? test : test.skip;
const moves = /\u001b\[\d*[GK]/;

onSuch.each([[['plan']], [['apply', '--dry-run']], [['apply']]])(
  'R4: %j ends on a terminal of 0 columns',
  async (args) => {
    const finished = await onTerminal(fixture, [...args, ...fixture.inputArguments], { columns: 0 });
    expect(finished.code).toBe(0);
    expect(finished.stdout).not.toMatch(moves);
  },
);

onSuch.each([
  ['TERM', 'dumb'],
  ['CI', 'true'],
])('R4: no progress on a terminal under %s=%s', async (name, value) => {
  const environment = { [name]: value };
  const finished = await onTerminal(fixture, ['plan', ...fixture.inputArguments], { columns: 80, environment });
  expect(finished.stdout).toContain('Nothing to do.');
  expect(finished.stdout).not.toMatch(moves);
});

onSuch('R4: a terminal with columns goes on to show progress', async () => {
  const finished = await onTerminal(fixture, ['plan', ...fixture.inputArguments], { columns: 80 });
  expect(finished.stdout).toMatch(moves);
  expect(finished.stdout).toContain('Reading Quay');
});
