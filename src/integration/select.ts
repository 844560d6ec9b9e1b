import { type QuayIntegration } from '../api/index.js';
import { TerminalError } from '../errors/index.js';
import { clusterFromFiles } from '../kube/index.js';

/** The integration of that name, or the only one there is; anything else is an error that lists them. `where` is for the message. */
export function selectIntegration(
  integrations: readonly QuayIntegration[],
  name: string | undefined,
  where: string,
): QuayIntegration {
  const names = integrations.map(({ metadata }) => metadata.name).join(', ');
  if (integrations.length === 0) {
    const named = name === undefined ? `in ${where}` : `${name} in ${where}, nor any other`;
    throw invalid(`there is no QuayIntegration ${named}`, 'Create one, or name a file that holds one.');
  }
  if (name !== undefined) {
    const named = integrations.find(({ metadata }) => metadata.name === name);
    if (named !== undefined) return named;
    throw invalid(`there is no QuayIntegration ${name} in ${where}`, `There is ${names}.`);
  }
  const [only, ...others] = integrations;
  if (only !== undefined && others.length === 0) return only;
  throw invalid(`there are ${integrations.length} QuayIntegrations in ${where}: ${names}`, 'Name the one to use.');
}

/** The integration that a file holds, alone or among other objects. */
export async function integrationFromFile(path: string, name?: string): Promise<QuayIntegration> {
  const file = await clusterFromFiles([path]);
  const found = await file.integrations();
  const where = path === '-' ? 'the standard input' : path;
  if (name !== undefined || found.length < 2) return selectIntegration(found, name, where);
  const names = found.map(({ metadata }) => metadata.name).join(', ');
  throw invalid(
    `there are ${found.length} QuayIntegrations in ${where}: ${names}`,
    'Put the one to use into a file of its own.',
  );
}

function invalid(message: string, hint: string): TerminalError {
  return new TerminalError('InvalidInput', message, { hint });
}
