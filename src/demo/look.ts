import { openRepository } from '../git/index.js';
import { type Fixture } from './fixture.js';

/** The history of the state repository, newest first. */
export async function gitLog(repository: string): Promise<string> {
  const entries = await (await openRepository({ embedded: repository })).log(100);
  return entries.map(({ commit, subject }) => `${commit.slice(0, 7)} ${subject}`).join('\n');
}

/** The files at its head. */
export async function stateFiles(repository: string): Promise<string> {
  const head = await (await openRepository({ embedded: repository })).head();
  return (await head?.list())?.map(({ path }) => path).join('\n') ?? '';
}

/** The organizations of the simulated Quay, with how much is in each. */
export async function organizationList(fixture: Fixture): Promise<string> {
  const { organizations } = (await fixture.ask('GET', '/superuser/organizations/')) as {
    organizations: { name: string }[];
  };
  const lines = organizations.map(async ({ name }) => {
    const { robots } = (await fixture.ask('GET', `/organization/${name}/robots`)) as { robots: unknown[] };
    const { repositories } = (await fixture.ask('GET', `/repository?namespace=${name}`)) as {
      repositories: { name: string }[];
    };
    return `  ${name}: ${robots.length} robots; ${repositories.map((repository) => repository.name).join(', ') || 'no repositories'}`;
  });
  return (await Promise.all(lines)).join('\n');
}
