export { backoff, type Backoff } from './backoff.js';
export { type Clock, systemClock } from './clock.js';
export { sleep } from './sleep.js';
export { untilAborted } from './until-aborted.js';
