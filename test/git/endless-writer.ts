// Commits and pushes to the embedded repository in the given folder until it is killed.
import { openRepository } from '../../src/git/index.js';

const repository = await openRepository({ embedded: process.argv[2] ?? '' });
process.stdout.write('ready\n');
for (let round = 0; ; round += 1) {
  const base = await repository.head();
  const files = Array.from({ length: 150 }, (_, i): [string, string] => [
    `folder-${i % 7}/${i}`,
    `${Date.now()} ${round}`,
  ]);
  const author = { name: 'Writer', email: 'writer@example.com' };
  const change = { writes: new Map(files), deletes: [] };
  const commit = await repository.commit(base, change, { subject: `Round ${round}` }, author);
  await repository.push(commit, base);
}
