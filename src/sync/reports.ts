import { QuaysideError, toError } from '../errors/index.js';
import { type Action, type Report } from '../policy/index.js';
import { type Step } from './decide.js';
import { type StepResult } from './run-steps.js';
import { objectWords } from './sync-object.js';

/** What became of a step; nothing of one that was not reached. */
export function reportOf({ key, action }: Step, result: StepResult | undefined): readonly Report[] {
  const about = { object: objectWords(key), action };
  switch (result?.state) {
    case undefined:
      return [];
    case 'Written':
      return [{ ...about, outcome: 'Done' }];
    case 'Held':
      return [
        { ...about, outcome: 'Waiting', reason: 'Contended', message: 'somebody else undoes it again and again' },
      ];
    case 'Waiting':
      return [
        { ...about, outcome: 'Waiting', reason: 'Progressing', message: `needs ${objectWords(result.for)} first` },
      ];
    case 'Failed':
      return [failed(key, action, result.error)];
  }
}

/** The report of a write that failed. */
export function failed(key: string, action: Action, error: unknown): Report {
  const reason = error instanceof QuaysideError ? error.code : 'InternalFault';
  return { object: objectWords(key), action, outcome: 'Failed', reason, message: toError(error).message };
}
