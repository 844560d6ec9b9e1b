import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Fixture, imageStream, project } from '../support/quayside.js';

let fixture: Fixture;
const folder = 'clusters/openshift';

beforeAll(async () => {
  fixture = await Fixture.open();
  await fixture.cluster(project('shop'), imageStream('shop', 'web'));
  expect((await fixture.run('apply', ...fixture.inputArguments)).code).toBe(0);
  execFileSync('git', ['clone', '--quiet', '.quayside/state.git', 'checkout'], { cwd: fixture.folder });
  await mkdir(fixture.file(join('checkout', folder, 'overlays')));
});

afterAll(async () => fixture.close());

const overlay = (text: string): Promise<void> =>
  writeFile(fixture.file(join('checkout', folder, 'overlays/shop.yaml')), text);
const check = async (...more: readonly string[]) =>
  fixture.run('render', '--check', '--state', 'checkout', '--integration', 'integration.yaml', ...more);

test('render --check ends with 0, 1 or 2, reports faults to the forge, and writes nothing', async () => {
  const document = fixture.file(join('checkout', folder, 'organizations/shop.yaml'));
  const before = await readFile(document, 'utf8');
  const clean = await check();
  expect(clean).toMatchObject({ code: 0, stderr: '' });
  expect(clean.stdout).toContain('No document would change.');

  await overlay('spec:\n  teams: [{name: developers, members: [ann]}]\n');
  for (const more of [[], ['--cluster', 'cluster.json'], ['--state', '.quayside/../checkout']]) {
    const pending = await check(...more);
    expect(pending).toMatchObject({ code: 2, stderr: '' });
    expect(pending.stdout).toMatch(/~ clusters\/openshift\/organizations\/shop\.yaml[\s\S]*\+ create team developers/);
  }

  await overlay('spec:\n  "::error::x, 100%": 1\n');
  const github = await check('--annotations', 'github');
  expect(github).toMatchObject({ code: 1, stderr: '' });
  const [, token = ''] = /^::stop-commands::(\S+)\n/.exec(github.stdout) ?? [];
  const [quiet = '', commands = ''] = github.stdout.split(`::${token}::\n`).slice(-2);
  expect(quiet).toContain('No document would change.');
  expect(commands.trim().split('\n')).toEqual([
    expect.stringMatching(
      /^::error file=clusters\/openshift\/overlays\/shop\.yaml,line=2,col=3,title=Quayside::spec.*100%25.*unknown field/,
    ),
  ]);
  await writeFile(fixture.file('broken.yaml'), 'a: [\n');
  for (const [name, words] of [
    ['broken.yaml', /^::error file=broken\.yaml,line=2,col=1,title=Quayside::is not valid YAML.*\n$/],
    ['gone##[error].yaml', /^::error file=gone##\[error\]\.yaml,line=1,title=Quayside::.*\n$/],
  ] as const) {
    const refused = await check('--integration', name, '--annotations', 'github');
    expect(refused).toEqual({ code: 1, stdout: expect.stringMatching(words), stderr: '' });
  }
  const gitlab = await check('--annotations', 'gitlab');
  expect(gitlab.code).toBe(1);
  expect(JSON.parse(gitlab.stdout)).toMatchObject([
    { location: { path: `${folder}/overlays/shop.yaml`, lines: { begin: 2 } } },
  ]);
  expect(gitlab.stderr).toContain('unknown field');
  const unread = await check('--integration', 'broken.yaml', '--annotations', 'gitlab');
  expect(unread.code).toBe(1);
  expect(JSON.parse(unread.stdout)).toMatchObject([{ location: { path: 'broken.yaml', lines: { begin: 2 } } }]);
  const json = await check('-o', 'json');
  expect(JSON.parse(json.stdout)).toMatchObject({ problems: [{ line: 2, column: 3 }] });
  expect(await readFile(document, 'utf8')).toBe(before);
});

test('render --check and --folder exclude each other', async () => {
  const { code, stderr } = await check('--folder', 'out');
  expect(code).toBe(1);
  expect(stderr).toContain("option '--folder <folder>' cannot be used with option '--check'");
});
