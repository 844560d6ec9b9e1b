import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRepository } from '../src/git/index.js';
import { publish, type Rendered } from '../src/publish/index.js';
import { type Benchmark, median, result } from './result.js';

const files = 10_000;
const rounds = 15;
const author = { name: 'Bench', email: 'bench@example.com' };
const folder = 'clusters/openshift/';
const uid = '00000000-0000-4000-8000-000000000000';

const content = (index: number, round: number): string =>
  `# project ${index}\nspec:\n  round: ${round}\n${'  line: value\n'.repeat(40)}`;
const path = (index: number): string => `${folder}organizations/project-${String(index).padStart(5, '0')}.yaml`;

function git(cwd: string, ...args: readonly string[]): void {
  const identity = ['-c', `user.name=${author.name}`, '-c', `user.email=${author.email}`];
  execFileSync('git', [...identity, ...args], { cwd, stdio: 'ignore' });
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** What the product hands to `publish` once its documents are rendered. */
function rendered(documents: ReadonlyMap<string, string>): Rendered {
  return {
    folder,
    files: documents,
    mayRewrite: () => true,
    mayDelete: () => true,
    isOurs: (file) => file.startsWith(`${folder}organizations/`),
    identity: { path: `${folder}cluster.yaml`, content: `uid: ${uid}\n`, uid, uidOf: (text) => text.slice(5, -1) },
  };
}

/** One changed document in a state repository of 10,000: `publish`, from the head to the push, against `git add` and `git commit`. */
export const commit: Benchmark = async () => {
  const at = await mkdtemp(join(tmpdir(), 'quayside-bench-'));
  try {
    const plain = join(at, 'plain');
    await mkdir(join(plain, folder, 'organizations'), { recursive: true });
    const documents = new Map(Array.from({ length: files }, (_, index) => [path(index), content(index, 0)]));
    for (const [file, text] of [...documents, [`${folder}cluster.yaml`, `uid: ${uid}\n`] as const])
      await writeFile(join(plain, file), text);
    git(plain, 'init', '--quiet', '--initial-branch', 'main');
    git(plain, 'add', '--all');
    git(plain, 'commit', '--quiet', '--message', 'Start');
    git(at, 'clone', '--quiet', '--bare', plain, 'state.git');

    const repository = await openRepository({ embedded: join(at, 'state.git') });
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      theirs.push(
        await milliseconds(async () => {
          await writeFile(join(plain, path(round)), content(round, round));
          git(plain, 'add', path(round));
          git(plain, 'commit', '--quiet', '--message', `Change ${round}`);
        }),
      );
      documents.set(path(round), content(round, round));
      ours.push(
        await milliseconds(async () => {
          const published = await publish({
            repository,
            render: () => Promise.resolve(rendered(documents)),
            message: () => ({ subject: `Change ${round}` }),
            author,
          });
          if (published.changed.length !== 1) throw new Error(`changed ${published.changed.length} files instead of 1`);
        }),
      );
    }
    return [
      result('commit: one file of 10,000 against plain git', {
        value: median(ours),
        bound: median(theirs),
        unit: 'ms',
        goal: 3,
      }),
    ];
  } finally {
    await rm(at, { recursive: true, force: true });
  }
};
