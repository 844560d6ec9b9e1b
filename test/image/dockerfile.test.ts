import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { program } from '../../charts/parts/pod.js';

const root = resolve(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'Dockerfile'), 'utf8');
/** Instructions with their continued lines. */
const instructions = text
  .replace(/^#.*\n/gm, '')
  .replace(/\\\n\s*/g, ' ')
  .split('\n')
  .filter((line) => line !== '');
const last = (word: string): string | undefined => instructions.findLast((line) => line.startsWith(`${word} `));
const stages = instructions.filter((line) => line.startsWith('FROM '));
const runtime = instructions.slice(instructions.lastIndexOf(stages.at(-1) ?? ''));

describe('the image', () => {
  test('stands on bases by digest, which have no default', () => {
    expect(stages).toEqual(['FROM ${BUILD_IMAGE}@${BUILD_DIGEST} AS build', 'FROM ${RUNTIME_IMAGE}@${RUNTIME_DIGEST}']);
    expect(instructions).toEqual(expect.arrayContaining(['ARG BUILD_DIGEST', 'ARG RUNTIME_DIGEST']));
    expect(text).toMatch(/RUNTIME_IMAGE=\S+nodejs-24-minimal$/m);
  });

  test('runs as a numbered user that is not root', () => {
    expect(Number(last('USER')?.split(' ')[1])).toBeGreaterThan(0);
  });

  test('has git, ssh and gpg, and no npm', () => {
    const install = runtime.find((line) => line.startsWith('RUN '));
    expect(install).toMatch(/git-core openssh-clients gnupg2/);
    expect(install).toContain('! command -v npm');
    expect(runtime.join('\n')).not.toMatch(/npm (ci|install)/);
  });

  test('has nothing of the sources and of the packages', () => {
    const copied = runtime.filter((line) => line.startsWith('COPY '));
    expect(copied.join('\n')).not.toMatch(/node_modules|\/src\/src|COPY \. /);
  });

  test('copies what there is, past the list of what the build may see', () => {
    const allowed = readFileSync(join(root, '.dockerignore'), 'utf8')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    for (const line of instructions.filter((one) => one.startsWith('COPY ') && !one.includes('--from'))) {
      for (const source of line
        .split(' ')
        .slice(1, -1)
        .map((one) => one.replace(/\/$/, ''))) {
        expect(allowed).toContain(source);
        expect(existsSync(join(root, source))).toBe(true);
      }
    }
  });

  test('starts the program without a shell', () => {
    expect(JSON.parse(last('ENTRYPOINT')?.replace('ENTRYPOINT ', '') ?? '')).toEqual(['node', program]);
  });
});
