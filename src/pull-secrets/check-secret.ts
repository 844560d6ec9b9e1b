import { managedByLabel, managedByValue, organizationLabel } from '../api/index.js';
import { TerminalError } from '../errors/index.js';
import { type Fields } from '../json/index.js';
import { pullSecretType, secretData } from '../kube/index.js';
import { type RobotToken } from '../quay/index.js';
import { type PullSecretState, pullSecretState } from './pull-secret-state.js';
import { type DesiredSecret } from './desired-secret.js';

/** Whether a secret is as declared. Where the token is not known, the one that it holds counts as right. */
export function isRight(
  state: PullSecretState | undefined,
  declared: DesiredSecret,
  token: RobotToken | undefined,
): boolean {
  if (state === undefined) return false;
  const [entry, ...others] = state.entries;
  return (
    others.length === 0 &&
    entry?.host === declared.host &&
    entry.username === declared.username &&
    (token === undefined || entry.password.reveal() === token.reveal()) &&
    Object.entries(declared.labels).every(([name, value]) => state.labels[name] === value)
  );
}

/** Why the live object of that name may not be written; undefined when it may. */
export function claimAgainst(live: Fields, declared: DesiredSecret): TerminalError | undefined {
  const what = `Secret ${declared.namespace}/${declared.name}`;
  if (live.type !== pullSecretType) {
    return conflict(`${what} is of the type ${String(live.type)}, which cannot be changed`, declared);
  }
  const state = pullSecretState(live);
  const isManaged = state.labels[managedByLabel] === managedByValue;
  const owner = state.labels[organizationLabel] ?? '';
  if (isManaged && ['', declared.labels[organizationLabel]].includes(owner)) return undefined;
  if (isOwnLogin(state, declared) && holdsOneLogin(live)) return undefined;
  return isManaged
    ? conflict(`${what} belongs to the QuayOrganization ${owner}`, declared)
    : conflict(
        `${what} is somebody else's: it holds other logins than ${declared.username} for ${declared.host}`,
        declared,
      );
}

/** Whether all that can be read in it lets in our robot. A predecessor wrote no host where its integration named no scheme. */
function isOwnLogin({ entries: [entry, ...others] }: PullSecretState, { username, host }: DesiredSecret): boolean {
  return others.length === 0 && entry?.username === username && ['', host].includes(entry.host.toLowerCase());
}

/** Pull secrets that an earlier robot of the same organization declares as well. */
export function claimedTwice(secrets: readonly DesiredSecret[]): ReadonlyMap<DesiredSecret, TerminalError> {
  const first = new Map<string, string>();
  const refused = new Map<DesiredSecret, TerminalError>();
  for (const declared of secrets) {
    const earlier = first.get(declared.name);
    if (earlier === undefined) first.set(declared.name, declared.robot);
    else {
      const message = `the robots ${earlier} and ${declared.robot} declare the same pull secret ${declared.name}`;
      refused.set(declared, new TerminalError('Conflict', message, { hint: 'Give each robot a secret of its own.' }));
    }
  }
  return refused;
}

/** Whether there is one login and nothing beside it: logins of other kinds, by identity token for one, are not read otherwise. */
function holdsOneLogin(live: Fields): boolean {
  const configuration = JSON.parse(secretData(live).get('.dockerconfigjson') ?? '') as Fields;
  return Object.keys(configuration).length === 1 && Object.keys(configuration.auths ?? {}).length === 1;
}

function conflict(message: string, { robot }: DesiredSecret): TerminalError {
  const hint = `Rename or delete it: then the pull secret of the robot ${robot} is written.`;
  return new TerminalError('Conflict', `${message}; it is left as it is`, { hint });
}
