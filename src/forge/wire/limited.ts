import { retryAfterSeconds } from '../../http/index.js';
import type { Answer } from './answer.js';
import { wordsIn } from './words.js';

const unlessSaid = 60;
const longest = 24 * 3600;

/** For how many seconds a forge wants to be left alone; undefined when it does not. */
export function limited(answer: Answer, now: number): number | undefined {
  const { status, headers } = answer;
  const asked = retryAfterSeconds(headers['retry-after'], new Date(now));
  const isUsedUp = headers['x-ratelimit-remaining'] === '0';
  const isRefusal = status === 429 || status === 403;
  if (status === 503 && asked !== undefined) return Math.min(asked, longest);
  if (!isRefusal) return undefined;
  const isTooFast = /secondary rate|abuse detection|rate limit exceeded/i.test(wordsIn(answer.json, []));
  if (status === 403 && !isUsedUp && !isTooFast && asked === undefined) return undefined;
  const reset = isUsedUp
    ? secondsUntil(headers['x-ratelimit-reset'], now)
    : secondsUntil(headers['ratelimit-reset'], now);
  return Math.min(asked ?? reset ?? unlessSaid, longest);
}

/** A header with seconds since 1970. */
function secondsUntil(header: string | undefined, now: number): number | undefined {
  return header !== undefined && /^\d+$/.test(header) ? Math.max(1, Math.ceil(Number(header) - now / 1000)) : undefined;
}
