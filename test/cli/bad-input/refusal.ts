import { existsSync } from 'node:fs';
import { expect } from '@jest/globals';
import { type Finished, type Scene } from '../quayside.js';
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
  scene: Scene,
  args: readonly string[],
  { environment, command = 'apply' }: Expectations = {},
): Promise<string> {
  const before = written(scene);
  const finished = await scene.start([command, ...args], environment).finished;
  const said = sayingOf(scene, finished);
  expect({ code: finished.code, said, ...written(scene) }).toEqual({ code: 1, said, ...before });
  return said;
}

/** All that a run said, held against what no run may say. */
export function sayingOf(scene: Scene, { stdout, stderr }: Finished): string {
  const said = stdout + stderr;
  expect(said).not.toMatch(/^\s+at .*[(:]\d+/m);
  expect(said).not.toContain('Error: ');
  for (const token of Object.values(scene.quay.credentials)) expect(said).not.toContain(token);
  return said;
}

function written(scene: Scene): { readonly head: string | undefined; readonly writes: number } {
  const state = existsSync(scene.file('.quayside/state.git'));
  return { head: state ? head(scene) : undefined, writes: scene.quay.requests.counts().writes };
}
