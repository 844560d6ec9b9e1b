import { type QuaysideError, RetryableError, TerminalError } from '../../errors/index.js';
import type { Proxy } from '../../proxy/index.js';
import type { Call } from './call.js';
import { redact } from './redact.js';

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

/** No answer came: whether the call can have reached Quay, and the error to show if it is not repeated. */
export interface NoAnswer {
  readonly arrived: boolean;
  /** Nothing can be sent any more. */
  readonly closed?: boolean;
  readonly error: QuaysideError;
}

/** Where a call goes, and through what. */
export interface Way {
  readonly origin: string;
  readonly proxy?: Proxy | undefined;
}

/** What a failure of the network, of TLS or of HTTP means to the reader. */
export function noAnswer(call: Call, { origin, proxy }: Way, thrown: unknown): NoAnswer {
  const foreign = readThrown(thrown);
  const { code } = foreign;
  const asked = `${call.method} ${call.path}`;
  const cause = slim(foreign);
  if (certificate.test(code)) {
    return { arrived: false, error: untrusted(asked, origin, cause) };
  }
  if (plainOverTLS.test(code)) {
    return {
      arrived: false,
      error: wrongScheme(
        `${asked}: ${origin} does not speak TLS on this port`,
        'http:// and insecureRegistry: true',
        cause,
      ),
    };
  }
  if (code === 'HPE_INVALID_CONSTANT' && origin.startsWith('http:')) {
    return {
      arrived: true,
      error: wrongScheme(`${asked}: ${origin} does not speak plain HTTP on this port`, 'https://', cause),
    };
  }
  if (code.startsWith('HPE_') || code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return { arrived: true, error: unreadable(asked, cause) };
  }
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED') {
    return {
      arrived: true,
      closed: true,
      error: new RetryableError('QuayUnreachable', `${asked}: stopped by ourselves`),
    };
  }
  if (proxy !== undefined) return lostOnTheWay(asked, { origin, proxy }, { code, cause });
  const what = timeouts.has(code) ? 'did not answer in time' : `gave no answer (${cause.message})`;
  return {
    arrived: !neverArrived.has(code),
    error: new RetryableError('QuayUnreachable', `${asked}: ${origin} ${what}`, {
      hint: unreachableHint(code, origin),
      cause,
    }),
  };
}

const tunnelRefused = /^Proxy response \((\d+)\)/;

/** It may be the proxy that is not there, or that does not let us through. */
function lostOnTheWay(
  asked: string,
  { origin, proxy }: Required<Way> & { readonly proxy: Proxy },
  { code, cause }: { readonly code: string; readonly cause: Error },
): NoAnswer {
  const [, status] = tunnelRefused.exec(cause.message) ?? [];
  const why = status === undefined ? cause.message : `it answered ${status}`;
  const [host = origin] = origin.replace(/^\w+:\/\//, '').split(/:\d+$/);
  const login = status === '407' ? 'Put user:password@ in front of its host' : 'Check the proxy';
  return {
    arrived: status === undefined && !neverArrived.has(code),
    error: new RetryableError(
      'QuayUnreachable',
      `${asked}: no way to ${origin} through the proxy ${proxy.shown} (${why})`,
      {
        hint: `${login} in ${proxy.variable}, or name ${host} in NO_PROXY.`,
        cause,
      },
    ),
  };
}

function untrusted(asked: string, origin: string, cause: Error): TerminalError {
  return new TerminalError(
    'TLSVerificationFailed',
    `${asked}: the certificate of ${origin} is not trusted (${cause.message})`,
    {
      hint: "Let certificateAuthority name the CA that signed Quay's certificate, and let quayHostname be a name in it.",
      cause,
    },
  );
}

function unreadable(asked: string, cause: Error): RetryableError {
  return new RetryableError('UnexpectedAnswer', `${asked}: the answer cannot be read (${cause.message})`, {
    hint: 'Check that the address is that of a Quay, and that nothing in between changes its answers.',
    cause,
  });
}

function wrongScheme(message: string, scheme: string, cause: Error): TerminalError {
  return new TerminalError('InvalidHostname', message, {
    hint: `Check the port, or write the address with ${scheme}.`,
    cause,
  });
}

function unreachableHint(code: string, origin: string): string {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'Check the host name, and DNS where this runs.';
  if (code === 'ECONNREFUSED') return 'Check host and port, and whether Quay runs.';
  if (origin.startsWith('http:') && (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET')) {
    return 'Check whether Quay runs; if it speaks TLS on this port, write the address with https://.';
  }
  return 'Check whether Quay runs, and whether a network policy or a firewall is in between.';
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

/**
 * Name and first line only: a parser's error carries the answer that it could not read. Behind a semicolon Node gives advice
 * about its own command line, and OpenSSL puts its reason between its own places.
 */
function slim({ name, message }: Thrown): Error {
  const [first = ''] = message.split(';', 1);
  const [, reason = first] = /:SSL routines:[^:]*:([^:]+):/.exec(first) ?? [];
  const copy = new Error(redact(reason, []));
  copy.name = name;
  return copy;
}
