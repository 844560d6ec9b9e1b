import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Harness } from '../../fixtures/operator/harness.js';
import { demandPullSecrets, tokens } from '../../fixtures/operator/pull-secrets.js';
import { cluster } from './cluster.js';

describe('a namespace that comes again', () => {
  let harness: Harness;

  beforeEach(async () => {
    // No resync corrects it: what is remembered has to be right by itself.
    harness = await Harness.open(cluster, { spec: { interval: '1h' } });
    await harness.projects(['a'], ['web']);
    await harness.ready(['a']);
  });
  afterEach(async () => harness.close());

  const until = <T>(check: () => T | Promise<T>): Promise<T> => cluster.eventually(check);
  const organization = (): string => harness.organization('a');
  const deleteNamespace = (): Promise<unknown> => cluster.deleteAndWait('namespace', harness.namespace('a'));

  /** The namespace is made again, and has to get everything anew. */
  async function makeAgain(before: Readonly<Record<string, string>>): Promise<void> {
    harness.quay.runGarbageCollector();
    await harness.projects(['a'], ['web']);
    await harness.ready(['a']);
    expect(harness.organizations()).toEqual([organization()]);
    const now = await tokens(harness, 'a');
    expect(Object.keys(now)).toEqual(Object.keys(before));
    for (const [robot, token] of Object.entries(before)) expect(now[robot]).not.toBe(token);
    await demandPullSecrets(harness, 'a');
    await harness.ask('GET', `/repository/${organization()}/web`);
  }

  test('a namespace that is deleted and made again under its name gets a new organization, and secrets with its tokens', async () => {
    const before = await tokens(harness, 'a');
    await deleteNamespace();
    await until(() => expect(harness.organizations()).toEqual([]));
    await until(async () => expect(await harness.hasObject('a')).toBe(false));
    await makeAgain(before);
  });

  test('a namespace whose organization was deleted in Quay before gets a new organization when it is created again', async () => {
    const before = await tokens(harness, 'a');
    await harness.loseOrganization('a');
    await deleteNamespace();
    await until(async () => expect(await harness.hasObject('a')).toBe(false));
    expect(await cluster.events(`${harness.id}.${harness.namespace('a')}`)).toContainEqual(
      expect.stringMatching(/^Released: .*no longer in Quay/),
    );
    expect(harness.deletes()).toEqual([`/api/v1/organization/${organization()}`]);
    await makeAgain(before);
  });
});
