import type { ForgeKind } from '../forge.js';
import type { Place } from './place.js';

/** A forge, where its API is, and what it calls the repository. */
export interface Located {
  readonly kind: ForgeKind;
  /** `https://host/api/v4`, without a slash at the end. */
  readonly api: string;
  readonly project: string;
}

/** A forge whose requests cannot be opened. */
export interface Unsupported {
  readonly unsupported: string;
}

const github = (api: string, { path }: Place): Located => ({ kind: 'GitHub', api, project: path });

/** The forge behind a host that everybody knows; undefined for all others. */
export function knownHost(place: Place): Located | Unsupported | undefined {
  const { host, path } = place;
  if (host === 'github.com' || host === 'ssh.github.com') return github('https://api.github.com', place);
  const [, tenant] = /^(?:api\.|ssh\.)?([a-z0-9-]+)\.ghe\.com$/.exec(host) ?? [];
  if (tenant !== undefined) return github(`https://api.${tenant}.ghe.com`, place);
  if (host === 'gitlab.com' || host === 'altssh.gitlab.com') {
    return { kind: 'GitLab', api: 'https://gitlab.com/api/v4', project: path };
  }
  if (host === 'codeberg.org' || host === 'gitea.com') {
    return { kind: 'Gitea', api: `https://${host}/api/v1`, project: path };
  }
  if (host === 'bitbucket.org' || host === 'altssh.bitbucket.org') return { unsupported: 'Bitbucket' };
  if (/^(?:(?:ssh\.)?dev\.azure\.com|vs-ssh\.visualstudio\.com|[a-z0-9-]+\.visualstudio\.com)$/.test(host)) {
    return { unsupported: 'Azure DevOps' };
  }
  return undefined;
}
