import type * as z from 'zod';
import type { Forge, ForgeRequest } from '../forge.js';
import type { Call } from '../wire/answer.js';
import { type Client } from '../wire/client.js';
import { expected } from '../wire/expect.js';
import { proposalExists } from '../proposal-errors.js';
import { sorted, timeOf } from '../requests.js';
import { wordsIn } from '../wire/words.js';
import * as schema from './schema.js';

/** 1 MiB; 255 characters. */
const limits = { title: 255, body: 1_000_000 };
const developer = 30;

/** The calls about one project. */
interface ProjectApi {
  readonly client: Client;
  readonly read: <T extends z.ZodType>(what: T, call: Call) => Promise<z.infer<T>>;
  /** Read once, or anew. */
  readonly project: (anew?: boolean) => Promise<z.infer<typeof schema.project>>;
  /** A path below the project. All writes go to its id, since GitLab refuses those to a path that has moved. */
  readonly below: (rest: string) => Promise<string>;
}

function projectApi(client: Client, path: string): ProjectApi {
  let known: Promise<z.infer<typeof schema.project>> | undefined;
  const read: ProjectApi['read'] = async (what, call) =>
    expected(what, (await client.ask(call, [200])).json, { call, host: client.host, kind: 'GitLab' });
  const project: ProjectApi['project'] = (anew = false) => {
    if (anew) known = undefined;
    const asked = (known ??= read(schema.project, { method: 'GET', path: `/projects/${encodeURIComponent(path)}` }));
    asked.catch(() => (known = undefined));
    return asked;
  };
  return { client, read, project, below: async (rest) => `/projects/${(await project()).id}${rest}` };
}

/** Merge requests of one project. */
export function gitlab(client: Client, path: string): Forge {
  const api = projectApi(client, path);
  let expires: Promise<number | undefined> | undefined;
  return {
    kind: 'GitLab',
    description: `${client.host}/${path}`,
    limits,
    ...reading(api),
    ...writing(api),
    callsLeft: () => client.callsLeft(),
    tokenExpires: () => (expires ??= tokenExpires(client)),
    disconnect: () => client.close(),
  };
}

/** A token ends with the day before this date begins in UTC; a token that cannot be asked about is not known to end. */
async function tokenExpires(client: Client): Promise<number | undefined> {
  const { status, json } = await client.send({ method: 'GET', path: '/personal_access_tokens/self' });
  const read = schema.token.safeParse(json);
  return status === 200 && read.success ? timeOf(read.data.expires_at) : undefined;
}

function reading({ read, project, below }: ProjectApi): Pick<Forge, 'repository' | 'account' | 'find' | 'comments'> {
  const list = async (query: Readonly<Record<string, string>>): Promise<readonly ForgeRequest[]> => {
    const { id } = await project();
    const text = new URLSearchParams({ ...query, per_page: '100' }).toString();
    const found = await read(schema.mergeRequests, { method: 'GET', path: await below(`/merge_requests?${text}`) });
    return found.filter(({ source_project_id }) => source_project_id === id).map(asRequest);
  };
  return {
    repository: async () => {
      const { id, path_with_namespace, archived = false, permissions } = await project(true);
      const level = Math.max(
        permissions?.project_access?.access_level ?? 0,
        permissions?.group_access?.access_level ?? 0,
      );
      const mayPush =
        permissions === undefined || permissions === null || level === 0 ? {} : { mayPush: level >= developer };
      return { id: String(id), fullName: path_with_namespace, archived, ...mayPush };
    },
    account: async () => (await read(schema.account, { method: 'GET', path: '/user' })).username,
    find: async (head) =>
      sorted(await list({ source_branch: head, order_by: 'created_at', sort: 'desc', state: 'all' })),
    comments: async (number) => {
      const path = await below(`/merge_requests/${number}/notes?sort=asc&per_page=100`);
      return (await read(schema.notes, { method: 'GET', path })).map(({ body }) => body);
    },
  };
}

function writing({
  client,
  below,
}: ProjectApi): Pick<Forge, 'create' | 'update' | 'close' | 'reopen' | 'comment' | 'status'> {
  const { host } = client;
  const change = async (number: number, body: unknown): Promise<void> => {
    await client.ask({ method: 'PUT', path: await below(`/merge_requests/${number}`), body }, [200]);
  };
  return {
    create: async (head, { title, body, base }, labels) => {
      const wanted = { source_branch: head, target_branch: base, title, description: body, labels: labels.join(',') };
      const call: Call = { method: 'POST', path: await below('/merge_requests'), body: wanted };
      const answer = await client.ask(call, [201, 409]);
      if (answer.status === 409) throw proposalExists(host, wordsIn(answer.json, client.secrets()));
      return asRequest(expected(schema.mergeRequest, answer.json, { call, host, kind: 'GitLab' }));
    },
    update: async (number, { title, body, base }) => {
      await change(number, {
        ...(title !== undefined && { title }),
        ...(body !== undefined && { description: body }),
        ...(base !== undefined && { target_branch: base }),
      });
    },
    close: async (number) => {
      await change(number, { state_event: 'close' });
    },
    reopen: async (number) => {
      const call: Call = {
        method: 'PUT',
        path: await below(`/merge_requests/${number}`),
        body: { state_event: 'reopen' },
      };
      return (await client.ask(call, [200, 400, 405, 409, 422])).status === 200;
    },
    comment: async (number, text) => {
      await client.ask(
        { method: 'POST', path: await below(`/merge_requests/${number}/notes`), body: { body: text } },
        [201],
      );
    },
    status: async (commit, { state, context, description, url }) => {
      const body = {
        state: state === 'failure' ? 'failed' : state,
        name: context,
        description: description.slice(0, 255),
        ...(url !== undefined && url.length <= 255 && { target_url: url }),
      };
      const call: Call = { method: 'POST', path: await below(`/statuses/${commit}`), body };
      const answer = await client.send(call);
      // Older versions refuse what is said already.
      if (answer.status === 400 && /cannot transition status/i.test(wordsIn(answer.json, []))) return;
      if (answer.status !== 201) await client.ask(call, [201]);
    },
  };
}

function asRequest(found: schema.MergeRequest): ForgeRequest {
  const closed = timeOf(found.merged_at ?? found.closed_at);
  return {
    number: found.iid,
    state: found.state === 'merged' ? 'merged' : found.state === 'closed' ? 'closed' : 'open',
    title: found.title,
    body: found.description ?? '',
    head: found.source_branch,
    base: found.target_branch,
    author: found.author?.username ?? '',
    url: found.web_url,
    autoMerge: found.merge_when_pipeline_succeeds ?? false,
    createdAt: timeOf(found.created_at) ?? 0,
    ...(found.sha !== undefined && found.sha !== null && { headCommit: found.sha }),
    ...(closed !== undefined && { closedAt: closed }),
  };
}
