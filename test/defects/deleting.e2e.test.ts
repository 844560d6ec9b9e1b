import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { FaultRule } from '@quayside/simulator';
import { imageStream, project, Fixture } from '../support/quayside.js';
import { organizationsOf } from '../support/organizations-of.js';

let fixture: Fixture;

beforeEach(async () => {
  fixture = await Fixture.open();
  await fixture.cluster(project('shop'), imageStream('shop', 'web'));
  await apply();
});

afterEach(async () => fixture.close());

const apply = (...args: readonly string[]) => fixture.run('apply', ...fixture.inputArguments, ...args);
const organizations = () => organizationsOf(fixture.quay);
const crash = /TypeError|\n\s+at /;

describe('an organization that is to be deleted', () => {
  test.each([400, 403, 500])(
    'Q2 a deletion that Quay answers with %i is reported, and made up for later',
    async (status) => {
      await fixture.cluster();
      fixture.quay.faults.inject({ method: 'DELETE', status, body: '{"message":"not now"}', times: 99 });
      const failed = await apply('--max-deletions', '1');
      expect(failed.code).toBe(1);
      expect(failed.stdout + failed.stderr).toContain('openshift_shop');
      expect(organizations()).toEqual(['openshift_shop']);
      fixture.quay.faults.clear();
      const again = await apply('--max-deletions', '1');
      expect({ code: again.code, stderr: again.stderr }).toEqual({ code: 0, stderr: '' });
      expect(organizations()).toEqual([]);
    },
  );

  const cut: [string, FaultRule][] = [
    ['cuts the connection', { method: 'DELETE', reset: true, times: 99 }],
    ['cuts every connection', { reset: true, times: 999 }],
  ];
  test.each(cut)('Q3 a Quay that %s crashes nothing and loses nothing', async (_, fault) => {
    await fixture.cluster();
    fixture.quay.faults.inject(fault);
    const failed = await apply('--max-deletions', '1');
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain('QuayUnreachable');
    expect(failed.stderr).not.toMatch(crash);
    expect(organizations()).toEqual(['openshift_shop']);
    fixture.quay.faults.clear();
    expect((await apply('--max-deletions', '1')).code).toBe(0);
    expect(organizations()).toEqual([]);
  });

  test('Q3 a Quay that deletes and is cut off before it says so is asked, and nothing is left over', async () => {
    await fixture.cluster();
    fixture.quay.faults.inject({ method: 'DELETE', reset: true, when: 'after' });
    const { code, stderr } = await apply('--max-deletions', '1');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect((await fixture.run('plan', ...fixture.inputArguments)).code).toBe(0);
  });
});

describe('Q5 images do not go with a namespace', () => {
  const names = Array.from({ length: 12 }, (_, at) => `team-${at}`);

  beforeEach(async () => {
    await fixture.cluster(project('shop'), ...names.flatMap((name) => [project(name), imageStream(name, 'web')]));
    await apply();
  });

  test('Q5 when twelve go at once and nobody agreed, all organizations stay, and are listed', async () => {
    await fixture.cluster();
    for (const args of [[], ['--max-deletions', '11']]) {
      const { stdout } = await apply(...args);
      for (const name of names) expect(stdout).toContain(`openshift_${name}`);
      expect(organizations()).toHaveLength(13);
    }
  });

  test('Q5 under a policy of Retain no permission suffices', async () => {
    await fixture.integration({ deletionPolicy: 'Retain' });
    await apply();
    await fixture.cluster();
    expect((await apply('--max-deletions', '99')).code).toBe(0);
    expect(organizations()).toHaveLength(13);
  });

  test('Q5 when the dump is only of one project, nothing is gone', async () => {
    await fixture.write('cluster.json', project('team-0'));
    const { code } = await apply('--max-deletions', '99');
    expect(code).toBe(1);
    expect(organizations()).toHaveLength(13);
  });
});
