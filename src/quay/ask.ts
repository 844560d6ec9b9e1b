import { type Body, bodyOf } from './answer/body.js';
import type { Failed } from './answer/failed.js';
import { failure } from './answer/failure.js';
import { asked } from './answer/failure.js';
import { unexpected } from './answer/fields.js';
import { type Outcome, outcomeOf } from './answer/outcome.js';
import type { QuaysideError } from '../errors/index.js';
import type { Call } from './transport/call.js';
import type { Transport } from './transport/transport.js';

/** What an apply step may decide on by itself; everything else is thrown. */
export type FinalOutcome = Extract<Outcome, 'done' | 'gone' | 'exists' | 'refused' | 'broken'>;

/** An answer, sorted. */
export interface Reply {
  readonly outcome: FinalOutcome;
  readonly body: Body;
  /** An earlier try of the same call may have reached Quay. */
  readonly repeated: boolean;
  /** When Quay answered, by its own clock. */
  readonly date?: string | undefined;
  /** The error to throw when the outcome is not good enough. */
  readonly error: () => QuaysideError;
}

/** The calls that everything else is made of. */
export interface Ask {
  /** Makes a call; throws what no step can decide: token, permission, feature, rate, network. */
  readonly request: (call: Call) => Promise<Reply>;
  /** Makes a call that has to succeed. */
  readonly must: (call: Call) => Promise<Reply>;
  /** The JSON that a GET answers. */
  readonly read: (call: Call) => Promise<unknown>;
  /** The same, or `undefined` when the thing is not there. */
  readonly find: (call: Call) => Promise<unknown>;
}

/** Turns the error of a denied call into one that says why; may ask Quay more. */
export type Explain = (failed: Failed) => Promise<QuaysideError>;

const finalOutcomes: ReadonlySet<Outcome> = new Set([
  'done',
  'gone',
  'exists',
  'refused',
  'broken',
] satisfies FinalOutcome[]);

function isFinal(outcome: Outcome): outcome is FinalOutcome {
  return finalOutcomes.has(outcome);
}

/** Asks over a transport; `secrets` are kept out of every message. */
export function asking(transport: Transport, secrets: () => readonly string[], explain: Explain): Ask {
  const request = async (call: Call): Promise<Reply> => {
    const answer = await transport.send(call);
    const body = bodyOf(answer.text);
    const outcome = outcomeOf(answer, body);
    const failed = (): Failed => ({
      call,
      answer,
      body,
      outcome,
      origin: transport.origin,
      secrets: secrets(),
    });
    if (isFinal(outcome))
      return { outcome, body, repeated: answer.repeated, date: answer.date, error: () => failure(failed()) };
    throw outcome === 'denied' ? await explain(failed()) : failure(failed());
  };
  const must = async (call: Call): Promise<Reply> => {
    const reply = await request(call);
    if (reply.outcome !== 'done') throw reply.error();
    return reply;
  };
  const find = async (call: Call): Promise<unknown> => {
    const reply = await request(call);
    if (reply.outcome === 'gone') return undefined;
    if (reply.outcome !== 'done') throw reply.error();
    if (reply.body.kind !== 'json') throw unexpected(asked(call), 'it holds no JSON');
    return reply.body.value;
  };
  const read = async (call: Call): Promise<unknown> => {
    const reply = await must(call);
    if (reply.body.kind !== 'json') throw unexpected(asked(call), 'it holds no JSON');
    return reply.body.value;
  };
  return { request, must, read, find };
}
