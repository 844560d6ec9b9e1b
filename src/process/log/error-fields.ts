import { types } from 'node:util';

const longestChain = 8;

/** Whether something thrown is an error, also one of another realm. */
export function isError(thrown: unknown): thrown is Error {
  return thrown instanceof Error || types.isNativeError(thrown);
}

/** What of an error and of those underneath it belongs into a line of the log; nothing else that hangs on them does. */
export function errorFields(
  error: Error,
  options: { readonly stack: boolean },
  seen: readonly unknown[] = [],
): Record<string, unknown> {
  const { name, message } = error;
  const { code, hint, retryable } = error as { code?: unknown; hint?: unknown; retryable?: unknown };
  const deeper = (thrown: unknown): unknown => {
    if (!isError(thrown)) return typeof thrown === 'string' ? thrown : undefined;
    if (seen.includes(thrown) || thrown === error || seen.length >= longestChain) return undefined;
    return errorFields(thrown, options, [...seen, error]);
  };
  return {
    type: name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    message,
    ...(typeof hint === 'string' ? { hint } : {}),
    ...(typeof retryable === 'boolean' ? { retryable } : {}),
    ...(options.stack ? { stack: error.stack } : {}),
    ...(error.cause === undefined ? {} : { cause: deeper(error.cause) }),
    ...(error instanceof AggregateError ? { errors: error.errors.slice(0, longestChain).map(deeper) } : {}),
  };
}
