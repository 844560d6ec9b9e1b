import type { RawAnswer } from '../transport/call.js';
import { type Body, errorField, errorText } from './body.js';

/**
 * What an answer means for the thing that the call was about. `refused` and `broken` also cover lost races: whoever
 * creates something reads it again before believing them.
 */
export type Outcome =
  | 'done'
  | 'gone'
  | 'exists'
  | 'refused'
  | 'broken'
  | 'denied'
  | 'unauthenticated'
  | 'noRoute'
  | 'redirected'
  | 'limited'
  | 'unavailable'
  | 'odd';

const goneText =
  /Could not find robot|is not a team in org|does not belong to team|does not have permission for repo|No repository notification found|Organization does not exist/;

const existsText =
  /already exi(?:s)?ts|already a member|Existing robot with name|Existing policy|duplicate key value|has already been taken|Could not create repository/;

const byStatus: Readonly<Record<number, Outcome>> = {
  401: 'unauthenticated',
  402: 'refused',
  405: 'noRoute',
  409: 'exists',
  413: 'refused',
  429: 'limited',
  500: 'broken',
};

/** Sorts an answer by status, and by Quay's words where its status misleads. */
export function outcomeOf({ status }: RawAnswer, body: Body): Outcome {
  if (status >= 200 && status < 300) return success(body);
  if (status >= 300 && status < 400) return 'redirected';
  // A page cannot come from Quay's API: something in between, or the wrong port.
  if (status === 400) return body.kind === 'other' ? 'odd' : refusal(errorText(body));
  if (status === 403) return forbidden(body);
  // A page instead of JSON means that Quay has no such route, rather than no such thing.
  if (status === 404) return body.kind === 'json' ? 'gone' : 'noRoute';
  return byStatus[status] ?? (status > 500 ? 'unavailable' : 'odd');
}

function success(body: Body): Outcome {
  if (body.kind === 'other') return 'odd';
  return body.kind === 'json' && body.value === null ? 'gone' : 'done';
}

/** A bad token makes a writing call anonymous, and Quay then misses the token of a browser's form; a page is not Quay's. */
function forbidden(body: Body): Outcome {
  if (body.kind !== 'json') return 'odd';
  const anonymous = errorField(body, 'error') !== undefined || errorText(body).includes('CSRF');
  return anonymous ? 'unauthenticated' : 'denied';
}

function refusal(text: string): Outcome {
  if (goneText.test(text)) return 'gone';
  return existsText.test(text) ? 'exists' : 'refused';
}
