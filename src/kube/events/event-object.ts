import { type Fields } from '../../json/index.js';
import { limits } from '../../limits/index.js';
import { printable } from '../../text/index.js';
import { resourceTypes } from '../resource-type.js';
import { type EventInput } from './event-book.js';

/** Who writes an Event, when and where. */
export interface Authorship {
  readonly controller: string;
  readonly instance: string;
  readonly namespace: string;
  readonly name: string;
  readonly at: Date;
}

// The API server refuses longer ones.
const longestWord = 128;

/** The Event object for the given input. */
export function eventObject(input: EventInput, { controller, instance, namespace, name, at }: Authorship): Fields {
  const { apiVersion, kind } = resourceTypes.event;
  return {
    apiVersion,
    kind,
    metadata: { namespace, name },
    eventTime: eventTime(at),
    reportingController: controller,
    reportingInstance: instance.slice(0, longestWord),
    type: input.type,
    reason: input.reason.slice(0, longestWord),
    action: input.action.slice(0, longestWord),
    regarding: input.regarding,
    note: shortened(printable(input.note)),
  };
}

/** As the API writes it, with six digits behind the second. */
export function eventTime(at: Date): string {
  return at.toISOString().replace('Z', '000Z');
}

/** The note within the length that is allowed, which counts bytes. */
function shortened(note: string): string {
  if (Buffer.byteLength(note) <= limits.eventNote) return note;
  const cut = Buffer.from(note)
    .subarray(0, limits.eventNote - 3)
    .toString('utf8');
  return `${cut.replace(/\uFFFD{1,3}$/, '')}…`;
}
