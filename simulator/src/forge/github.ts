import { account, type Api, type Asked, type Said, type StandIn, startStandIn, textAt } from './stand-in.js';
import type { Surroundings } from './git-runner.js';
import { app } from './github-app.js';
import { invalid, refuse } from './github-refusal.js';
import type { StoredRequest } from './requests.js';

const repositoryId = 4711;

const date = (time: number | undefined): string | null => (time === undefined ? null : new Date(time).toISOString());

/** GitHub's answers over a bare repository. */
export function startGitHub(surroundings: Surroundings): Promise<StandIn> {
  return startStandIn(surroundings, {
    prefix: '/api/v3',
    api: (asked, standIn) => untilWhen(api(asked, standIn), standIn),
  });
}

const api: Api = (asked, standIn) => {
  const { method, path } = asked;
  if (path === '/meta') return { status: 200, body: { installed_version: '3.17.0' } };
  const { authorization = '' } = asked.headers;
  if (path.endsWith('/access_tokens') || path.endsWith('/installation')) return app(asked, standIn, authorization);
  if (![`Bearer ${standIn.token}`, `token ${standIn.token}`].includes(authorization))
    return refuse(401, 'Bad credentials');
  if (path === '/user') return { status: 200, body: { login: account, type: 'Bot' } };
  const [, rest] = /^\/repos\/acme\/state(\/.*)?$/i.exec(path) ?? [];
  if (!/^\/repos\/acme\/state(\/|$)/i.test(path)) return refuse(404, 'Not Found');
  const route = `${method} ${(rest ?? '').replace(/\/\d+(?=\/|$)/g, '/N').replace(/\/[0-9a-f]{40}$/, '/SHA')}`;
  return routes[route]?.(asked, standIn) ?? refuse(404, 'Not Found');
};

/** Beside each answer stands when the token ends. */
function untilWhen(said: Said, { tokenExpires }: StandIn): Said {
  if (tokenExpires === undefined) return said;
  const expiration = `${tokenExpires} 00:00:00 UTC`;
  return { ...said, headers: { ...said.headers, 'github-authentication-token-expiration': expiration } };
}

const numberIn = ({ path }: Asked): number => Number(/\/(\d+)(?:\/|$)/.exec(path)?.[1]);

const routes: Readonly<Record<string, (asked: Asked, standIn: StandIn) => Said>> = {
  'GET ': () => ({
    status: 200,
    body: {
      id: repositoryId,
      full_name: 'acme/state',
      owner: { login: 'acme', type: 'Organization' },
      private: true,
      archived: false,
      disabled: false,
      default_branch: 'main',
      permissions: { admin: false, maintain: false, push: true, triage: true, pull: true },
    },
  }),
  'GET /pulls': ({ query }, { requests, origin }) => {
    const filter = query.get('head') ?? '';
    // Without an owner the filter is ignored in silence.
    const branch = filter.includes(':') ? filter.slice(filter.indexOf(':') + 1) : undefined;
    const owner = filter.split(':')[0];
    const state = query.get('state') ?? 'open';
    const found = requests
      .all()
      .filter((one) => state === 'all' || (state === 'open') === (one.state === 'open'))
      .filter((one) => branch === undefined || (one.head === branch && owner === 'acme'))
      .filter((one) => !query.has('base') || one.base === query.get('base'))
      .toSorted((a, b) => b.number - a.number);
    return { status: 200, body: found.slice(0, Number(query.get('per_page') ?? 30)).map((one) => shown(one, origin)) };
  },
  'POST /pulls': ({ body }, { requests, repository, origin }) => {
    const [head, base, title, text] = [
      textAt(body, 'head'),
      textAt(body, 'base'),
      textAt(body, 'title'),
      textAt(body, 'body'),
    ];
    const [from, onto] = [repository.ref(head), repository.ref(base)];
    if (onto === undefined) return invalid({ resource: 'PullRequest', field: 'base', code: 'invalid' });
    if (from === undefined) return invalid({ resource: 'PullRequest', field: 'head', code: 'invalid' });
    if (text.length > 65_536) return invalid(tooLong);
    if (isThere(requests.all(), { head, base }))
      return invalid({
        resource: 'PullRequest',
        code: 'custom',
        message: `A pull request already exists for acme:${head}.`,
      });
    if (repository.isAncestor(from, onto)) {
      return invalid({ resource: 'PullRequest', code: 'custom', message: `No commits between ${base} and ${head}` });
    }
    const made = requests.add({
      ...{ title, body: text, head, base, author: account },
    });
    return {
      status: 201,
      body: { ...shown(made, origin), merged: false, mergeable: null, mergeable_state: 'unknown' },
    };
  },
  'PATCH /pulls/N': (asked, { requests, origin, repository }) => {
    const request = requests.one(numberIn(asked));
    const { title, body, base, state } = asked.body;
    if (title === '') return invalid({ resource: 'Issue', code: 'missing_field', field: 'title' });
    if (typeof body === 'string' && body.length > 65_536) return invalid(tooLong);
    if (state === 'open' && request.state === 'closed') {
      const why = cannotReopen(request, repository.ref(request.head));
      if (why !== undefined) return invalid({ resource: 'PullRequest', field: 'state', code: 'invalid', message: why });
      request.state = 'open';
    }
    if (state === 'closed' && request.state === 'open') requests.close(request.number);
    if (typeof title === 'string') request.title = title;
    if (typeof body === 'string') request.body = body;
    if (typeof base === 'string') request.base = base;
    return { status: 200, body: shown(request, origin) };
  },
  'POST /issues/N/labels': (asked, { requests }) => {
    const request = requests.one(numberIn(asked));
    request.labels.push(...(asked.body['labels'] as string[]));
    return { status: 200, body: request.labels.map((name) => ({ name })) };
  },
  'POST /issues/N/comments': (asked, { requests }) => {
    requests.one(numberIn(asked)).comments.push({ author: account, body: String(asked.body['body']) });
    return { status: 201, body: { id: 1 } };
  },
  'GET /issues/N/comments': (asked, { requests }) => ({ status: 200, body: requests.one(numberIn(asked)).comments }),
  'POST /statuses/SHA': ({ path, body }, { statuses }) => {
    const commit = path.slice(path.lastIndexOf('/') + 1);
    if (String(body['description']).length > 140)
      return invalid({ resource: 'Status', field: 'description', code: 'invalid' });
    statuses.push({
      commit,
      state: String(body['state']),
      context: String(body['context']),
      description: String(body['description']),
    });
    return { status: 201, body: { id: 1, ...body } };
  },
};

const tooLong = {
  resource: 'Issue',
  field: 'body',
  code: 'custom',
  message: 'body is too long (maximum is 65536 characters)',
};

function isThere(all: readonly StoredRequest[], { head, base }: Pick<StoredRequest, 'head' | 'base'>): boolean {
  return all.some((one) => one.state === 'open' && one.head === head && one.base === base && !one.isFork);
}

function cannotReopen(request: StoredRequest, head: string | undefined): string | undefined {
  if (head === undefined) return `state cannot be changed. The ${request.head} branch has been deleted.`;
  if (head !== request.headCommit)
    return `state cannot be changed. The ${request.head} branch was force-pushed or recreated.`;
  return undefined;
}

function shown(request: StoredRequest, origin: string) {
  const repo = { id: request.isFork ? 1 : repositoryId, full_name: 'acme/state' };
  return {
    id: 1_000 + request.number,
    number: request.number,
    state: request.state === 'open' ? 'open' : 'closed',
    locked: false,
    title: request.title,
    body: request.body === '' ? null : request.body,
    user: { login: request.author, type: 'Bot' },
    labels: request.labels.map((name) => ({ name })),
    draft: false,
    head: { label: `acme:${request.head}`, ref: request.head, sha: request.headCommit, repo },
    base: { label: `acme:${request.base}`, ref: request.base, sha: '', repo: { id: repositoryId } },
    html_url: `${origin}/acme/state/pull/${request.number}`,
    created_at: date(request.createdAt),
    updated_at: date(request.closedAt ?? request.createdAt),
    closed_at: request.state === 'open' ? null : date(request.closedAt),
    merged_at: request.state === 'merged' ? date(request.closedAt) : null,
    merge_commit_sha: 'f'.repeat(40),
    auto_merge: request.autoMerge ? { merge_method: 'squash' } : null,
  };
}
