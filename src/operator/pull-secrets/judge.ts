import { managedByLabel, managedByValue, organizationLabel } from '../../api/index.js';
import { TerminalError } from '../../errors/index.js';
import { type Fields, pullSecretType } from '../../kube/index.js';
import { type RobotToken } from '../../quay/index.js';
import { type PullSecretState, pullSecretState } from './pull-secret-state.js';
import { type StatedSecret } from './stated-secret.js';

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
  const { labels, entries } = pullSecretState(live);
  const owner = labels[organizationLabel];
  if (labels[managedByLabel] === managedByValue && (owner ?? '') === '') return undefined;
  if (labels[managedByLabel] === managedByValue && owner === stated.labels[organizationLabel]) return undefined;
  const [entry, ...others] = entries;
  // A predecessor wrote an empty host where its integration named no scheme.
  const isOurs = entry?.username === stated.username && ['', stated.host].includes(entry.host.toLowerCase());
  if (isOurs && others.length === 0) return undefined;
  return labels[managedByLabel] === managedByValue
    ? conflict(`${what} belongs to the QuayOrganization ${owner}`, stated)
    : conflict(`${what} is somebody else's: it holds other logins than ${stated.username} for ${stated.host}`, stated);
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

function conflict(message: string, { robot }: StatedSecret): TerminalError {
  const hint = `Rename or delete it: then the pull secret of the robot ${robot} takes its place.`;
  return new TerminalError('Conflict', `${message}; it is left as it is`, { hint });
}
