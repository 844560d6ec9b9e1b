import type { Octokit } from 'octokit';
import type * as z from 'zod';
import type { Forge, ForgeRequest } from '../forge.js';
import { proposalExists, proposalUnseen } from '../proposal-errors.js';
import { sorted, timeOf } from '../requests.js';
import type { Answer, Call } from '../wire/answer.js';
import { type Client } from '../wire/client.js';
import { expected } from '../wire/expect.js';
import { failureOf } from '../wire/failure.js';
import { wordsIn } from '../wire/words.js';
import { askOctokit, octokitOver } from './octokit.js';
import * as schema from './schema.js';

/** GitHub counts 65,536 characters of a body, and nobody knows in which unit. */
const limits = { title: 256, body: 60_000 };
const unseen = /no commits between|head[: ]+invalid|could not resolve to a node/i;

export interface GitHubOptions {
  readonly api: string;
  /** Who the token stands for. @default - it is asked */
  readonly account?: () => Promise<string>;
}

type Parameters = Readonly<Record<string, unknown>>;

/** The calls about one repository. */
interface RepositoryApi {
  readonly client: Client;
  readonly callOf: (route: string, parameters: Parameters) => Pick<Call, 'method' | 'path'>;
  readonly ask: (route: string, parameters: Parameters, accept: readonly number[]) => Promise<Answer>;
  readonly read: <T extends z.ZodType>(what: T, route: string, parameters?: Parameters) => Promise<z.infer<T>>;
}

function repositoryApi(client: Client, octokit: Octokit, api: string, project: string): RepositoryApi {
  const [owner = '', repo = ''] = project.split('/');
  const callOf: RepositoryApi['callOf'] = (route, parameters) => {
    const { method, url } = octokit.request.endpoint(route, { owner, repo, ...parameters });
    return { method: method as Call['method'], path: url.slice(api.length) };
  };
  const ask: RepositoryApi['ask'] = (route, parameters, accept) =>
    askOctokit(client, callOf(route, parameters), () => octokit.request(route, { owner, repo, ...parameters }), accept);
  const read: RepositoryApi['read'] = async (what, route, parameters = {}) => {
    const { json } = await ask(route, parameters, [200]);
    return expected(what, json, { call: callOf(route, parameters), host: client.host, kind: 'GitHub' });
  };
  return { client, callOf, ask, read };
}

/** Pull requests of one repository on github.com or an Enterprise Server. */
export async function github(client: Client, project: string, options: GitHubOptions): Promise<Forge> {
  const api = repositoryApi(client, await octokitOver(client, options.api), options.api, project);
  return {
    kind: 'GitHub',
    description: `${client.host}/${project}`,
    limits,
    ...reading(api),
    ...writing(api),
    ...(options.account !== undefined && { account: options.account }),
    callsLeft: () => client.callsLeft(),
    tokenExpires: () => Promise.resolve(client.tokenExpires()),
    disconnect: () => client.close(),
  };
}

const onIssue = (rest: string): string => `/repos/{owner}/{repo}/issues/{issue_number}/${rest}`;

function reading({ read }: RepositoryApi): Pick<Forge, 'repository' | 'account' | 'find' | 'comments'> {
  // As GitHub spells it, since the filter by branch counts capitals; a wrong one would be ignored in silence.
  let spelled: Promise<string> | undefined;
  const ownerAsSpelled = (): Promise<string> => {
    const asked = (spelled ??= read(schema.repository, 'GET /repos/{owner}/{repo}').then(
      ({ full_name }) => full_name.split('/')[0] ?? '',
    ));
    asked.catch(() => (spelled = undefined));
    return asked;
  };
  const list = async (head: string, more: Parameters): Promise<readonly ForgeRequest[]> => {
    const filter = { head: `${await ownerAsSpelled()}:${head}`, per_page: 100, ...more };
    const found = await read(schema.pulls, 'GET /repos/{owner}/{repo}/pulls', filter);
    return found.filter((pull) => isFrom(pull, head)).map(asRequest);
  };
  return {
    repository: async () => {
      const { id, full_name, archived, disabled, permissions } = await read(
        schema.repository,
        'GET /repos/{owner}/{repo}',
      );
      const rights = permissions === undefined || permissions === null ? {} : { mayPush: permissions.push };
      return { id: String(id), fullName: full_name, archived: archived === true || disabled === true, ...rights };
    },
    account: async () => (await read(schema.account, 'GET /user')).login,
    find: async (head) => sorted(await list(head, { state: 'all', sort: 'created', direction: 'desc' })),
    comments: async (number) => {
      const found = await read(schema.comments, `GET ${onIssue('comments')}`, { issue_number: number, per_page: 100 });
      return found.map(({ body }) => body ?? '');
    },
  };
}

function writing({
  client,
  callOf,
  ask,
}: RepositoryApi): Pick<Forge, 'create' | 'update' | 'close' | 'reopen' | 'comment' | 'status'> {
  const { host } = client;
  const change = async (number: number, what: Parameters): Promise<void> => {
    await ask('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', { pull_number: number, ...what }, [200]);
  };
  return {
    create: async (head, text, labels) => {
      const route = 'POST /repos/{owner}/{repo}/pulls';
      const wanted = { ...text, head, maintainer_can_modify: false };
      const answer = await ask(route, wanted, [201, 422]);
      if (answer.status === 422) throw refusedCreation(client, callOf(route, wanted), answer);
      const made = expected(schema.pull, answer.json, { call: callOf(route, wanted), host, kind: 'GitHub' });
      // A request without its labels is better than none.
      if (labels.length > 0) {
        await ask(`POST ${onIssue('labels')}`, { issue_number: made.number, labels }, [200, 403, 404, 410, 422]);
      }
      return asRequest(made);
    },
    update: change,
    close: (number) => change(number, { state: 'closed' }),
    reopen: async (number) => {
      const route = 'PATCH /repos/{owner}/{repo}/pulls/{pull_number}';
      return (await ask(route, { pull_number: number, state: 'open' }, [200, 422])).status === 200;
    },
    comment: async (number, body) => {
      await ask(`POST ${onIssue('comments')}`, { issue_number: number, body }, [201]);
    },
    status: async (sha, { state, context, description, url }) => {
      const target = url === undefined ? {} : { target_url: url };
      const what = { sha, state, context, description: description.slice(0, 140), ...target };
      await ask('POST /repos/{owner}/{repo}/statuses/{sha}', what, [201]);
    },
  };
}

function refusedCreation(client: Client, call: Pick<Call, 'method' | 'path'>, answer: Answer) {
  const words = wordsIn(answer.json, client.secrets());
  if (/already exists/i.test(words)) return proposalExists(client.host, words);
  if (unseen.test(words)) return proposalUnseen(client.host, words);
  return failureOf(answer, { call, host: client.host, secrets: client.secrets(), now: client.now() });
}

/** A fork may have a branch of that name, and its repository may be gone. */
function isFrom({ head, base }: schema.Pull, branch: string): boolean {
  return head.ref === branch && head.repo !== null && head.repo?.id === base.repo?.id;
}

function stateOf({ merged_at, state }: schema.Pull): ForgeRequest['state'] {
  if (merged_at !== null && merged_at !== undefined) return 'merged';
  return state === 'closed' ? 'closed' : 'open';
}

function asRequest(found: schema.Pull): ForgeRequest {
  const closed = timeOf(found.merged_at ?? found.closed_at);
  const { sha } = found.head;
  return {
    number: found.number,
    state: stateOf(found),
    title: found.title,
    body: found.body ?? '',
    head: found.head.ref,
    base: found.base.ref,
    author: found.user?.login ?? '',
    url: found.html_url,
    autoMerge: Boolean(found.auto_merge),
    createdAt: timeOf(found.created_at) ?? 0,
    ...(typeof sha === 'string' && { headCommit: sha }),
    ...(closed !== undefined && { closedAt: closed }),
  };
}
