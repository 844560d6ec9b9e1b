import { account, type Api, type Asked, type Said, type StandIn, startStandIn, textAt } from './stand-in.js';
import type { Surroundings } from './git-runner.js';
import type { StoredRequest } from './requests.js';

const projectId = 815;
const date = (time: number | undefined): string | null => (time === undefined ? null : new Date(time).toISOString());
const refuse = (status: number, body: unknown): Said => ({ status, body });

/** GitLab's answers over a bare repository; its project lies in a subgroup. */
export function startGitLab(surroundings: Surroundings): Promise<StandIn> {
  return startStandIn(surroundings, { prefix: '/api/v4', api, path: 'acme/platform/state', closesEmptied: false });
}

const api: Api = (asked, standIn) => {
  const { method, path, headers } = asked;
  if (headers.authorization !== `Bearer ${standIn.token}`) return refuse(401, { message: '401 Unauthorized' });
  if (path === '/version') return { status: 200, body: { version: '18.6.0', revision: 'abc' } };
  if (path === '/personal_access_tokens/self') {
    const expires_at = standIn.tokenExpires ?? null;
    return {
      status: 200,
      body: { id: 1, name: 'quayside', scopes: ['api'], active: true, revoked: false, expires_at },
    };
  }
  if (path === '/user') return { status: 200, body: { username: account } };
  const [, project = '', rest = ''] = /^\/projects\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  if (![String(projectId), 'acme/platform/state'].includes(decodeURIComponent(project))) {
    return refuse(404, { message: '404 Project Not Found' });
  }
  const route = `${method} ${rest.replace(/\/\d+(?=\/|$)/g, '/N').replace(/\/[0-9a-f]{40}$/, '/SHA')}`;
  return routes[route]?.(asked, standIn) ?? refuse(404, { error: '404 Not Found' });
};

const numberIn = ({ path }: Asked): number => Number(/\/merge_requests\/(\d+)/.exec(path)?.[1]);

const routes: Readonly<Record<string, (asked: Asked, standIn: StandIn) => Said>> = {
  'GET ': () => ({
    status: 200,
    body: {
      id: projectId,
      path_with_namespace: 'acme/platform/state',
      default_branch: 'main',
      archived: false,
      permissions: { project_access: { access_level: 30 }, group_access: null },
    },
  }),
  'GET /merge_requests': ({ query }, { requests, origin }) => {
    const state = query.get('state') ?? 'all';
    const found = requests
      .all()
      .filter((one) => state === 'all' || (state === 'opened' ? 'open' : state) === one.state)
      .filter((one) => !query.has('source_branch') || one.head === query.get('source_branch'))
      .filter((one) => !query.has('target_branch') || one.base === query.get('target_branch'))
      .toSorted((a, b) => b.number - a.number);
    return { status: 200, body: found.map((one) => shown(one, origin)) };
  },
  'POST /merge_requests': ({ body }, { requests, repository, origin }) => {
    const [head = '', base = '', title = '', text = ''] = [
      'source_branch',
      'target_branch',
      'title',
      'description',
    ].map((key) => textAt(body, key));
    if (title.length > 255) return refuse(400, { message: { title: ['is too long (maximum is 255 characters)'] } });
    if (repository.ref(head) === undefined) return refuse(400, { message: { source_branch: ['does not exist'] } });
    const there = requests
      .all()
      .find((one) => one.state === 'open' && one.head === head && one.base === base && !one.isFork);
    if (there !== undefined) {
      return refuse(409, {
        message: [`Another open merge request already exists for this source branch: !${there.number}`],
      });
    }
    const made = requests.add({ title, body: withoutActions(text), head, base, author: account });
    made.labels.push(
      ...textAt(body, 'labels')
        .split(',')
        .filter((label) => label !== ''),
    );
    return { status: 201, body: { ...shown(made, origin), prepared_at: null, detailed_merge_status: 'preparing' } };
  },
  'PUT /merge_requests/N': (asked, { requests, origin }) => {
    const request = requests.one(numberIn(asked));
    const { title, description, target_branch, state_event } = asked.body;
    const known = [title, description, target_branch, state_event].filter((value) => value !== undefined);
    if (known.length === 0)
      return refuse(400, { error: 'title, description are missing, at least one parameter must be provided' });
    if (state_event === 'reopen' && request.state === 'merged')
      return refuse(405, { message: '405 Method Not Allowed' });
    if (state_event === 'reopen' && request.state === 'closed') request.state = 'open';
    if (state_event === 'close' && request.state === 'open') requests.close(request.number);
    if (typeof title === 'string') request.title = title;
    if (typeof description === 'string') request.body = withoutActions(description);
    if (typeof target_branch === 'string') request.base = target_branch;
    return { status: 200, body: shown(request, origin) };
  },
  'POST /merge_requests/N/notes': (asked, { requests }) => {
    requests.one(numberIn(asked)).comments.push({ author: account, body: withoutActions(String(asked.body['body'])) });
    return { status: 201, body: { id: 1 } };
  },
  'GET /merge_requests/N/notes': (asked, { requests }) => ({
    status: 200,
    body: requests.one(numberIn(asked)).comments,
  }),
  'POST /statuses/SHA': ({ path, body }, { statuses }) => {
    const commit = path.slice(path.lastIndexOf('/') + 1);
    const state = String(body['state']);
    const last = statuses.findLast((one) => one.commit === commit && one.context === body['name']);
    if (last?.state === state) {
      return refuse(400, {
        message: `Cannot transition status via :enqueue from :${state} (Reason(s): Status cannot transition)`,
      });
    }
    statuses.push({ commit, state, context: String(body['name']), description: String(body['description']) });
    return { status: 201, body: { id: 1, sha: commit, status: state } };
  },
};

/** Lines that begin with a slash are run, and are gone from the text. */
function withoutActions(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .filter((line) => !/^\/\w+/.test(line))
    .join('\n');
}

function shown(request: StoredRequest, origin: string) {
  return {
    id: 10_000 + request.number,
    iid: request.number,
    project_id: projectId,
    source_project_id: request.isFork ? 1 : projectId,
    target_project_id: projectId,
    title: request.title,
    description: request.body === '' ? null : request.body,
    state: request.state === 'open' ? 'opened' : request.state,
    draft: false,
    source_branch: request.head,
    target_branch: request.base,
    sha: request.headCommit,
    merge_commit_sha: null,
    squash_commit_sha: null,
    merge_when_pipeline_succeeds: request.autoMerge,
    author: { username: request.author },
    labels: request.labels,
    web_url: `${origin}/acme/platform/state/-/merge_requests/${request.number}`,
    created_at: date(request.createdAt),
    updated_at: date(request.closedAt ?? request.createdAt),
    merged_at: request.state === 'merged' ? date(request.closedAt) : null,
    closed_at: request.state === 'closed' ? date(request.closedAt) : null,
  };
}
