import { hostsAnnotation } from '../../api/index.js';
import { TerminalError } from '../../errors/index.js';
import { type SecretObject } from '../../kube/index.js';
import { type Endpoint, endpointText } from '../../names/index.js';
import { allowedHosts, isAllowed } from './allowed-hosts.js';
import { type CredentialUse, firstOf, type Purpose } from './credential-use.js';
import { madeForElse } from './made-for.js';
import { unlikeToken } from './unlike-token.js';

/** What a cluster and its administrator say about credentials of integrations. */
export interface CredentialsRule {
  /** The operator's. */
  readonly namespace: string;
  /** From these a Secret with a token is taken that does not say itself where it may go. */
  readonly namespaces: readonly string[];
  /** What the integrations name, all of them. */
  readonly uses: readonly CredentialUse[];
}

/** Which Secret would be sent where. */
export interface CredentialsWish {
  readonly purpose: Purpose;
  readonly namespace: string;
  readonly name: string;
  readonly to: Endpoint;
  /** Of the Secret, where one alone is sent. */
  readonly key?: string;
}

/** Why a Secret must not be sent there; `undefined` when it may. Of its content no value is looked at. */
export function credentialsRefusal(
  wish: CredentialsWish,
  secret: SecretObject,
  { namespace, namespaces, uses }: CredentialsRule,
): TerminalError | undefined {
  const { purpose, name } = wish;
  const named = uses.filter((use) => use.namespace === wish.namespace && use.name === name);
  const isOurNamespace = wish.namespace === namespace;
  const other = madeForElse({ purpose, name, isOurNamespace }, secret, firstOf(named));
  if (other !== undefined) return madeForOther(wish, other);
  const said = secret.annotations[hostsAnnotation];
  if (said !== undefined) return byAnnotation(wish, said);
  if (purpose === 'Quay' && !namespaces.includes(wish.namespace)) return elsewhere(wish, namespaces);
  const unlike = wish.key === undefined ? undefined : unlikeToken(wish.key, secret);
  if (unlike !== undefined) return mismatch(wish, `${unlike}, does not say itself where it may go`, []);
  return byAge(wish, firstOf(named), firstOf(named.filter(({ to }) => to !== 'Nowhere')));
}

function byAnnotation(wish: CredentialsWish, said: string): TerminalError | undefined {
  const allowed = allowedHosts(said);
  if (isAllowed(allowed, wish.to)) return undefined;
  const [bad] = allowed.unreadable;
  const only = allowed.hosts.length === 0 ? 'to no host' : `to ${someOf(allowed.hosts)} only`;
  const fault = bad === undefined ? '' : `; ${JSON.stringify(bad.slice(0, 60))} in it is no host`;
  return mismatch(wish, `may go ${only}, by its annotation ${hostsAnnotation}${fault}`, allowed.hosts);
}

function elsewhere(wish: CredentialsWish, namespaces: readonly string[]): TerminalError {
  const places = namespaces.join(', ');
  return mismatch(wish, `is in none of the namespaces that credentials are taken from (${places})`, []);
}

/** `oldest` is of all that name the Secret, `first` of those that send it somewhere. */
function byAge(
  wish: CredentialsWish,
  oldest: CredentialUse | undefined,
  first: CredentialUse | undefined,
): TerminalError | undefined {
  if (first === undefined || first.to === 'Nowhere') return undefined;
  // One that keeps it to itself (a key that signs) does not lend it to the host of a younger one.
  if (oldest?.to === 'Nowhere' && oldest.integration !== first.integration) {
    return mismatch(wish, `was first named by the integration ${oldest.integration}, which sends it to no host`, []);
  }
  if (first.to === 'Unreadable') {
    return mismatch(wish, `was first named by the integration ${first.integration}, whose address cannot be read`, []);
  }
  const host = endpointText(first.to);
  if (host === endpointText(wish.to)) return undefined;
  return mismatch(wish, `goes to ${host}, the host of the integration ${first.integration} that named it first`, [
    host,
  ]);
}

function mismatch(wish: CredentialsWish, why: string, hosts: readonly string[]): TerminalError {
  const to = endpointText(wish.to);
  const value = [...new Set([...hosts, to])].join(',');
  const line = `kubectl annotate secret ${word(wish.name)} -n ${word(wish.namespace)} --overwrite ${hostsAnnotation}=${word(value)}`;
  return new TerminalError(
    'CredentialsHostMismatch',
    `Secret ${wish.namespace}/${wish.name} ${why}, and is not sent to ${to}`,
    {
      hint:
        hosts.length > most
          ? `Whoever owns the Secret allows it by adding ${to} to its annotation ${hostsAnnotation}.`
          : `Whoever owns the Secret allows it with: ${line}`,
    },
  );
}

function madeForOther({ purpose, namespace, name }: CredentialsWish, what: string): TerminalError {
  return new TerminalError(
    'CredentialsRefused',
    `Secret ${namespace}/${name} ${what}, and is not shown to ${purpose}`,
    {
      hint: `Put the credentials for ${purpose} into a Secret of their own.`,
    },
  );
}

/** Hosts that are shown: a condition has its limits. */
const most = 20;

function someOf(hosts: readonly string[]): string {
  const more = hosts.length > most ? ` and ${hosts.length - most} more` : '';
  return `${hosts.slice(0, most).join(', ')}${more}`;
}

/** As one word of a shell: the line is there to be copied. */
function word(text: string): string {
  return /^[\w.,:/=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
