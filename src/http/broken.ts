import { firstLine } from './redact.js';

/** Why an exchange broke off before there was an answer. */
export type BrokenBy =
  /** The certificate of the other side is not trusted. */
  | 'certificate'
  /** The other side does not speak TLS on this port. */
  | 'plainOverTLS'
  /** The other side speaks TLS on this port, and was asked without. */
  | 'TLSOverPlain'
  /** What came is no HTTP, or more than is taken. */
  | 'unreadable'
  /** The connections were closed by ourselves. */
  | 'closed'
  | 'timeout'
  | 'network';

/** An exchange without an answer. */
export interface Broken {
  readonly by: BrokenBy;
  /** The request may have reached the other side. */
  readonly arrived: boolean;
  /** As Node or undici gives it; may be empty. */
  readonly code: string;
  /** Name and first line of what was thrown, without credentials. */
  readonly cause: Error;
}

const neverArrived = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const certificate =
  /^(?:ERR_TLS_CERT_ALTNAME_INVALID|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|ERR_SSL_.*CERT)/;

const plainOverTLS =
  /^(?:ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|ERR_SSL_UNKNOWN_PROTOCOL|ERR_SSL_HTTP_REQUEST|EPROTO)$/;

const timeouts = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT']);

/** What was thrown in the middle of an exchange with `origin`. */
export function brokenBy(origin: string, thrown: unknown): Broken {
  const foreign = readThrown(thrown);
  const { code } = foreign;
  const by = kindOf(origin, code);
  const neverSent = by === 'certificate' || by === 'plainOverTLS' || neverArrived.has(code);
  return { by, code, arrived: !neverSent, cause: slim(foreign) };
}

function kindOf(origin: string, code: string): BrokenBy {
  if (certificate.test(code)) return 'certificate';
  if (plainOverTLS.test(code)) return 'plainOverTLS';
  if (code === 'HPE_INVALID_CONSTANT' && origin.startsWith('http:')) return 'TLSOverPlain';
  if (code.startsWith('HPE_') || code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return 'unreadable';
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED') return 'closed';
  return timeouts.has(code) ? 'timeout' : 'network';
}

/** The parts of a foreign error that count; read by name, as it may come from another realm. */
interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly code: string;
}

/** A failed connection to several addresses holds one error for each: the first speaks for all. */
function readThrown(thrown: unknown): Thrown {
  if (typeof thrown !== 'object' || thrown === null) return { name: 'Error', message: String(thrown), code: '' };
  const field = (key: string): string => {
    const value: unknown = Reflect.get(thrown, key);
    return typeof value === 'string' ? value : '';
  };
  const inner = readBelow(Reflect.get(thrown, 'errors'), Reflect.get(thrown, 'cause'));
  const code = field('code') || inner.code;
  return { name: field('name'), message: field('message') || inner.message || code, code };
}

function readBelow(errors: unknown, cause: unknown): Thrown {
  const below: unknown = Array.isArray(errors) ? errors[0] : cause;
  return below === undefined || below === null ? { name: '', message: '', code: '' } : readThrown(below);
}

const longestReason = 300;

/**
 * Name and first line only: a parser's error carries the answer that it could not read. Behind a semicolon Node gives advice
 * about its own command line, and OpenSSL puts its reason between its own places.
 */
function slim({ name, message }: Thrown): Error {
  const [first = ''] = message.split(';', 1);
  const [, reason = first] = /:SSL routines:[^:]*:([^:]+):/.exec(first) ?? [];
  const copy = new Error(firstLine(reason, [], longestReason));
  copy.name = name;
  return copy;
}
