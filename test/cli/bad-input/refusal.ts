import { existsSync } from 'node:fs';
import { expect } from '@jest/globals';
import { type Finished, type Fixture } from '../../support/quayside.js';
import { head } from './state-repository.js';

export interface Expectations {
  /** What the environment adds to that of the scene. */
  readonly environment?: Record<string, string>;
  /** A field that the command line has to come from, in place of `apply`. */
  readonly command?: string;
}

/**
 * Runs `apply` (or another command) on bad input and gives all that it said. Whatever the input: it ends with 1, shows no
 * stack and no token, and has written nothing to Git or Quay.
 */
export async function refusal(
  fixture: Fixture,
  args: readonly string[],
  { environment, command = 'apply' }: Expectations = {},
): Promise<string> {
  const before = written(fixture);
  const finished = await fixture.start([command, ...args], environment).finished;
  const said = sayingOf(fixture, finished);
  expect({ code: finished.code, said, ...written(fixture) }).toEqual({ code: 1, said, ...before });
  return said;
}

/** All that a run said, held against what no run may say. */
export function sayingOf(fixture: Fixture, { stdout, stderr }: Finished): string {
  const said = stdout + stderr;
  expect(said).not.toMatch(/^\s+at .*[(:]\d+/m);
  expect(said).not.toContain('Error: ');
  for (const token of Object.values(fixture.quay.credentials)) expect(said).not.toContain(token);
  return said;
}

function written(fixture: Fixture): { readonly head: string | undefined; readonly writes: number } {
  const state = existsSync(fixture.file('.quayside/state.git'));
  return { head: state ? head(fixture) : undefined, writes: fixture.quay.requests.counts().writes };
}
