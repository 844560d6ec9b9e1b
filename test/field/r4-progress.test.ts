import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { showsProgress, withProgress } from '../../src/cli/progress.js';

test.each([
  [{ isTTY: true, columns: 80 }, {}, true],
  [{ isTTY: true, columns: 1 }, { TERM: 'xterm', CI: '' }, true],
  [{ isTTY: true, columns: 0 }, {}, false],
  [{ isTTY: true, columns: undefined }, {}, false],
  [{ isTTY: true, columns: Number.NaN }, {}, false],
  [{ isTTY: false, columns: 80 }, {}, false],
  [{ columns: 80 }, {}, false],
  [{ isTTY: true, columns: 80 }, { CI: '1' }, false],
  [{ isTTY: true, columns: 80 }, { CI: 'false' }, true],
  [{ isTTY: true, columns: 80 }, { TERM: 'dumb' }, false],
])('R4: %j under %j: progress %p', (terminal, environment, shown) => {
  expect(showsProgress(terminal, environment)).toBe(shown);
});

test('R4: a terminal that loses its columns while it shows progress loses only that', async () => {
  const written: string[] = [];
  const moves = { cursorTo: () => true, moveCursor: () => true, clearLine: () => true };
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24, ...moves });
  terminal.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  const done = await withProgress('Reading', { terminal, environment: {} }, async (progress) => {
    progress(1, 2);
    terminal.columns = 0;
    terminal.emit('resize');
    const before = written.length;
    progress(2, 2);
    await turn();
    return written.slice(before).join('');
  });
  expect(written.join('')).toContain('Reading');
  expect(done).not.toContain('2 of 2');
});
