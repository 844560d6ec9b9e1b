import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { constants, homedir, setPriority } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { whileLocked } from '../../control-plane/servers/lock.js';

const goModule = resolve(import.meta.dirname, 'go');
const goPackage = 'code.gitea.io/gitea';

/** A Gitea of exactly the pinned sources, outside the checkout, and the folder that its templates are read from. */
export interface Gitea {
  readonly program: string;
  readonly files: string;
}

/** The cached Gitea, built once. */
export async function provideGitea(
  print: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
): Promise<Gitea> {
  const program = join(cacheFolder(), 'gitea');
  if (!existsSync(program)) {
    await whileLocked(
      `${program}.lock`,
      () => build(program, print),
      (owner) => print(`process ${owner} is building Gitea; waiting for it`),
    );
  }
  const { stdout } = await go(['list', '-mod=readonly', '-m', '-f', '{{.Dir}}', goPackage]);
  const files = stdout.trim();
  // A binary from a cache that was carried over needs its sources all the same.
  if (files === '') await go(['mod', 'download', goPackage]);
  return {
    program,
    files:
      files === '' ? (await go(['list', '-mod=readonly', '-m', '-f', '{{.Dir}}', goPackage])).stdout.trim() : files,
  };
}

function version(): string {
  return /^\s*code\.gitea\.io\/gitea v(\S+)/m.exec(readFileSync(join(goModule, 'go.mod'), 'utf8'))?.[1] ?? 'unknown';
}

function cacheFolder(): string {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(join(goModule, file)));
  const key = `${process.platform}-${process.arch}-${hash.digest('hex').slice(0, 16)}`;
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'quayside', 'gitea', key);
}

async function build(program: string, print: (line: string) => void): Promise<void> {
  if (existsSync(program)) return;
  await mkdir(dirname(program), { recursive: true });
  const unfinished = `${program}.unfinished-${process.pid}`;
  print('building Gitea for the tests of pull requests; this takes minutes, once');
  const flags = [
    '-mod=readonly',
    '-buildvcs=false',
    '-trimpath',
    '-tags',
    'sqlite sqlite_unlock_notify',
    '-ldflags',
    `-s -w -X main.Version=${version()}`,
  ];
  try {
    await go(['build', ...flags, '-o', unfinished, goPackage]);
    await rename(unfinished, program);
  } catch (error) {
    throw new Error(
      `Gitea cannot be built: ${error instanceof Error ? error.message.slice(-2_000) : String(error)}\n` +
        '- Install Go 1.26.2 or later and a C compiler; the build gets its sources from the Go module proxy.\n' +
        '- Or run the tests that need none of it: npm run test:unit',
      { cause: error },
    );
  } finally {
    await rm(unfinished, { force: true });
  }
}

function go(args: readonly string[]): Promise<{ readonly stdout: string }> {
  const running = promisify(execFile)('go', [...args], {
    cwd: goModule,
    env: { ...process.env, CGO_ENABLED: '1' },
    maxBuffer: 1 << 26,
  });
  if (running.child.pid !== undefined) setPriority(running.child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  return running;
}
