import { RetryableError, TerminalError } from '../../errors/index.js';
import type { ForgeKind } from '../forge.js';
import type { Answer } from '../wire/answer.js';
import { knownHost, type Located, type Unsupported } from './known-hosts.js';
import { type Place, placeOf } from './place.js';
import { probesFor } from './probes.js';

/** What a person stated about the forge; nothing has to be. */
export interface StatedForge {
  readonly kind?: ForgeKind | undefined;
  /** Where its API is. */
  readonly url?: string | undefined;
  /** What it calls the repository, where that is not the path of the Git address. */
  readonly project?: string | undefined;
}

/** Asks an address without a token. Undefined when no answer came. */
export type Ask = (url: string) => Promise<Answer | undefined>;

/** Which forge a repository is on: as stated, by its address, or by what its host answers. */
export async function locateForge(gitUrl: string, stated: StatedForge, ask: Ask): Promise<Located> {
  const place = placeOf(gitUrl);
  if (place === undefined) {
    throw new TerminalError('NoForge', 'the state repository is a folder, and only a forge has pull requests', {
      hint: 'Set spec.git.review to None, or spec.git.url to a repository on GitHub, GitLab, Gitea or Forgejo.',
    });
  }
  const { kind, url, project } = stated;
  const found = kind === undefined ? (knownHost(place) ?? (await probed(place, ask))) : atStated(kind, url, place);
  if ('unsupported' in found) throw notSupported(found, place);
  return { ...found, ...(url !== undefined && { api: withoutSlash(url) }), ...(project !== undefined && { project }) };
}

const paths: Readonly<Record<ForgeKind, string>> = { GitHub: '/api/v3', GitLab: '/api/v4', Gitea: '/api/v1' };

function atStated(kind: ForgeKind, url: string | undefined, place: Place): Located {
  const known = knownHost(place);
  if (known !== undefined && 'kind' in known && known.kind === kind) return known;
  return { kind, api: withoutSlash(url ?? `${place.origin}${paths[kind]}`), project: place.path };
}

async function probed(place: Place, ask: Ask): Promise<Located | Unsupported> {
  const asked = await Promise.all(probesFor(place).map(async (probe) => ({ probe, answer: await ask(probe.url) })));
  const fitting = asked.flatMap(({ probe, answer }) => (answer !== undefined && probe.fits(answer) ? [probe] : []));
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only.found ?? { unsupported: only.name };
  const isDown = asked.some(({ answer }) => answer === undefined || answer.status >= 500 || answer.status === 429);
  if (only === undefined && isDown) {
    throw new RetryableError('ForgeUnavailable', `which forge is ${place.origin}? It does not answer`, {
      hint: stateIt,
    });
  }
  const names = fitting.map(({ name }) => name).join(' and ');
  const why = names === '' ? 'answers like none that is supported' : `answers like ${names}`;
  throw new TerminalError('ForgeUnknown', `which forge is ${place.origin}? It ${why}`, { hint: stateIt });
}

const stateIt = 'Set spec.git.forge.kind to GitHub, GitLab or Gitea, and spec.git.forge.url to the address of its API.';

function notSupported({ unsupported }: Unsupported, { host }: Place): TerminalError {
  return new TerminalError('ForgeNotSupported', `${host} is ${unsupported}, where Quayside opens no pull requests`, {
    hint:
      'Set spec.git.review to None and spec.git.branch to a branch of its own: Quayside pushes there, and a person opens ' +
      'the pull request. Or move the repository to GitHub, GitLab, Gitea or Forgejo.',
  });
}

function withoutSlash(url: string): string {
  return url.endsWith('/') ? withoutSlash(url.slice(0, -1)) : url;
}
