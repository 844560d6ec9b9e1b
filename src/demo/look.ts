import { simpleGit } from 'simple-git';
import { type Scene } from './scene.js';

// Named, since git can be told to use no bare repository that it only happens to be in.
const look = async (gitDir: string, ...args: readonly string[]): Promise<string> =>
  (await simpleGit({ unsafe: { allowUnsafeConfigPaths: true } }).raw(['--git-dir', gitDir, ...args])).trim();

/** The history of the state repository, newest first. */
export async function gitLog(repository: string): Promise<string> {
  return look(repository, 'log', '--oneline', 'main');
}

/** The files at its head. */
export async function stateFiles(repository: string): Promise<string> {
  return look(repository, 'ls-tree', '-r', '--name-only', 'main');
}

/** The organizations of the simulated Quay, with how much is in each. */
export async function organizationList(scene: Scene): Promise<string> {
  const { organizations } = (await scene.ask('GET', '/superuser/organizations/')) as {
    organizations: { name: string }[];
  };
  const lines = organizations.map(async ({ name }) => {
    const { robots } = (await scene.ask('GET', `/organization/${name}/robots`)) as { robots: unknown[] };
    const { repositories } = (await scene.ask('GET', `/repository?namespace=${name}`)) as {
      repositories: { name: string }[];
    };
    return `  ${name}: ${robots.length} robots; ${repositories.map((repository) => repository.name).join(', ') || 'no repositories'}`;
  });
  return (await Promise.all(lines)).join('\n');
}
