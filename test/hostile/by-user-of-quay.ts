import { describe, expect, test } from '@jest/globals';
import { begun } from './begun.js';
import { scene } from './installation.js';
import { refusal, secretNames, squat } from './seen.js';

const markOf = async (name: string): Promise<string> => {
  const path = `/organization/${scene.harness.organization(name)}`;
  const { teams } = await scene.harness.ask<{ teams: Record<string, { description: string }> }>('GET', path);
  return teams['quayside']?.description ?? '';
};
const squatted: readonly [string, string, string, () => Promise<string>][] = [
  ['that she copied', 'copied', 'OwnedElsewhere', () => markOf('a')],
  [
    'that she wrote',
    'written',
    'OwnedElsewhere',
    async () =>
      (await markOf('a'))
        .replaceAll(scene.harness.namespace('a'), scene.harness.namespace('written'))
        .replace(/^signature: .*$/m, 'signature: AAAA'),
  ],
  ['that she left out', 'bare', 'OrganizationNotOurs', async () => ''],
];
const take = async (name: string, reason: string, mark: () => Promise<string>): Promise<void> => {
  await squat(scene, name, await mark());
  await scene.projects([name]);
  await refusal(scene, name, reason);
};
const edit = async (): Promise<void> => {
  const { harness, cluster } = scene;
  const organization = harness.organization('edited');
  const description = (await markOf('edited')).replace(/origin: \w+/, 'origin: adopted');
  await harness.ask('PUT', `/organization/${organization}/team/quayside`, { role: 'member', description });
  await refusal(scene, 'edited', 'OwnedElsewhere');
  await cluster.delete('namespace', harness.namespace('edited'));
  await cluster.eventually(async () => expect(await harness.hasObject('edited')).toBe(false));
  expect(harness.organizations()).toContain(organization);
};
const attempts = begun(() => [
  ...squatted.map(([, name, reason, mark]) => [name, take(name, reason, mark)] as const),
  ['edited', edit()],
]);

describe('a user of Quay', () => {
  test.each(squatted)('gets no builds by taking a name beforehand, with a mark %s', async (_, name) => {
    await attempts(name);
    expect(await secretNames(scene, scene.harness.namespace(name))).toEqual([]);
  });

  test('has none deleted by a mark that an owner edits', () => attempts('edited'));
});
