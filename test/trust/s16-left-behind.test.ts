import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { once } from 'node:events';
import { afterAll, describe, expect, test } from '@jest/globals';
import { certificatesIn } from '../../src/certs/certificate.js';
import { backdated, clockSkew, outOfTime } from '../../src/certs/lifetimes.js';
import { makeCa, makeLeaf } from '../../src/certs/make.js';
import { eventually } from '../support/eventually.js';
import { removeTemporary, temporaryFolder } from '../support/temporary.js';

afterAll(removeTemporary);

const source = (path: string): string => JSON.stringify(resolve(import.meta.dirname, '../../src', path));

/** Runs a process of its own that holds a secret file, in a temporary folder that only this test uses. */
async function holding(temporary: string, then: string): Promise<ReturnType<typeof spawn>> {
  return running(
    temporary,
    `const { withSecretFiles } = await import(${source('files/secret-files.ts')});
    await withSecretFiles(async (write) => {
      await write('config', 'canary');
      ${then}
    });`,
  );
}

async function running(temporary: string, program: string): Promise<ReturnType<typeof spawn>> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    env: { PATH: process.env['PATH'], TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return Promise.resolve(child);
}

describe('S16: a credential of a process that was killed', () => {
  test('is removed by the next one also where gpg had it', async () => {
    const temporary = await temporaryFolder();
    const killed = await running(
      temporary,
      `const { withGpg } = await import(${source('signing/openpgp/gpg.ts')});
      const { writeFileSync } = await import('node:fs');
      await withGpg(process.env, async (gpg, folder) => {
        writeFileSync(folder + '/key', 'canary');
        console.log('here');
        setInterval(() => {}, 1000);
        await new Promise(() => {});
      });`,
    );
    await once(killed.stdout ?? killed, 'data');
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    // The loader of TypeScript keeps a cache there.
    const left = (): readonly string[] => readdirSync(temporary).filter((name) => !name.startsWith('tsx-'));
    expect(left()).toEqual([expect.stringMatching(/^quayside-git-/)]);
    const next = await holding(temporary, '');
    await once(next, 'exit');
    expect(left()).toEqual([]);
  });

  test('is removed by the next one, and that of one that runs is not', async () => {
    const temporary = await temporaryFolder();
    const killed = await holding(
      temporary,
      `console.log('here'); setInterval(() => {}, 1000); await new Promise(() => {});`,
    );
    await once(killed.stdout ?? killed, 'data');
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    const folder = (pid: number | undefined): string => join(temporary, `quayside-git-${pid}-abcdef`);
    for (const pid of [killed.pid, process.pid]) {
      mkdirSync(folder(pid), { recursive: true });
      writeFileSync(join(folder(pid), 'config'), 'canary');
    }
    const next = await holding(temporary, '');
    await once(next, 'exit');
    await eventually(() => expect(existsSync(folder(killed.pid))).toBe(false));
    // Of this process, which runs.
    expect(existsSync(join(folder(process.pid), 'config'))).toBe(true);
  });
});

test('S16: a leaf is good for a client whose clock is as far behind as is tolerated', async () => {
  const now = Date.parse('2026-06-01T00:00:00Z');
  const { certificate } = await makeLeaf(await makeCa(now), ['quayside-webhook.quayside.svc'], now);
  const [leaf] = certificatesIn(certificate);
  expect(leaf && outOfTime(leaf, now)).toBeUndefined();
  expect(leaf?.notBefore).toBeLessThanOrEqual(now - clockSkew);
  expect(backdated).toBe(clockSkew);
});
