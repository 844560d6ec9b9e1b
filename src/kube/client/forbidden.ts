import { type QuaysideError, RefusedError, RetryableError, TerminalError } from '../../errors/index.js';
import { textOf } from '../../json/index.js';
import { type Answer, type Call } from './call.js';

// RBAC's own sentences, as the API server words them since Kubernetes 1.11; the name of an object cannot hold a quotation mark.
const missingRight = /^(?:\S+ (?:"[^"]*" )?is )?forbidden: User ".*" cannot /s;
const escalation = /^\S+ "[^"]*" is forbidden: user ".*" \(groups=.*\) is attempting to grant RBAC permissions/s;
const quota = /^\S+ "[^"]*" is forbidden: (?:exceeded quota: |status unknown for quota: )([^\s,]+),/;
const policy =
  /(?:^|: )(?:ValidatingAdmissionPolicy '[^']*' with binding|admission webhook "[^"]*" denied the request)/;

/** What the API server means by a 403, and by a 400 or 422 of an admission policy; undefined for an answer of another kind. */
export function forbidden({ verb, resource }: Call, { status, body, retryAfter }: Answer): QuaysideError | undefined {
  const said = textOf(body.message);
  if (status !== 403) return said !== undefined && policy.test(said) ? refused(said) : undefined;
  const what = `${verb} ${resource}`;
  if (body.kind !== 'Status' || said === undefined) return notFromServer(what, said);
  if (missingRight.test(said) || escalation.test(said)) {
    return new TerminalError('ClusterAccessForbidden', said, { hint: `Give this account the right to ${what}.` });
  }
  const [, name] = quota.exec(said) ?? [];
  if (name !== undefined) {
    return new RetryableError('QuotaExceeded', said, {
      hint: `Raise the quota ${name}, or delete what the namespace no longer needs; it is tried again by itself.`,
      ...(retryAfter !== undefined && { retryAfter }),
    });
  }
  return refused(said);
}

/** Only this object is refused: the next may well be taken. */
function refused(said: string): RefusedError {
  return new RefusedError('RefusedByPolicy', said, {
    hint: 'Ask who administers the admission policies of this cluster for an exception.',
  });
}

function notFromServer(what: string, said: string | undefined): TerminalError {
  const words = said === undefined ? '' : `, ${said}`;
  return new TerminalError(
    'ClusterAnswerUnexpected',
    `cannot ${what}: 403 came without the API server's words${words}`,
    {
      hint: 'Check whether a proxy or a firewall stands between here and the API server.',
    },
  );
}
