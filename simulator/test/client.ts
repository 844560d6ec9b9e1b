import { request } from 'undici';
import { type Simulator } from '../src/index.js';

/** An answer, its body parsed when it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

/** Sends one request with a credential's token. */
export async function send(
  { url, credentials }: Pick<Simulator, 'url' | 'credentials'>,
  operation: string,
  body?: unknown,
  credential = 'superuser',
): Promise<Answer> {
  const [method = 'GET', path = '/'] = operation.split(' ');
  const answer = await request(`${url}${path}`, {
    method: method as 'GET',
    headers: {
      authorization: `Bearer ${credentials[credential] ?? ''}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.body.text();
  return { status: answer.statusCode, headers: answer.headers, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Makes an organization. */
export async function createOrganization(simulator: Simulator, name: string): Promise<void> {
  await send(simulator, 'POST /api/v1/organization/', { name });
}

/** Makes a private repository. */
export async function createRepository(simulator: Simulator, namespace: string, repository: string): Promise<void> {
  const body = { namespace, repository, visibility: 'private', description: '' };
  await send(simulator, 'POST /api/v1/repository', body);
}
