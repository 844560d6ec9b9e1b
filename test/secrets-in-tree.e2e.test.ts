import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** What the check of the tree says about a file with this text. */
async function checked(text: string): Promise<{ readonly code: number; readonly output: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-secrets-'));
  const file = join(folder, 'file.txt');
  writeFileSync(file, text);
  const program = join(root, 'node_modules/secretlint/bin/secretlint.js');
  const args = [program, '--secretlintrc', join(root, '.secretlintrc.json'), '--no-color', file];
  try {
    return await new Promise((done) => {
      execFile(process.execPath, args, { cwd: folder }, (error, stdout, stderr) => {
        done({ code: error === null ? 0 : 1, output: stdout + stderr });
      });
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a key that is committed by mistake is found', async () => {
  const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  expect(await checked(key)).toMatchObject({ code: 1, output: expect.stringMatching(/found matching/) });
});

test('a login in an address is found, and one of an example is none', async () => {
  const address = (host: string): string => ['https://ann:', 'f4k3-w0rd@', host, '/state.git'].join('');
  expect(await checked(address('git.company.org'))).toMatchObject({ code: 1 });
  expect(await checked(address('git.example.com'))).toMatchObject({ code: 0 });
});
