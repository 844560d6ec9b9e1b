import type * as z from 'zod';
import type { Forge, ForgeRequest, FoundRequests } from '../forge.js';
import { proposalExists, proposalUnseen } from '../proposal-errors.js';
import { sorted, timeOf } from '../requests.js';
import type { Call } from '../wire/answer.js';
import { type Client } from '../wire/client.js';
import { expected } from '../wire/expect.js';
import { wordsIn } from '../wire/words.js';
import { labelIds } from './labels.js';
import * as schema from './schema.js';

/** Gitea has no limit for a body; the title is a column of 255 characters. */
const limits = { title: 255, body: 1_000_000 };
const pageSize = 50;
const mostPages = 20;

/** The calls about one repository. */
interface RepositoryApi {
  readonly client: Client;
  /** Its path. */
  readonly root: string;
}

/** Pull requests of one repository on Gitea or Forgejo. */
export function gitea(client: Client, project: string): Forge {
  const api = { client, root: `/repos/${project.split('/').map(encodeURIComponent).join('/')}` };
  return {
    kind: 'Gitea',
    description: `${client.host}/${project}`,
    limits,
    ...reading(api),
    ...writing(api),
    callsLeft: () => client.callsLeft(),
    // Its tokens have no end.
    tokenExpires: () => Promise.resolve(undefined),
    disconnect: () => client.close(),
  };
}

function reading({ client, root }: RepositoryApi): Pick<Forge, 'repository' | 'account' | 'find' | 'comments'> {
  const { host } = client;
  const read = async <T extends z.ZodType>(what: T, path: string): Promise<z.infer<T>> => {
    const call: Call = { method: 'GET', path };
    return expected(what, (await client.ask(call, [200])).json, { call, host, kind: 'Gitea' });
  };
  // There is no filter for the branch that a request brings. The newest come first, and are all there is in most repositories.
  const pages = async (state: string, most: number): Promise<readonly schema.Pull[]> => {
    const found: schema.Pull[] = [];
    for (let page = 1; page <= most; page += 1) {
      const pulls = await read(schema.pulls, `${root}/pulls?state=${state}&limit=${pageSize}&page=${page}`);
      found.push(...pulls);
      if (pulls.length < pageSize) break;
    }
    return found;
  };
  const find = async (head: string): Promise<FoundRequests> => {
    const newest = await pages('all', 1);
    const more = newest.length < pageSize ? [] : await pages('open', mostPages);
    const pulls = new Map([...newest, ...more].map((pull) => [pull.number, pull]));
    return sorted([...pulls.values()].filter((pull) => isFrom(pull, head)).map(asRequest));
  };
  return {
    repository: async () => {
      const { id, full_name, archived = false, permissions } = await read(schema.repository, root);
      const rights = permissions === undefined || permissions === null ? {} : { mayPush: permissions.push };
      return { id: String(id), fullName: full_name, archived, ...rights };
    },
    account: async () => {
      const call: Call = { method: 'GET', path: '/user' };
      const answer = await client.ask(call, [200, 403]);
      if (answer.status === 403) return undefined;
      return expected(schema.account, answer.json, { call, host, kind: 'Gitea' }).login;
    },
    find,
    comments: async (number) =>
      (await read(schema.comments, `${root}/issues/${number}/comments`)).map(({ body }) => body),
  };
}

function writing({
  client,
  root,
}: RepositoryApi): Pick<Forge, 'create' | 'update' | 'close' | 'reopen' | 'comment' | 'status'> {
  const { host } = client;
  const change = async (number: number, body: unknown): Promise<void> => {
    await client.ask({ method: 'PATCH', path: `${root}/pulls/${number}`, body }, [200, 201]);
  };
  return {
    create: async (head, { title, body, base }, names) => {
      const labels = await labelIds(client, root, names);
      const call: Call = { method: 'POST', path: `${root}/pulls`, body: { head, base, title, body, labels } };
      const answer = await client.ask(call, [201, 404, 409]);
      const words = wordsIn(answer.json, client.secrets());
      if (answer.status === 409) throw proposalExists(host, words);
      if (answer.status === 404) throw proposalUnseen(host, words);
      return asRequest(expected(schema.pull, answer.json, { call, host, kind: 'Gitea' }));
    },
    update: (number, text) => change(number, text),
    close: (number) => change(number, { state: 'closed' }),
    reopen: async (number) => {
      const call: Call = { method: 'PATCH', path: `${root}/pulls/${number}`, body: { state: 'open' } };
      // What it does not open again it answers with 500.
      return [200, 201].includes((await client.ask(call, [200, 201, 409, 412, 422, 500])).status);
    },
    comment: async (number, text) => {
      await client.ask({ method: 'POST', path: `${root}/issues/${number}/comments`, body: { body: text } }, [201]);
    },
    status: async (commit, { state, context, description, url }) => {
      const body = { state, context, description, ...(url !== undefined && { target_url: url }) };
      await client.ask({ method: 'POST', path: `${root}/statuses/${commit}`, body }, [201]);
    },
  };
}

function isFrom({ head, base }: schema.Pull, branch: string): boolean {
  return branchOf(head) === branch && head.repo_id === base.repo_id;
}

/** Once the branch is gone, `ref` is that of the request itself, and only the label still names the branch. */
function branchOf({ label, ref }: schema.Pull['head']): string {
  return label ?? ref;
}

function asRequest(found: schema.Pull): ForgeRequest {
  const closed = timeOf(found.merged_at ?? found.closed_at);
  return {
    number: found.number,
    state: found.merged === true ? 'merged' : found.state === 'closed' ? 'closed' : 'open',
    title: found.title,
    body: found.body ?? '',
    head: branchOf(found.head),
    base: found.base.ref,
    author: found.user?.login ?? '',
    url: found.html_url,
    autoMerge: false,
    createdAt: timeOf(found.created_at) ?? 0,
    ...(found.head.sha !== undefined && found.head.sha !== null && { headCommit: found.head.sha }),
    ...(closed !== undefined && { closedAt: closed }),
  };
}
