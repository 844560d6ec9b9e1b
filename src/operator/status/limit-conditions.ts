import { faultsAnnotation, leftOutStreamsAnnotation } from '../../api/index.js';
import { leftOutStreams } from '../../desired/index.js';
import { isReason } from '../../errors/index.js';
import { oneLine } from '../../text/index.js';
import { type NewCondition } from './conditions.js';

/** What an object says of itself to be left out, which is no fault of Quay's, nor anybody else's. */
export function limitConditions(annotations: Readonly<Record<string, string>>): readonly NewCondition[] {
  return [
    ...leftOutCondition(annotations[leftOutStreamsAnnotation] ?? ''),
    ...faultCondition(annotations[faultsAnnotation] ?? ''),
  ];
}

function leftOutCondition(amount: string): readonly NewCondition[] {
  // Somebody may have written the document.
  if (!/^\d{1,9}-of-\d{1,9}$/.test(amount)) return [];
  const { message, hint } = leftOutStreams(amount);
  return [
    { type: 'ImageStreamsLeftOut', status: 'True', reason: 'LimitExceeded', message: `${message}. ${hint ?? ''}` },
  ];
}

function faultCondition(text: string): readonly NewCondition[] {
  const [word = '', ...message] = text.slice(0, longest).split(': ');
  if (!isReason(word) || message.length === 0) return [];
  return [{ type: 'Incomplete', status: 'True', reason: word, message: oneLine(message.join(': ')) }];
}

/** Characters. */
const longest = 1_000;
