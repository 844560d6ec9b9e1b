import { simpleGit, type SimpleGit } from 'simple-git';
import { limits } from '../../limits/index.js';
import { type Bounds, boundedGit, isFileTooLarge, removeBegunPacks, usualBounds, withinBounds } from './bounds.js';
import { closeSilent } from './close-silent.js';
import { closeTalkative } from './close-talkative.js';
import { gitEnvironment, type Environment } from './environment.js';
import { endLeftovers, runVariable } from './leftovers.js';
import { obeyedSettings } from './obeyed-settings.js';
import { redact } from './redact.js';
import { privateGitDirs, type ReadSettings } from './private-git-dir.js';

/** git ended with an exit code other than 0. */
export class GitFailure extends Error {
  constructor(
    readonly exitCode: number,
    readonly stdout: string,
    readonly stderr: string,
  ) {
    super(`git ended with exit code ${exitCode}: ${stderr.trim() || stdout.trim()}`);
    this.name = 'GitFailure';
  }
}

/** git answered with more bytes than it may, and was stopped. */
export class AnswerTooLong extends Error {
  constructor(readonly most: number) {
    super(`git answered with more than ${most} bytes`);
    this.name = 'AnswerTooLong';
  }
}

/** What one command gets beside its arguments. */
export interface GitInput {
  readonly input?: string | Buffer;
  readonly environment?: Readonly<Record<string, string>>;
  /** Bytes that git may answer. Default: `limits.gitAnswerBytes`. */
  readonly most?: number;
}

/** Runs git on one bare repository. */
export interface Git {
  readonly folder: string;
  text(args: readonly string[], more?: GitInput): Promise<string>;
  /** `git cat-file` with the given arguments, as bytes. */
  catFile(args: readonly string[], more?: GitInput): Promise<Buffer>;
}

/** Seconds without a word from git before it is stopped, and after that until nothing more is waited for. */
export interface Patience {
  readonly silence: number;
  readonly grace: number;
}

const usual: Patience = { silence: limits.gitSilence, grace: 5 };

// The guard looks for names of options anywhere in the arguments and the environment, refuses what is needed here
// (`GIT_SSH_COMMAND`, `GIT_CONFIG_GLOBAL`), and cannot know that all of it is made by this folder.
const unsafe = {
  allowUnsafeConfigPaths: true,
  allowUnsafeSshCommand: true,
  allowUnsafeHooksPath: true,
  allowUnsafeFsMonitor: true,
  allowUnsafePack: true,
  allowUnsafeCustomBinary: true,
};

// These win over those settings of the repository that are obeyed. Larger files are read in pieces, and no thread is begun for
// each of a node's many processors: either would take more than the memory that git has.
const config = [
  ...['core.hooksPath=/dev/null', 'core.fsmonitor=false', 'gc.autoDetach=false', 'core.fsync=committed'],
  ...['core.bigFileThreshold=16m', 'pack.threads=2'],
];

/** How git is run. */
export interface GitOptions {
  /** The variables of the process; only a few of them reach git. */
  readonly environment?: Environment | undefined;
  /** What is in no answer of git: a server, or a hook, may repeat what it was given. @default - nothing but what shows by its shape */
  readonly secrets?: readonly string[];
  readonly patience?: Patience;
  readonly bounds?: Bounds;
}

/** git for the bare repository in a folder that exists. Nothing in that folder decides what runs: see `privateGitDirs`. */
export function createGit(
  folder: string,
  { environment: source, secrets = [], patience = usual, bounds = usualBounds }: GitOptions = {},
): Git {
  const base = gitEnvironment(source);
  const list = ['config', '--file', '-', '--no-includes', '--list', '-z'];
  const settings = rememberedSettings((input, gitDir) =>
    run({ gitDir, environment: base, input, patience, secrets, bounds }, (git) => git.raw(list)),
  );
  const inPrivateGitDir = privateGitDirs(folder, settings, boundedGit);
  const on = <T>({ input, environment, most }: GitInput = {}, task: (git: SimpleGit) => PromiseLike<T>): Promise<T> =>
    inPrivateGitDir((gitDir) =>
      run({ gitDir, environment: { ...base, ...environment }, input, patience, secrets, bounds, most }, task),
    ).catch((error: unknown) => {
      if (error instanceof GitFailure && isFileTooLarge(error.stderr)) removeBegunPacks(folder);
      throw error;
    });
  return {
    folder,
    text: (args, more) => on(more, (git) => git.raw([...args])),
    catFile: (args, more) => on(more, async (git) => (await git.binaryCatFile([...args])) as Buffer),
  };
}

/** A configuration hardly ever changes between two commands. */
function rememberedSettings(list: ReadSettings): ReadSettings {
  let last: { readonly config: string; readonly settings: string } | undefined;
  return async (config, gitDir) => {
    if (last?.config !== config) last = { config, settings: obeyedSettings(await list(config, gitDir)) };
    return last.settings;
  };
}

interface Run {
  readonly gitDir: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly input: string | Buffer | undefined;
  readonly patience: Patience;
  readonly secrets: readonly string[];
  readonly bounds: Bounds;
  readonly most?: number | undefined;
}

async function run<T>(
  { gitDir, environment, input, patience, secrets, bounds, most = limits.gitAnswerBytes }: Run,
  task: (git: SimpleGit) => PromiseLike<T>,
): Promise<T> {
  let failure: GitFailure | undefined;
  const stop = new AbortController();
  const bounded = withinBounds(gitDir, bounds);
  const variables = { ...environment, ...bounded.environment, GIT_DIR: gitDir, [runVariable]: gitDir };
  const git = simpleGit({
    baseDir: gitDir,
    binary: bounded.binary,
    config,
    unsafe,
    allowEnvironment: Object.keys(variables),
    abort: stop.signal,
    timeout: { block: patience.silence * 1000 },
    // By default it stops listening 50 ms after the process ended, with the rest of the answer still on its way.
    completion: { onClose: true, onExit: false },
    input: () => input,
    // Left to itself, simple-git takes a failure without words for a success.
    errors: (error, { exitCode, stdOut, stdErr }) => {
      if (exitCode === 0) return error;
      const spoken = Buffer.concat(stdErr).toString();
      // An error here says why git was stopped; what it had said until then is beside the point.
      const words = error instanceof Error ? error.message : spoken;
      failure = new GitFailure(exitCode, redact(Buffer.concat(stdOut).toString(), secrets), redact(words, secrets));
      return failure;
    },
  });
  let isOverdue = false;
  try {
    const seconds = patience.silence + patience.grace;
    const watch = closeSilent(seconds, () => (isOverdue = true));
    const answer = await task(
      git.env(variables).outputHandler((...outputs) => {
        watch(...outputs);
        closeTalkative(most, () => stop.abort())(...outputs);
      }),
    );
    if (isOverdue) throw new Error(`git timed out: not a word for ${seconds} seconds`);
    return answer;
  } catch (error) {
    // One that was stopped has no exit code.
    if (isOverdue || stop.signal.aborted || !Number.isInteger(failure?.exitCode)) endLeftovers(gitDir);
    // simple-git keeps only the text of what the function above returned.
    throw stop.signal.aborted ? new AnswerTooLong(most) : (failure ?? error);
  }
}
