import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { imageStream, project, Fixture } from '../support/quayside.js';
import { git } from '../fixtures/remote.js';

let fixture: Fixture;
let remote: string;

beforeAll(async () => {
  fixture = await Fixture.open();
  await fixture.cluster(project('shop'), imageStream('shop', 'web'));
  remote = fixture.file('remote.git');
  git(fixture.folder, 'init', '--quiet', '--bare', '--initial-branch=main', remote);
  await fixture.integration({ git: { url: `file://${remote}` } });
  await mkdir(`${remote}/hooks`, { recursive: true });
});
afterAll(() => fixture.close());

const apply = (): ReturnType<Fixture['run']> =>
  fixture.start(['apply', ...fixture.inputArguments], { QUAYSIDE_CACHE: fixture.file('cache') }).finished;

// The server goes away in the middle, so that its words are all there is.
const cutOff = 'sleep 1; kill -9 $PPID; exit 1';

test.each([
  ['a line of letters', 'a', cutOff],
  ['a line of what could be addresses', 'a://', cutOff],
  ['a line of what could be a reason', 'repository ', cutOff],
  ['a line of what could be progress', 'at (', 'exit 1'],
  ['many lines', 'authorization:\\n', cutOff],
])(
  'S2: 2.9 MB of words of a Git server, %s, do not stop who reads them, or fill the screen',
  async (_, unit, end) => {
    const words = `yes '${unit}' | head -c 2900000 | tr -d '\\n' | sed 's/\\\\n/\\n/g' >&2`;
    await writeFile(`${remote}/hooks/pre-receive`, `#!/bin/sh\n${words}\necho >&2\n${end}\n`);
    await chmod(`${remote}/hooks/pre-receive`, 0o755);
    const { code, stdout, stderr } = await apply();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error \(\w+\): /);
    expect(stdout.length + stderr.length).toBeLessThan(5_000);
  },
  120_000,
);
