import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

interface Ended {
  readonly code: number | null;
  readonly messages: readonly unknown[];
  readonly output: string;
}

/** Runs a process that does this, sends it each signal after the line before it, and waits for its end. */
async function ended(args: readonly string[], signals: readonly NodeJS.Signals[] = []): Promise<Ended> {
  const script = join(import.meta.dirname, 'ending-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const left = [...signals];
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    const next = left.shift();
    if (next !== undefined) child.kill(next);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  const lines = output.split('\n').filter((line) => line.startsWith('{'));
  return { code, messages: lines.map((line) => (JSON.parse(line) as { msg: unknown }).msg), output };
}

describe('a process that is asked to end', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('by %s finishes its work', async (signal) => {
    const { code, messages } = await ended(['finish'], [signal]);
    expect(messages).toEqual(['Ready', `shutting down: received ${signal}`, 'Finished']);
    expect(code).toBe(0);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('a second time by %s ends at once', async (signal, expected) => {
    const { code, messages } = await ended(['hang'], ['SIGTERM', signal]);
    expect(messages.at(-1)).toBe(`exiting at once: received ${signal} twice`);
    expect(code).toBe(expected);
  });

  test('and does not finish in time ends unfinished and says so', async () => {
    const { code, messages } = await ended(['hang', '0.2'], ['SIGTERM']);
    expect(messages.at(-1)).toBe('exiting with unfinished work after 0.2 seconds');
    expect(code).toBe(1);
  });
});

test.each(['throw', 'reject'])(
  'a fault that nobody caught (%s) ends the process without showing a credential',
  async (work) => {
    const { code, messages, output } = await ended([work]);
    expect(code).toBe(1);
    expect(messages.at(-1)).toBe('exiting: unexpected error');
    expect(output).toContain('bad [redacted]');
    expect(output).not.toContain('kanari');
  },
);
