import { type QuaysideError, RetryableError } from '../../errors/index.js';
import { asked } from '../answer/failure.js';
import type { Ask, Reply } from '../ask.js';
import type { Call } from '../transport/call.js';
import type { Applied } from './context.js';

/** Makes a call that takes something away; gone already is just as good. */
export async function remove(ask: Ask, call: Call): Promise<void> {
  const reply = await ask.request(call);
  if (reply.outcome !== 'done' && reply.outcome !== 'gone') throw reply.error();
}

/**
 * Creates a thing. Quay says in many words that it is there already, and says other things to those that lost a race: so any refusal is
 * checked against what is there now, and what is there now has to be what is wanted.
 */
export async function create(ask: Ask, call: Call, isThere: () => Promise<boolean>): Promise<Applied> {
  const reply = await ask.request(call);
  if (reply.outcome === 'done') return {};
  if (await isThere()) return { wasThere: wasThere(reply) };
  throw reply.outcome === 'exists' ? new AlreadyThere(call, reply.error()) : reply.error();
}

/** Whether somebody else made it: an earlier try of our own did not. */
export function wasThere({ outcome, repeated }: Reply): boolean {
  return outcome === 'exists' && !repeated;
}

/** What was to be made had been made by somebody else, and not as it is wanted. */
export class AlreadyThere extends RetryableError {
  constructor(call: Call, cause: QuaysideError) {
    super('QuayRefused', `${cause.message}; what is there is not what is wanted`, {
      hint: `It appeared since Quay was last read (${asked(call)}); Quay is read again.`,
    });
  }
}

const tries = 3;

/**
 * Creates a thing of which Quay would make a second one without a word: when it is not clear whether a try arrived, the list is read
 * before the next one.
 */
export async function createOnce(ask: Ask, call: Call, isThere: () => Promise<boolean>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const error = await tryOnce(ask, { ...call, repeat: false });
    if (error === undefined || (await isThere())) return;
    if (!error.retryable || attempt === tries) throw error;
  }
}

async function tryOnce(ask: Ask, call: Call): Promise<QuaysideError | undefined> {
  try {
    const reply = await ask.request(call);
    return reply.outcome === 'done' ? undefined : reply.error();
  } catch (error) {
    if (error instanceof RetryableError && error.code !== 'RateLimited') return error;
    throw error;
  }
}
