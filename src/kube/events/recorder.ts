import { randomBytes } from 'node:crypto';
import { toError } from '../../errors/index.js';
import { failure, saysGone, succeeded } from '../client/answer.js';
import { type Answer, type Call } from '../client/call.js';
import { type KubeClient } from '../client/kube-client.js';
import { type Clock, systemClock } from '../../clock/index.js';
import { type Fields } from '../../json/index.js';
import { listPath, objectPath, resourceTypes } from '../resource-type.js';
import { createEventBook, type Entry, type EventBook, type EventInput } from './event-book.js';
import { eventObject, eventTime } from './event-object.js';

export interface RecorderOptions {
  /** Which controller speaks: `quayside.dev/operator`. */
  readonly controller: string;
  /** Which of its processes: the name of the pod. */
  readonly instance: string;
  /** An Event that was not written, and why. */
  readonly onLost?: (input: EventInput | undefined, why: Error) => void;
  readonly clock?: Clock;
  readonly wallClock?: () => Date;
}

/** Writes Events. It never throws, never waits, and never holds up who calls it. */
export interface EventRecorder {
  readonly record: (input: EventInput) => void;
  /** Writes what is waiting, and takes nothing in any more. */
  readonly stop: () => Promise<void>;
}

const type = resourceTypes.event;
const resource = 'events.events.k8s.io';
const longestQueue = 500;
const flushEvery = 30_000;

/** A recorder that writes one Event at a time; what happens again is counted in the Event that is there. */
export function createEventRecorder(client: Pick<KubeClient, 'call'>, options: RecorderOptions): EventRecorder {
  const { clock = systemClock, onLost = () => undefined } = options;
  const book = createEventBook();
  const write = createWriter(client, book, options);
  const waiting: WrittenEntry[] = [];
  let writing: Promise<void> | undefined;
  let callOff: (() => void) | undefined;
  let open = true;

  const drain = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await write(next);
    writing = undefined;
  };
  const enqueue = (entry: Entry): void => {
    if (entry.kind === 'Later') return schedule();
    if (entry.kind === 'Drop') return;
    if (waiting.length >= longestQueue) {
      book.forget(entry.id);
      return onLost(entry.kind === 'Create' ? entry.input : undefined, new Error('too many events are waiting'));
    }
    waiting.push(entry);
    writing ??= drain();
  };
  const flush = (): void => {
    callOff = undefined;
    book.due(clock.now()).forEach(enqueue);
  };
  const schedule = (): void => void (callOff ??= clock.after(flushEvery * 2, flush));

  return {
    record: (input) => {
      if (!open) return;
      const entry = book.note(input, clock.now());
      if (entry.kind === 'Drop') onLost(input, new Error('too many events at once'));
      enqueue(entry);
    },
    stop: async () => {
      open = false;
      callOff?.();
      await writing;
    },
  };
}

/** Writes one entry: a new Event, or the count of one that is there. */
function createWriter(
  client: Pick<KubeClient, 'call'>,
  book: Pick<EventBook, 'forget'>,
  options: RecorderOptions,
): (entry: WrittenEntry) => Promise<void> {
  const { wallClock = () => new Date(), onLost = () => undefined } = options;
  const written = new Map<string, Written>();
  const send = async (call: Call): Promise<Answer | Error> =>
    client.call({ ...call, milliseconds: 10_000 }).catch(toError);
  const create = async ({ id, input }: Extract<WrittenEntry, { kind: 'Create' }>): Promise<void> => {
    const namespace = input.regarding.namespace ?? 'default';
    const name = `${input.regarding.name.slice(0, 200)}.${randomBytes(8).toString('hex')}`;
    const body = eventObject(input, { ...options, namespace, name, at: wallClock() });
    const call: Call = { verb: 'create', resource, path: listPath(type, namespace), body };
    const answer = await send(call);
    if (!(answer instanceof Error) && succeeded(answer)) return void written.set(id, { namespace, name });
    book.forget(id);
    onLost(input, answer instanceof Error ? answer : failure(call, answer));
  };
  const count = async (entry: Extract<WrittenEntry, { kind: 'Count' }>): Promise<void> => {
    const named = written.get(entry.id);
    if (named === undefined) return book.forget(entry.id);
    const series: Fields = { count: entry.count, lastObservedTime: eventTime(wallClock()) };
    const path = objectPath(type, named);
    const contentType = 'application/merge-patch+json';
    const call: Call = { verb: 'patch', resource, path, body: { series }, contentType };
    const answer = await send(call);
    if (answer instanceof Error) return onLost(undefined, answer);
    if (succeeded(answer)) return;
    // Events live for an hour; the next time makes a new one.
    written.delete(entry.id);
    book.forget(entry.id);
    if (!saysGone(answer)) onLost(undefined, failure(call, answer));
  };
  return (entry) => (entry.kind === 'Create' ? create(entry) : count(entry));
}

type WrittenEntry = Extract<Entry, { kind: 'Create' | 'Count' }>;

interface Written {
  readonly namespace: string;
  readonly name: string;
}
