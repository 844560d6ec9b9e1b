import { chmod, rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { git, remoteFor } from '../fixtures/remote.js';
import { imageStream, project, Fixture } from '../support/quayside.js';

const stream = imageStream('web', 'site');
let fixture: Fixture;
let remote: string;

beforeEach(async () => {
  fixture = await Fixture.open();
  await fixture.cluster(project('shop'), project('web'), stream);
  remote = await remoteFor(fixture);
});
afterEach(async () => fixture.close());

/** Has the forge refuse every ref that matches a pattern of the shell. */
async function refusing(pattern: string): Promise<void> {
  const hook = `${remote}/hooks/update`;
  await writeFile(hook, `#!/bin/sh\ncase $1 in ${pattern}) echo "not in this house" >&2; exit 1;; esac\n`);
  await chmod(hook, 0o755);
}

const refs = (): readonly string[] => git(remote, 'for-each-ref', '--format=%(refname)').split('\n').filter(Boolean);
const run = (command: string, ...more: readonly string[]) => fixture.run(command, ...fixture.inputArguments, ...more);
const recordRef = (place: string): RegExp => new RegExp(`^refs/${place}/openshift/quay/127%2e0%2e0%2e1%3a\\d+$`);

test('R10: a forge that takes only branches gets the record as one, and says so once', async () => {
  await refusing('refs/quayside/*');
  const checked = await run('doctor');
  expect(checked.stdout).toMatch(
    /✓ record of what was applied: is kept in the branch quayside-applied\/openshift\/quay\//,
  );
  expect(refs()).toEqual([]);

  const first = await run('apply');
  expect(first.code).toBe(0);
  expect(first.stderr).toMatch(/note: .*takes only branches.* the branch quayside-applied\/openshift\/quay\//);
  expect(refs()).toEqual(['refs/heads/main', expect.stringMatching(recordRef('heads/quayside-applied'))]);

  const again = await run('apply');
  expect([again.code, again.stderr]).toEqual([0, '']);
  expect(again.stdout).toContain('Nothing to do.');

  // What the record knows is what makes a removal possible.
  await fixture.cluster(project('web'), stream);
  expect(await run('apply', '--max-deletions', '1')).toMatchObject({ code: 0, stderr: '' });
  expect((await run('plan')).stdout).toContain('Nothing to do.');
});

test('R10: a forge that takes neither is told before anything is written to Quay', async () => {
  await refusing('refs/quayside/*|refs/heads/quayside*');
  const checked = await run('doctor');
  expect(checked.code).toBe(1);
  expect(checked.stdout).toMatch(/✗ record of what was applied: .*not in this house.*\n.*refs\/quayside\/\*/);
  const { code, stderr } = await run('apply');
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /error \(PushDenied\): there is no place for the record .*not in this house[^]*quayside-applied/,
  );
  await expect(fixture.ask('GET', '/organization/openshift_shop')).rejects.toThrow('404');
});

test('R10: a forge that takes every ref keeps the record beside the branches, and no probe is left', async () => {
  expect((await run('doctor')).stdout).toMatch(
    /✓ record of what was applied: can be kept in refs\/quayside\/applied\//,
  );
  expect(refs()).toEqual([]);
  expect(await run('apply')).toMatchObject({ code: 0, stderr: '' });
  expect(refs()).toEqual(['refs/heads/main', expect.stringMatching(recordRef('quayside/applied'))]);
});

test('R10: a forge that begins to refuse the ref gets the next record as a branch', async () => {
  expect(await run('apply')).toMatchObject({ code: 0 });
  await refusing('refs/quayside/*');
  await fixture.cluster(project('shop'), project('web'), project('more'), stream);
  const moved = await run('apply');
  expect(moved.code).toBe(0);
  expect(moved.stderr).toContain('recorded in the branch quayside-applied/');
  await rm(`${remote}/hooks/update`);
  await fixture.cluster(project('shop'), project('web'), stream);
  expect(await run('apply', '--max-deletions', '1')).toMatchObject({ code: 0, stderr: '' });
  await expect(fixture.ask('GET', '/organization/openshift_more')).rejects.toThrow('404');
});

test('R10: a plan asks the forge for nothing', async () => {
  await refusing('*');
  expect((await run('plan')).code).toBe(2);
  expect((await run('apply', '--dry-run')).stderr).toBe('');
  expect(refs()).toEqual([]);
});
