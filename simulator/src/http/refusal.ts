/** The error types that an E1 body names, with their status codes. */
export type ErrorType =
  'invalid_request' | 'invalid_token' | 'insufficient_scope' | 'not_found' | 'tag_immutable' | 'exceeds_license';

/** What went wrong, before it is put into one of Quay's error shapes. */
export type Problem =
  | {
      readonly shape: 'E1';
      readonly type: ErrorType;
      readonly message: string;
      readonly extra?: Readonly<Record<string, unknown>>;
    }
  | { readonly shape: 'E2' | 'E4'; readonly status: number; readonly message: unknown }
  | { readonly shape: 'E3'; readonly status: number; readonly message: string }
  | { readonly shape: 'E5' };

/** Leaves a handler with an error answer: it is an answer of the simulated server, not a failure of ours. */
export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.shape);
  }
}

/** 400 with a reason, raised on purpose (E1). */
export function invalidRequest(message: string): Refusal {
  return new Refusal({ shape: 'E1', type: 'invalid_request', message });
}

/** 404 of a missing object (E1). */
export function notFound(): Refusal {
  return new Refusal({ shape: 'E1', type: 'not_found', message: 'Not Found' });
}

/** 401 of a call without a user (E1). */
export function unauthenticated(extra?: Readonly<Record<string, unknown>>): Refusal {
  return new Refusal({
    shape: 'E1',
    type: 'invalid_token',
    message: 'Requires authentication',
    ...(extra && { extra }),
  });
}

/** 403 of a call with too few rights (E1). */
export function forbidden(): Refusal {
  return new Refusal({ shape: 'E1', type: 'insufficient_scope', message: 'Unauthorized' });
}

/** 409 of a tag that may not change (E1). */
export function immutableTag(message: string): Refusal {
  return new Refusal({ shape: 'E1', type: 'tag_immutable', message });
}

/** 400 raised in the data layer (E2); the message is not always a string. */
export function dataError(message: unknown, status = 400): Refusal {
  return new Refusal({ shape: 'E2', status, message });
}

/** An error with nothing but a detail (E4). */
export function detail(message: string, status = 400): Refusal {
  return new Refusal({ shape: 'E4', status, message });
}

/** JSON labelled as HTML (E3), from the guards around every call. */
export function guarded(message: string, status: number): Refusal {
  return new Refusal({ shape: 'E3', status, message });
}

/** 500: an unguarded lookup of the real server. */
export function crash(): Refusal {
  return new Refusal({ shape: 'E5' });
}
