import { expect, test } from '@jest/globals';
import { integrationStatus } from '../../../src/operator/status/integration-status.js';

const conditionOf = (auditLog: string | undefined) =>
  integrationStatus({
    reported: { reconciled: true, auditLog },
    summary: { organizations: 1, ready: 1, faults: [] },
    generation: 1,
    before: undefined,
    now: new Date(0),
  }).conditions?.find(({ type }) => type === 'AuditLogDoubted');

test('AuditLogDoubted says why every organization is read, and is there for no longer', () => {
  expect(conditionOf('fewer rows are listed than are counted')).toMatchObject({
    status: 'True',
    reason: 'AuditLogDoubted',
    message:
      "every organization is read at each interval, since Quay's audit log is not relied on: fewer rows are listed than are counted",
  });
  expect(conditionOf(undefined)).toBeUndefined();
});
