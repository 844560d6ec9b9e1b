import { managedByLabel, managedByValue, organizationLabel } from '../api/index.js';
import { TerminalError } from '../errors/index.js';
import { type Fields, pullSecretType, secretData } from '../kube/index.js';
import { type RobotToken } from '../quay/index.js';
import { type PullSecretState, pullSecretState } from './pull-secret-state.js';
import { type StatedSecret } from './desired-secret.js';

/** Whether a secret is what is stated. Where the token is not known, the one that it holds counts as right. */
export function isRight(
  state: PullSecretState | undefined,
  stated: StatedSecret,
  token: RobotToken | undefined,
): boolean {
  if (state === undefined) return false;
  const [entry, ...others] = state.entries;
  return (
    others.length === 0 &&
    entry?.host === stated.host &&
    entry.username === stated.username &&
    (token === undefined || entry.password.reveal() === token.reveal()) &&
    Object.entries(stated.labels).every(([name, value]) => state.labels[name] === value)
  );
}

/** Why the live object of that name may not be written; undefined when it may. */
export function claimAgainst(live: Fields, stated: StatedSecret): TerminalError | undefined {
  const what = `Secret ${stated.namespace}/${stated.name}`;
  if (live.type !== pullSecretType) {
    return conflict(`${what} is of the type ${String(live.type)}, which cannot be changed`, stated);
  }
  const state = pullSecretState(live);
  const isManaged = state.labels[managedByLabel] === managedByValue;
  const owner = state.labels[organizationLabel] ?? '';
  if (isManaged && ['', stated.labels[organizationLabel]].includes(owner)) return undefined;
  if (isOwnLogin(state, stated) && holdsOneLogin(live)) return undefined;
  return isManaged
    ? conflict(`${what} belongs to the QuayOrganization ${owner}`, stated)
    : conflict(`${what} is somebody else's: it holds other logins than ${stated.username} for ${stated.host}`, stated);
}

/** Whether all that can be read in it lets in our robot. A predecessor wrote no host where its integration named no scheme. */
function isOwnLogin({ entries: [entry, ...others] }: PullSecretState, { username, host }: StatedSecret): boolean {
  return others.length === 0 && entry?.username === username && ['', host].includes(entry.host.toLowerCase());
}

/** Pull secrets that another robot of the same organization states as well, before this one. */
export function claimedTwice(secrets: readonly StatedSecret[]): ReadonlyMap<StatedSecret, TerminalError> {
  const first = new Map<string, string>();
  const refused = new Map<StatedSecret, TerminalError>();
  for (const stated of secrets) {
    const earlier = first.get(stated.name);
    if (earlier === undefined) first.set(stated.name, stated.robot);
    else {
      const message = `the robots ${earlier} and ${stated.robot} state the same pull secret ${stated.name}`;
      refused.set(stated, new TerminalError('Conflict', message, { hint: 'Give each robot a secret of its own.' }));
    }
  }
  return refused;
}

/** Whether there is one login and nothing beside it: logins of other kinds, by identity token for one, are not read otherwise. */
function holdsOneLogin(live: Fields): boolean {
  const configuration = JSON.parse(secretData(live).get('.dockerconfigjson') ?? '') as Fields;
  return Object.keys(configuration).length === 1 && Object.keys(configuration.auths ?? {}).length === 1;
}

function conflict(message: string, { robot }: StatedSecret): TerminalError {
  const hint = `Rename or delete it: then the pull secret of the robot ${robot} takes its place.`;
  return new TerminalError('Conflict', `${message}; it is left as it is`, { hint });
}
