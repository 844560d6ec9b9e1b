import { type QuaysideError, RetryableError } from '../../errors/index.js';
import { redact } from '../transport/redact.js';
import { errorText } from './body.js';
import type { Failed } from './failed.js';
import type { Outcome } from './outcome.js';

/** What every Quay answers: none can say of these that they are not there, or that they are elsewhere. */
const everywhere: ReadonlySet<string> = new Set(['/config', '/api/v1/discovery', '/api/v1/user/']);
const strange: ReadonlySet<Outcome> = new Set(['gone', 'noRoute', 'redirected', 'odd'] satisfies Outcome[]);

/** The error for an answer that no Quay gives, with what came instead; none for an answer that one may give. */
export function foreignAnswer(failed: Failed): QuaysideError | undefined {
  const { call, answer, outcome, origin } = failed;
  if (!everywhere.has(call.path) || !strange.has(outcome)) return undefined;
  // JSON that was cut on its way may well be Quay's.
  if (outcome === 'odd' && answer.contentType.includes('json')) return undefined;
  const message = `${call.method} ${call.path}: is ${origin} a Quay? It answered status ${whatCame(failed)}`;
  return new RetryableError('UnexpectedAnswer', message, {
    hint: 'Check that the address is that of a Quay, and that nothing in between, such as a login page, answers for it.',
  });
}

function whatCame({ answer, body, origin, secrets }: Failed): string {
  const { status, contentType, text, location } = answer;
  if (status >= 300 && status < 400) {
    const target = URL.parse(location ?? '', origin);
    // What comes after the path may carry a state or a code.
    return `${status}, a redirect to ${target === null ? 'nowhere' : redact(target.origin + target.pathname, secrets)}`;
  }
  if (body.kind === 'json') {
    const words = redact(errorText(body), secrets);
    return `${status}, JSON that is not Quay's${words === '' ? '' : `: ${words}`}`;
  }
  const title = /<title[^>]{0,200}>([^<]{1,200})</i.exec(text)?.[1]?.trim() ?? '';
  const kind = contentType === '' ? 'without a type' : contentType;
  return `${status}, ${kind}${title === '' ? '' : `, a page with the title ${JSON.stringify(redact(title, secrets))}`}`;
}
