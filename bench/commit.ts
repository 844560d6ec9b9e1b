import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRepository } from '../src/git/index.js';
import { type Benchmark, median, result } from './result.js';

const files = 10_000;
const rounds = 15;
const author = { name: 'Bench', email: 'bench@example.com' };

const content = (index: number, round: number): string =>
  `# project ${index}\nspec:\n  round: ${round}\n${'  line: value\n'.repeat(40)}`;
const path = (index: number): string =>
  `clusters/openshift/organizations/project-${String(index).padStart(5, '0')}.yaml`;

function git(folder: string, ...args: readonly string[]): void {
  const identity = ['-c', `user.name=${author.name}`, '-c', `user.email=${author.email}`];
  execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'ignore' });
}

async function milliseconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** One changed file in a state repository of 10,000, through the state repository and with plain `git add` and `git commit`. */
export const commit: Benchmark = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-bench-'));
  try {
    const plain = join(folder, 'plain');
    await mkdir(join(plain, 'clusters/openshift/organizations'), { recursive: true });
    for (let index = 0; index < files; index += 1) await writeFile(join(plain, path(index)), content(index, 0));
    git(plain, 'init', '--quiet', '--initial-branch', 'main');
    git(plain, 'add', '--all');
    git(plain, 'commit', '--quiet', '--message', 'Start');
    git(folder, 'clone', '--quiet', '--bare', plain, 'state.git');

    const repository = await openRepository({ embedded: join(folder, 'state.git') });
    let head = await repository.head();
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
      ours.push(
        await milliseconds(async () => {
          const change = { writes: new Map([[path(round), content(round, round)]]), deletes: [] };
          await repository.push(await repository.commit(head, change, { subject: `Change ${round}` }, author), head);
        }),
      );
      head = await repository.head();
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
    await rm(folder, { recursive: true, force: true });
  }
};
