import { of } from './limit.js';

/** Where other people's words leave. */
export const outputLimits = of('texts of others', {
  pullRequestText: ['text of a pull request', 50_000, 'characters', 'cut at a line, with the number of those missing'],
  warningText: ['warning of the webhook', 256, 'characters', 'cut'],
  conditionText: ['message of a condition', 4_000, 'characters', 'cut'],
  eventNote: ['note of an Event', 1_024, 'bytes', 'cut'],
  logField: ['field in the log', 1_024, 'characters', 'cut, with its length'],
  logLine: ['line of the log', 16 * 1_024, 'characters', 'its fields are cut shorter'],
});
