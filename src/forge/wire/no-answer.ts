import { type QuaysideError, RetryableError, TerminalError } from '../../errors/index.js';
import type { Broken } from '../../http/index.js';
import type { Proxy } from '../../proxy/index.js';
import type { Call } from './answer.js';

interface Way {
  readonly origin: string;
  readonly proxy: Proxy | undefined;
}

/** What a failure of the network, of TLS or of HTTP means to the reader. */
export function noAnswer(call: Call, { origin, proxy }: Way, { by, code, cause }: Broken): QuaysideError {
  const [route = ''] = call.path.split('?');
  const asked = `${call.method} ${route}`;
  if (by === 'certificate') {
    return new TerminalError(
      'TLSVerificationFailed',
      `${asked}: the certificate of ${origin} is not trusted (${cause.message})`,
      {
        hint: 'Put the CA that signed it under ca.crt into the Secret of the state repository; verification cannot be switched off.',
        cause,
      },
    );
  }
  if (by === 'plainOverTLS' || by === 'TLSOverPlain') {
    const speaks = by === 'plainOverTLS' ? 'does not speak TLS' : 'speaks nothing but TLS';
    return new TerminalError('ForgeUnknown', `${asked}: ${origin} ${speaks} on this port`, {
      hint: 'Check scheme and port of spec.git.forge.url, or of spec.git.url.',
      cause,
    });
  }
  if (proxy !== undefined && by !== 'closed') {
    return new RetryableError(
      'ForgeUnavailable',
      `${asked}: no way to ${origin} through the proxy ${proxy.shown} (${cause.message})`,
      {
        hint: `Check the proxy in ${proxy.variable}, or name the host in NO_PROXY.`,
        cause,
      },
    );
  }
  const what = by === 'timeout' ? 'did not answer in time' : `gave no answer (${cause.message})`;
  const isName = code === 'ENOTFOUND' || code === 'EAI_AGAIN';
  return new RetryableError('ForgeUnavailable', `${asked}: ${origin} ${what}`, {
    hint: isName
      ? 'Check the host name, and DNS where this runs.'
      : 'Check that the forge runs, and the network policies and firewalls on the way.',
    cause,
  });
}
