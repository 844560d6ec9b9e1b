import { createHash, randomInt } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { mutated, step } from './mutate.js';
import { type Target } from './target.js';
import { targets } from './targets/index.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string' },
    target: { type: 'string', multiple: true, default: Object.keys(targets) },
  },
});
const seed = values.seed === undefined ? randomInt(2 ** 31 - 1) : Number(values.seed);
const end = performance.now() + Number(values.minutes) * 60_000;
const chosen = Object.entries(targets).filter(([name]) => values.target.includes(name));
let failed = false;

process.stdout.write(`seed ${seed}\n`);
for (const [at, [name, open]] of chosen.entries()) {
  const target = await open();
  const share = (end - performance.now()) / (chosen.length - at);
  const { inputs, found } = await fuzz(name, target, Math.max(1_000, share));
  await target.close?.();
  process.stdout.write(`${name}: ${inputs} inputs${found === undefined ? '' : `, ${found}`}\n`);
  failed ||= found !== undefined;
}
// Whatever is left open by an input that was found must not keep the process.
process.exit(failed ? 1 : 0);

/** Feeds a target for so many milliseconds, and makes what it fails at as small as it goes. */
async function fuzz(name: string, target: Target, milliseconds: number): Promise<{ inputs: number; found?: string }> {
  let inputs = 0;
  const input = fc
    .tuple(fc.constantFrom(...target.seeds), fc.array(step, { maxLength: 8 }))
    .map(([from, steps]) => mutated(from, steps, target.seeds));
  const property = fc.asyncProperty(input, async (bytes) => {
    inputs += 1;
    await within(10_000, target.feed(bytes));
  });
  const result = await fc.check(property, {
    seed,
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: milliseconds,
  });
  const [found] = result.counterexample ?? [];
  return found === undefined ? { inputs } : { inputs, found: keep(name, found, String(result.errorInstance)) };
}

/** An input that takes that long is a finding as well. */
async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end after ${milliseconds} ms`)), milliseconds);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Writes the case where a test replays it. */
function keep(name: string, input: Buffer, fault: string): string {
  const folder = join(import.meta.dirname, 'cases');
  const file = join(folder, `${name}-${createHash('sha256').update(input).digest('hex').slice(0, 12)}.bin`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, input);
  return `${fault}\n  kept as ${file}`;
}
