import { describeError } from '../errors/index.js';
import {
  type KubeClient,
  keyOf,
  type ObjectName,
  type ReflectorOptions,
  resourceTypes,
  secretData,
  watchObject,
} from '../kube/index.js';
import { outOfTime } from './lifetimes.js';
import { pairOf } from './pair.js';

/** What a server shows. Its key is not in any listing of it: neither printed nor serialised does it appear. */
export interface ServingCertificate {
  /** PEM, with what is sent along. */
  readonly cert: string;
  readonly key: string;
  readonly notAfter: Date;
}

/** The certificate of a server, followed without a restart. */
export interface WatchedCertificate {
  /** The last good one; it stays when a broken one comes after it. */
  readonly current: () => ServingCertificate | undefined;
  /** Why the Secret, or what is in use, is not as it should be. */
  readonly fault: () => string | undefined;
  /** Calls when there is another one to be shown; at once when there is one. Gives what ends that. */
  readonly onChange: (handler: (certificate: ServingCertificate) => void) => () => void;
  readonly start: () => void;
  /** True once the Secret, or its absence, has been seen. */
  readonly filled: () => Promise<boolean>;
  readonly stop: () => Promise<void>;
}

export interface WatchCertificateOptions extends ReflectorOptions {
  /** Called with every new fault, and with undefined when it is over. */
  readonly onFaultChange?: (fault: string | undefined) => void;
  /** What the clock on the wall says, in milliseconds. */
  readonly now?: () => number;
}

/** Follows the Secret with a server's certificate. It reads nothing else. */
export function watchCertificate(
  client: KubeClient,
  named: ObjectName,
  { onFaultChange, now = Date.now, ...options }: WatchCertificateOptions = {},
): WatchedCertificate {
  const secret = watchObject(client, resourceTypes.secret, named, { ...options, keep: secretData });
  const key = keyOf(named.namespace ?? '', named.name);
  const handlers = new Set<(certificate: ServingCertificate) => void>();
  let current: ServingCertificate | undefined;
  let fault: string | undefined = `the Secret ${key} has not been read yet`;

  const check = (): void => {
    const checked = checkSecret(secret.cache.get(key), now());
    const before = fault;
    fault = checked.fault === undefined ? undefined : `the Secret ${key}: ${checked.fault}`;
    if (fault !== before) onFaultChange?.(fault);
    const { serving } = checked;
    if (serving === undefined || (serving.cert === current?.cert && serving.key === current.key)) return;
    current = serving;
    for (const handler of handlers) notify(handler, serving);
  };
  // A server that refuses a certificate must not keep the others from hearing of it.
  const notify = (handler: (certificate: ServingCertificate) => void, serving: ServingCertificate): void => {
    try {
      handler(serving);
    } catch (error) {
      fault = `the Secret ${key}: ${describeError(error)}`;
      onFaultChange?.(fault);
    }
  };
  secret.subscribe(check);
  const filled = secret.filled().then((is) => {
    if (is) check();
    return is;
  });

  return {
    current: () => current,
    fault: () => fault ?? (current && outOfTime({ notBefore: 0, notAfter: current.notAfter.getTime() }, now())),
    onChange: (handler) => {
      const entry = (certificate: ServingCertificate): void => handler(certificate);
      handlers.add(entry);
      if (current !== undefined) notify(entry, current);
      return () => void handlers.delete(entry);
    },
    start: secret.start,
    filled: () => filled,
    stop: secret.stop,
  };
}

function checkSecret(
  data: ReadonlyMap<string, string> | undefined,
  now: number,
): { readonly serving?: ServingCertificate; readonly fault?: string } {
  if (data === undefined) return { fault: 'there is none' };
  const cert = data.get('tls.crt') ?? '';
  const key = data.get('tls.key') ?? '';
  const pair = pairOf(cert, key);
  if (pair.state === 'Missing') return { fault: 'it holds no certificate' };
  if (pair.state === 'Broken') return { fault: pair.why };
  const fault = outOfTime(pair.certificate, now);
  if (fault !== undefined) return { fault };
  return { serving: serving(cert, key, new Date(pair.certificate.notAfter)) };
}

function serving(cert: string, key: string, notAfter: Date): ServingCertificate {
  const shown = { cert, key, notAfter };
  return Object.defineProperty(shown, 'key', { value: key, enumerable: false });
}
