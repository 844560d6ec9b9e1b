import type { Reply } from '../../proxy/serve.js';

const codes = { BadRequest: 400, NotFound: 404, Conflict: 409, Invalid: 422, InternalError: 500 } as const;

/** An answer that something cannot be done, as a Kubernetes Status. */
export function refusal(reason: keyof typeof codes, message: string): Reply {
  const code = codes[reason];
  const body = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
  return { status: code, body };
}
