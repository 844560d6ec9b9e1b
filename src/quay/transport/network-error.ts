import { type QuaysideError, RetryableError, TerminalError } from '../../errors/index.js';
import { type Broken, brokenBy } from '../../http/index.js';
import type { Proxy } from '../../proxy/index.js';
import type { Call } from './call.js';

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
  const { by, arrived, code, cause } = brokenBy(origin, thrown);
  const asked = `${call.method} ${call.path}`;
  if (by === 'certificate') return { arrived, error: untrusted(asked, origin, cause) };
  if (by === 'plainOverTLS') {
    const message = `${asked}: ${origin} does not speak TLS on this port`;
    return { arrived, error: wrongScheme(message, 'http:// and insecureRegistry: true', cause) };
  }
  if (by === 'TLSOverPlain') {
    const message = `${asked}: ${origin} does not speak plain HTTP on this port`;
    return { arrived, error: wrongScheme(message, 'https://', cause) };
  }
  if (by === 'unreadable') return { arrived, error: unreadable(asked, cause) };
  if (by === 'closed') {
    return { arrived, closed: true, error: new RetryableError('QuayUnreachable', `${asked}: stopped by ourselves`) };
  }
  if (proxy !== undefined) return lostOnTheWay(asked, { origin, proxy }, { arrived, cause });
  const what = by === 'timeout' ? 'did not answer in time' : `gave no answer (${cause.message})`;
  return {
    arrived,
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
  { arrived, cause }: Pick<Broken, 'arrived' | 'cause'>,
): NoAnswer {
  const [, status] = tunnelRefused.exec(cause.message) ?? [];
  const why = status === undefined ? cause.message : `it answered ${status}`;
  const [host = origin] = origin.replace(/^\w+:\/\//, '').split(/:\d+$/);
  const login = status === '407' ? 'Put user:password@ in front of its host' : 'Check the proxy';
  return {
    arrived: status === undefined && arrived,
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
