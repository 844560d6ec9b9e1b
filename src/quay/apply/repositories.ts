import type { Change } from '../../plan/index.js';
import { asked } from '../answer/failure.js';
import { objectOf, textOr } from '../answer/fields.js';
import { address } from '../transport/address.js';
import { create } from './confirm.js';
import type { Applied, Applying } from './context.js';

type Of<T extends Change['type']> = Extract<Change, { readonly type: T }>;

/** What Quay shows of a repository without its tags; `undefined` when there is none. */
async function readRepository(
  { ask, calls }: Applying,
  repository: string,
): Promise<{ readonly isPublic: boolean; readonly description: string } | undefined> {
  const call = calls.repository('GET', '?includeTags=false&includeStats=false', [repository], { scope: 'repo:read' });
  const answer = await ask.find(call);
  if (answer === undefined) return undefined;
  const body = objectOf(answer, asked(call), 'the repository');
  return { isPublic: body.is_public === true, description: textOr(body, 'description', '', asked(call)) };
}

/** Creates a repository; one that is there already counts when it looks as it should. */
export async function createRepository(applying: Applying, change: Of<'CreateRepository'>): Promise<Applied> {
  const { repository, visibility, description } = change;
  const { name } = applying.calls;
  const call = {
    // Refuses names that could not be addressed later.
    ...applying.calls.repository('POST', '', [repository]),
    ...address('repository'),
    scope: 'repo:create' as const,
    body: { namespace: name, repository, visibility, description, repo_kind: 'image' },
  };
  return create(applying.ask, call, async () => {
    const found = await readRepository(applying, repository);
    return found !== undefined && found.isPublic === (visibility === 'public') && found.description === description;
  });
}

/** Deletes a repository; Quay says yes as well when there is none. */
export async function deleteRepository(applying: Applying, repository: string): Promise<void> {
  const reply = await applying.ask.request(applying.calls.repository('DELETE', '', [repository]));
  if (reply.outcome === 'done' || reply.outcome === 'gone') return;
  if ((await readRepository(applying, repository)) !== undefined) throw reply.error();
}

/** Sets the description. */
export async function setDescription({ ask, calls }: Applying, change: Of<'SetDescription'>): Promise<void> {
  const { repository, description } = change;
  await ask.must(calls.repository('PUT', '', [repository], { body: { description }, scope: 'repo:write' }));
}

/** Makes it public or private; to a repository that is gone Quay says yes with an empty answer. */
export async function setVisibility({ ask, calls }: Applying, change: Of<'SetVisibility'>): Promise<void> {
  const { repository, visibility } = change;
  await ask.must(calls.repository('POST', '/changevisibility', [repository], { body: { visibility } }));
}
