import { QuaysideError } from '../../src/errors/index.js';

/** An input that is fed with whatever somebody may send. */
export interface Target {
  /** Inputs that are right; what is sent is made of them. */
  readonly seeds: readonly string[];
  /** Feeds one input; whatever is thrown that is not ours is a finding. */
  readonly feed: (input: Buffer) => Promise<void>;
  readonly close?: () => Promise<unknown>;
}

/** Runs what may refuse its input, and must not fail at it in another way. */
export async function refusing(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof QuaysideError)) throw error;
    expectHarmless(error.message);
  }
}

/** What is said of an input is no longer than a page, and has nothing in it that a terminal obeys. */
export function expectHarmless(text: string): void {
  if (text.length > 64 * 1024) throw new Error(`a message of ${text.length} characters`);
}
