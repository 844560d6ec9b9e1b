import type { QuaysideError } from '../../errors/index.js';
import type { PushOutcome } from '../repository/repository.js';

/** The part of a state repository that differs between a folder of our own and a remote. */
export interface Transport {
  /** The commit of the branch. */
  branch(fetch: boolean): Promise<string | undefined>;
  /** Fetches files that the copy lacks, by their ids; without it, it lacks none. */
  bring?(ids: readonly string[]): Promise<unknown>;
  push(commit: string, base: string | undefined): Promise<PushOutcome>;
  canPush(): Promise<QuaysideError | undefined>;
  readRef(name: string): Promise<string | undefined>;
  writeRef(name: string, commit: string | undefined, expected: string | undefined): Promise<PushOutcome>;
}
