import { leftOutStreamsAnnotation } from '../../api/index.js';
import { leftOutStreams } from '../../desired/index.js';
import { type NewCondition } from './conditions.js';

/** What an object says of itself to be left out, which is no fault of Quay's, nor anybody else's. */
export function limitConditions(annotations: Readonly<Record<string, string>>): readonly NewCondition[] {
  const amount = annotations[leftOutStreamsAnnotation] ?? '';
  // Somebody may have written the document.
  if (!/^\d{1,9}-of-\d{1,9}$/.test(amount)) return [];
  const { message, hint } = leftOutStreams(amount);
  return [
    { type: 'ImageStreamsLeftOut', status: 'True', reason: 'LimitExceeded', message: `${message}. ${hint ?? ''}` },
  ];
}
