import { expect, test } from '@jest/globals';
import { describeReport, type Report } from '../../src/policy/index.js';

const done: Report = { object: 'ConfigMap shop/settings', action: 'create', outcome: 'Done' };

test.each<[Report, string]>([
  [done, 'create ConfigMap shop/settings: done'],
  [
    { ...done, outcome: 'Waiting', message: 'needs Job shop/upgrade first' },
    'create ConfigMap shop/settings: waiting (needs Job shop/upgrade first)',
  ],
  [
    { ...done, action: 'delete', outcome: 'Skipped', reason: 'HistoryDiverged', message: 'the branch was rewritten' },
    'delete ConfigMap shop/settings: skipped (HistoryDiverged: the branch was rewritten)',
  ],
])('a report is a line with the object, the action and the outcome: %j', (report, line) => {
  expect(describeReport(report)).toBe(line);
});
