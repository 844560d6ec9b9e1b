import { QuaysideError } from '../../errors/index.js';
import type { Client } from '../wire/client.js';
import { expected } from '../wire/expect.js';
import { labels } from './schema.js';

const colour = '#1d76db';

/** The ids of labels by their names; those that are missing are made. None where the token may not: a label is never fatal. */
export async function labelIds(
  client: Client,
  repository: string,
  names: readonly string[],
): Promise<readonly number[]> {
  if (names.length === 0) return [];
  try {
    const call = { method: 'GET', path: `${repository}/labels?limit=50` } as const;
    const there = expected(labels, (await client.ask(call, [200])).json, { call, host: client.host, kind: 'Gitea' });
    const ids: number[] = [];
    for (const name of names) {
      const id = there.find((label) => label.name === name)?.id ?? (await make(client, repository, name));
      if (id !== undefined) ids.push(id);
    }
    return ids;
  } catch (error) {
    if (error instanceof QuaysideError) return [];
    throw error;
  }
}

async function make(client: Client, repository: string, name: string): Promise<number | undefined> {
  const { json } = await client.ask(
    { method: 'POST', path: `${repository}/labels`, body: { name, color: colour } },
    [201],
  );
  const made = labels.element.safeParse(json);
  return made.success ? made.data.id : undefined;
}
