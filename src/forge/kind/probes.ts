import type { Answer } from '../wire/answer.js';
import type { Located } from './known-hosts.js';
import type { Place } from './place.js';

/** A question without a token, whose answer only one kind of forge gives. */
export interface Probe {
  readonly url: string;
  /** What it is when the answer fits; undefined for a forge that is not supported. */
  readonly found: Located | undefined;
  /** What people call it. */
  readonly name: string;
  readonly fits: (answer: Answer) => boolean;
}

/** The questions for a host that nobody knows. */
export function probesFor({ origin, path }: Place): readonly Probe[] {
  const parts = path.split('/');
  const [first = ''] = parts;
  const prefix = parts.slice(0, -2).join('/');
  const own = parts.slice(-2).join('/');
  const below = prefix === '' ? origin : `${origin}/${prefix}`;
  const gitlab = (api: string, project: string): Probe => ({
    url: `${api}/version`,
    found: { kind: 'GitLab', api, project },
    name: 'GitLab',
    fits: isGitLab,
  });
  const gitea = `${below}/api/v1`;
  const enterprise = `${origin}/api/v3`;
  return [
    { url: `${gitea}/version`, found: { kind: 'Gitea', api: gitea, project: own }, name: 'Gitea', fits: isGitea },
    gitlab(`${origin}/api/v4`, path),
    ...(parts.length > 2 ? [gitlab(`${origin}/${first}/api/v4`, parts.slice(1).join('/'))] : []),
    {
      url: `${enterprise}/meta`,
      found: { kind: 'GitHub', api: enterprise, project: path },
      name: 'GitHub',
      fits: isGitHubServer,
    },
    {
      url: `${origin}/rest/api/1.0/application-properties`,
      found: undefined,
      name: 'Bitbucket Data Center',
      fits: ({ status, json }) => status === 200 && /bitbucket/i.test(textIn(json, 'displayName')),
    },
  ];
}

/** Newer than 1.22 and Forgejo say their version to everybody; where people have to sign in, they refuse in JSON. */
function isGitea({ status, json, headers }: Answer): boolean {
  if (status === 200) return /^\d+\.\d+/.test(textIn(json, 'version')) && textIn(json, 'revision') === '';
  const isOther = 'x-gitlab-meta' in headers || 'x-github-request-id' in headers || textIn(json, 'url') === '';
  return (status === 401 || status === 403) && textIn(json, 'message') !== '' && !isOther;
}

/** Its version is a secret: who may not know it is told so in GitLab's words. */
function isGitLab({ status, json, headers }: Answer): boolean {
  if (status === 200) return textIn(json, 'version') !== '' && textIn(json, 'revision') !== '';
  return status === 401 && (textIn(json, 'message') === '401 Unauthorized' || 'x-gitlab-meta' in headers);
}

function isGitHubServer({ status, json, headers }: Answer): boolean {
  if (status === 200) return textIn(json, 'installed_version') !== '';
  return status === 401 && ('x-github-request-id' in headers || 'x-github-enterprise-version' in headers);
}

function textIn(json: unknown, key: string): string {
  if (typeof json !== 'object' || json === null) return '';
  const value: unknown = Reflect.get(json, key);
  return typeof value === 'string' ? value : '';
}
