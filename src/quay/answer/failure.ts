import { type QuaysideError, RetryableError, TerminalError } from '../../errors/index.js';
import { retryAfterSeconds } from '../../http/index.js';
import type { Call } from '../transport/call.js';
import { redact } from '../transport/redact.js';
import { errorText } from './body.js';
import type { Failed } from './failed.js';
import { unexpected } from './fields.js';
import { foreignAnswer } from './foreign.js';
import type { Outcome } from './outcome.js';

/** `PUT /api/v1/...`: how every message names a call. */
export function asked(call: Call): string {
  return `${call.method} ${call.path}`;
}

const makers: Readonly<Record<Outcome, (failed: Failed) => QuaysideError>> = {
  unauthenticated: tokenRejected,
  refused,
  redirected,
  denied: (failed) =>
    new TerminalError('PermissionDenied', said(failed), { hint: "Check what the token's owner may do in Quay." }),
  gone: (failed) =>
    foreignAnswer(failed) ??
    new RetryableError('QuayRefused', said(failed), { hint: 'It was there a moment ago; Quay is read again.' }),
  exists: (failed) =>
    new RetryableError('QuayRefused', said(failed), { hint: 'It was not there a moment ago; Quay is read again.' }),
  noRoute,
  limited: (failed) =>
    new RetryableError('RateLimited', `${said(failed)}${pauseAsked(failed)}`, {
      hint: 'Quay, or the proxy before it, limits calls per second: try again later, or raise the limit.',
      retryAfter: retryAfterSeconds(failed.answer.retryAfter, new Date()),
    }),
  broken: (failed) =>
    new RetryableError('QuayUnavailable', said(failed), {
      hint: "Check Quay's log. A token that carries no known scope makes Quay answer 500 to everything.",
    }),
  unavailable: (failed) =>
    new RetryableError('QuayUnavailable', said(failed), {
      hint: failed.answer.text.includes('"is_readonly"')
        ? 'The registry is read-only at the moment.'
        : 'Quay or the proxy before it cannot serve at the moment.',
    }),
  odd: odd,
  done: odd,
};

/** The error for an answer: what was asked, what Quay said, what to do. */
export function failure(failed: Failed): QuaysideError {
  return makers[failed.outcome](failed);
}

/** What was asked and what Quay said, in its own words but without credentials. */
export function said({ call, answer, body, secrets }: Failed): string {
  const words = redact(errorText(body), secrets);
  return `${asked(call)}: Quay answered ${answer.status}${words === '' ? '' : `: ${words}`}`;
}

function pauseAsked({ answer }: Failed): string {
  const seconds = retryAfterSeconds(answer.retryAfter, new Date());
  return seconds === undefined ? '' : `, and asks to wait ${Math.ceil(seconds)} s`;
}

function tokenRejected(failed: Failed): TerminalError {
  return new TerminalError('TokenRejected', `${said(failed)}, so it does not accept the token`, {
    hint: 'The token is wrong, expired or revoked, or its owner is disabled: make a new one and put it where this one is.',
  });
}

function refused(failed: Failed): QuaysideError {
  // The name of a deleted organization is blocked until Quay has cleaned up behind it.
  if (errorText(failed.body).includes('is not available')) {
    return new RetryableError('QuayRefused', said(failed), {
      hint: 'Quay is still deleting an organization of this name; it works once that is done.',
    });
  }
  return new TerminalError('QuayRefused', said(failed));
}

/** Quay redirects a path that it does not know to the same with a slash; a redirect to the same elsewhere is a new address. */
function redirected(failed: Failed): QuaysideError {
  const { origin, answer, call } = failed;
  const target = URL.parse(answer.location ?? '', origin);
  const [path = ''] = call.path.split('?', 1);
  if (target === null || target.origin === origin || target.pathname === `${path}/`) return noRoute(failed);
  const foreign = target.pathname === path ? undefined : foreignAnswer(failed);
  if (foreign !== undefined) return foreign;
  return new TerminalError('InvalidHostname', `${asked(call)}: ${origin} redirects to ${target.origin}`, {
    hint: `Write the address as ${target.origin}.`,
  });
}

const gated = /quota|autoprune|immutability|mirror|proxycache|syncing|notification|federation|superuser/;

function noRoute(failed: Failed): QuaysideError {
  if (!gated.test(failed.call.route)) return odd(failed);
  return new TerminalError('FeatureDisabled', `${said(failed)}, as it does to what it does not know`, {
    hint: 'Switch the feature on in the configuration of Quay, or use a version that has it.',
  });
}

function odd(failed: Failed): QuaysideError {
  const { call, answer, origin } = failed;
  if (answer.status === 400 && origin.startsWith('http:') && /HTTPS/i.test(answer.text)) {
    return new TerminalError('InvalidHostname', `${asked(call)}: ${origin} does not speak plain HTTP on this port`, {
      hint: 'Check the port, or write the address with https://.',
    });
  }
  const kind = answer.contentType === '' ? 'without a type' : answer.contentType;
  return foreignAnswer(failed) ?? unexpected(asked(call), `status ${answer.status}, ${kind}`);
}

/** Whether Quay refused to create an organization only because it wants an e-mail address: worth a try with one. */
export function asksForEmail(error: unknown): boolean {
  return (
    error instanceof TerminalError && error.code === 'QuayRefused' && /e-?mail address is required/i.test(error.message)
  );
}
