import { simpleGit, type SimpleGit } from 'simple-git';
import { gitEnvironment, type Environment } from './environment.js';

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

/** What one command gets beside its arguments. */
export interface GitInput {
  readonly input?: string | Buffer;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs git on one bare repository. */
export interface Git {
  readonly folder: string;
  text(args: readonly string[], more?: GitInput): Promise<string>;
  /** `git cat-file` with the given arguments, as bytes. */
  catFile(args: readonly string[], more?: GitInput): Promise<Buffer>;
}

/** Seconds without a word from git before it is stopped. */
const silence = 120;

// The guard looks for names of options anywhere in the arguments and the environment, refuses what is needed here
// (`GIT_SSH_COMMAND`, `GIT_CONFIG_GLOBAL`), and cannot know that all of it is made by this folder.
const unsafe = {
  allowUnsafeConfigPaths: true,
  allowUnsafeSshCommand: true,
  allowUnsafeHooksPath: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeTemplateDir: true,
};

// These win over the repository's own configuration, which people with access to its folder can write.
const config = ['core.hooksPath=/dev/null', 'core.fsmonitor=false', 'gc.autoDetach=false', 'core.fsync=committed'];

/** git for the bare repository in a folder that exists. */
export function createGit(folder: string, source?: Environment): Git {
  const base = gitEnvironment(folder, source);
  return {
    folder,
    text: (args, more) => run(folder, { ...base, ...more?.environment }, more?.input, (git) => git.raw([...args])),
    catFile: (args, more) =>
      run(
        folder,
        { ...base, ...more?.environment },
        more?.input,
        async (git) => (await git.binaryCatFile([...args])) as Buffer,
      ),
  };
}

async function run<T>(
  folder: string,
  environment: Readonly<Record<string, string>>,
  input: string | Buffer | undefined,
  task: (git: SimpleGit) => PromiseLike<T>,
): Promise<T> {
  let failure: GitFailure | undefined;
  const git = simpleGit({
    baseDir: folder,
    config,
    unsafe,
    allowEnvironment: Object.keys(environment),
    timeout: { block: silence * 1000 },
    // By default it stops listening 50 ms after the process ended, with the rest of the answer still on its way.
    completion: { onClose: true, onExit: false },
    input: () => input,
    // Left to itself, simple-git takes a failure without words for a success.
    errors: (error, { exitCode, stdOut, stdErr }) => {
      if (exitCode === 0) return error;
      const spoken = Buffer.concat(stdErr).toString();
      const words = error instanceof Error && spoken === '' ? error.message : spoken;
      failure = new GitFailure(exitCode, Buffer.concat(stdOut).toString(), words);
      return failure;
    },
  });
  try {
    return await task(git.env(environment));
  } catch (error) {
    // simple-git keeps only the text of what the function above returned.
    throw failure ?? error;
  }
}
