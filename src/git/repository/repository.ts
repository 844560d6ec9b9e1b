import type { QuaysideError } from '../../errors/index.js';
import type { AllowedKeys, CheckedCommit } from '../../signing/index.js';

/** A file (or link, or submodule) at a commit. */
export interface TreeEntry {
  readonly path: string;
  /** As git writes it: `100644` and `100755` are files, `120000` is a symbolic link, `160000` a submodule, `040000` a folder. */
  readonly mode: string;
  readonly id: string;
}

/** An entry with its size in bytes; 0 for what is no file. */
export interface SizedEntry extends TreeEntry {
  readonly size: number;
}

/** The files of one commit. What it answers never changes. */
export interface Head {
  readonly commit: string;
  /** Every file under a folder (`clusters/a/`), or every file. Too many throw `StateInvalid`. */
  list(prefix?: string): Promise<readonly TreeEntry[]>;
  /** What is in a folder itself (`clusters/`; empty: at the top), with the folders in it. */
  children(folder: string): Promise<readonly TreeEntry[]>;
  /** What there is at a path, and at those of the folders around it. */
  above(path: string): Promise<readonly TreeEntry[]>;
  /** Some of the entries with their sizes; git has to open every file for them. */
  sized(entries: readonly TreeEntry[]): Promise<readonly SizedEntry[]>;
  /** The text of regular files; a path that is missing, is too large, or is a link or a submodule, is not in the answer. */
  read(paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** `read` for content that may not be text. */
  readBytes(paths: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
}

/** What a commit does to the files of its base. */
export interface Change {
  readonly writes: ReadonlyMap<string, string>;
  readonly deletes: readonly string[];
}

/** A subject in words, paragraphs below it, and `Key: value` lines at the end. */
export interface CommitMessage {
  readonly subject: string;
  readonly body?: string;
  readonly trailers?: Readonly<Record<string, string>>;
}

export interface Author {
  readonly name: string;
  readonly email: string;
}

/** One commit of the history. */
export interface LogEntry {
  readonly commit: string;
  readonly author: Author;
  /** Seconds since 1970. */
  readonly time: number;
  readonly subject: string;
  readonly trailers: ReadonlyMap<string, string>;
}

/** A commit, and the ids of the files before and after it; undefined where there is no file. */
export interface Touch extends LogEntry {
  readonly files: ReadonlyMap<string, { readonly before?: string; readonly after?: string }>;
}

/** `rejected`: somebody else was faster; fetch and try again. */
export type PushOutcome = 'pushed' | 'rejected';

/** Reads one branch of the state repository, without a work tree. */
export interface StateReader {
  /** For people: where it is, without credentials. */
  readonly description: string;
  readonly branch: string;
  /** The newest commit of the branch; undefined while there is none. `fetch: false` answers from what was fetched last. */
  head(options?: { readonly fetch?: boolean }): Promise<Head | undefined>;
  /** The files of a commit that was fetched or made here; undefined when it is not known. */
  at(commit: string): Promise<Head | undefined>;
  /** Whether `ancestor` is in the history of `commit`; a commit that nobody knows any more is in none. */
  isAncestor(ancestor: string, commit: string): Promise<boolean>;
  /** The newest commits first, of the branch as fetched last or from a commit, all or those that touch a path. */
  log(count: number, options?: { readonly from?: string; readonly path?: string }): Promise<readonly LogEntry[]>;
  /** The newest commits before and with `from` that touch any of the paths (at most `mostTouches`), with what they did to them. */
  touches(from: string, paths: readonly string[]): Promise<readonly Touch[]>;
  /** The commits after `from` up to and with `to`, newest first, along the first parents, that change anything in a folder. */
  between(
    from: string,
    to: string,
    options: { readonly path: string; readonly most: number },
  ): Promise<readonly string[]>;
  /** Who signed a commit. */
  checkSignature(commit: string, allowed: AllowedKeys): Promise<CheckedCommit>;
  /** The change as unified text. */
  diff(base: Head | undefined, change: Change): Promise<string>;
}

/** Makes commits, and moves the branch to them. */
export interface StateWriter {
  /** Makes a commit on top of `base` and moves no ref. */
  commit(base: Head | undefined, change: Change, message: CommitMessage, author: Author): Promise<string>;
  /** Moves the branch from `base` to `commit`, or does nothing. A remote that says no throws `PushDenied`. */
  push(commit: string, base: Head | undefined): Promise<PushOutcome>;
  /** Asks without writing; undefined when a push would be let in, else the reason why not. */
  canPush(): Promise<QuaysideError | undefined>;
}

/** Refs beside the branch (`refs/quayside/…`), which nobody merges by accident. */
export interface StateRefs {
  /** The commit that a ref names; its files can be read with `at`. */
  readRef(name: string): Promise<string | undefined>;
  /** Sets or, without a commit, deletes a ref if it still is at `expected` (undefined: does not exist). */
  writeRef(name: string, commit: string | undefined, expected: string | undefined): Promise<PushOutcome>;
}

/** How commits hang together. */
export interface StateGraph {
  /** The commits that a commit was made on: none for the first, several for a merge. Empty for one that is not known. */
  parents(commit: string): Promise<readonly string[]>;
}

/** All of it, for who opens it; everybody else is given a part. */
export interface StateRepository extends StateReader, StateWriter, StateRefs, StateGraph {}
