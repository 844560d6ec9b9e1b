import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Where a stand-in keeps its repository, and with which environment it calls git. */
export interface Surroundings {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Calls git on one repository; what it printed, without white space around it. */
export type GitRunner = (args: readonly string[], input?: string, more?: Readonly<Record<string, string>>) => string;

/** What every git here is called with: nothing of the person's own configuration. */
export function plainEnvironment({ environment }: Pick<Surroundings, 'environment'>): NodeJS.ProcessEnv {
  return { PATH: environment['PATH'], GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
}

/** git on the bare repository in a folder, which is made. */
export function gitRunner({ folder, environment }: Surroundings): GitRunner {
  mkdirSync(dirname(folder), { recursive: true });
  const base = { ...plainEnvironment({ environment }), HOME: folder, GIT_DIR: folder };
  const run: GitRunner = (args, input = '', more = {}) =>
    execFileSync('git', [...args], {
      cwd: dirname(folder),
      input,
      encoding: 'utf8',
      env: { ...base, ...more },
      stdio: ['pipe', 'pipe', 'pipe'],
    }).trim();
  run(['init', '--bare', '--quiet', '--initial-branch=main', folder]);
  return run;
}
