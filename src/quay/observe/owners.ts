import { asked } from '../answer/failure.js';
import { listIn, objectOf, textIn } from '../answer/fields.js';
import type { Reading } from './context.js';

/** The direct members of the team `owners`, without those only invited. */
export async function readOwners({
  ask,
  calls,
  names,
}: Pick<Reading, 'ask' | 'calls' | 'names'>): Promise<readonly string[]> {
  const call = calls.organization('GET', '/team/{team}/members', ['owners']);
  const source = asked(call);
  const answer = await ask.find(call);
  if (answer === undefined) return [];
  return listIn(objectOf(answer, source, 'the team'), 'members', source)
    .map((entry) => names.member(textIn(objectOf(entry, source, 'a member'), 'name', source)))
    .sort();
}
