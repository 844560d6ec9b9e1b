import { type Fields } from '../fields.js';
import { resourceTypes } from '../resource-type.js';
import { type Notice } from './event-book.js';

/** Who writes an Event, when and where. */
export interface Authorship {
  readonly controller: string;
  readonly instance: string;
  readonly namespace: string;
  readonly name: string;
  readonly at: Date;
}

// The API server refuses longer ones.
const longestNote = 1_024;
const longestWord = 128;

/** The Event of a notice. */
export function eventObject(notice: Notice, { controller, instance, namespace, name, at }: Authorship): Fields {
  const { apiVersion, kind } = resourceTypes.event;
  return {
    apiVersion,
    kind,
    metadata: { namespace, name },
    eventTime: eventTime(at),
    reportingController: controller,
    reportingInstance: instance.slice(0, longestWord),
    type: notice.type,
    reason: notice.reason.slice(0, longestWord),
    action: notice.action.slice(0, longestWord),
    regarding: notice.regarding,
    note: shortened(notice.note),
  };
}

/** As the API writes it, with six digits behind the second. */
export function eventTime(at: Date): string {
  return at.toISOString().replace('Z', '000Z');
}

/** The note within the length that is allowed, which counts bytes. */
function shortened(note: string): string {
  if (Buffer.byteLength(note) <= longestNote) return note;
  const cut = Buffer.from(note)
    .subarray(0, longestNote - 3)
    .toString('utf8');
  return `${cut.replace(/\uFFFD{1,3}$/, '')}…`;
}
