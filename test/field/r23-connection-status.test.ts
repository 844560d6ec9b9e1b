import { describe, expect, test } from '@jest/globals';
import { type Reason } from '../../src/api/index.js';
import { integrationStatus } from '../../src/operator/status/integration-status.js';
import { summarize } from '../../src/operator/status/summarize.js';
import { liveOrganization, type LiveOrganization } from '../../src/operator/watches/live-organization.js';

const condition = (reason: Reason, message: string): object => ({
  type: 'Ready',
  status: reason === 'Synced' ? 'True' : 'False',
  reason,
  message,
});

let made = 0;
const organizations = (count: number, reason: Reason, message = 'as it is'): readonly LiveOrganization[] =>
  Array.from({ length: count }, () => {
    const name = `openshift_${(made += 1)}`;
    return liveOrganization({
      metadata: { name },
      spec: { integration: 'quay', name },
      status: { conditions: [condition(reason, message)] },
    });
  });

const ready = (...all: readonly (readonly LiveOrganization[])[]): unknown => {
  const { conditions = [] } = integrationStatus({
    reported: { reconciled: true },
    summary: summarize(all.flat(), 'quay'),
    generation: 1,
    before: undefined,
    now: new Date(0),
  });
  return conditions.find(({ type }) => type === 'Ready');
};

const words = (text: string): unknown => expect.stringContaining(text);

describe('R23 the status of an integration', () => {
  test.each<[Reason, string]>([
    ['QuayUnavailable', 'Quay answered 502'],
    ['QuayUnavailable', 'Quay answered 500'],
    ['QuayUnreachable', 'connection refused'],
    ['TLSVerificationFailed', 'unknown authority'],
    ['TokenRejected', 'Quay answered 401'],
    ['RateLimited', 'Quay answered 429'],
  ])('R23 is not Ready with %s as soon as one of many organizations meets it: %s', (reason, message) => {
    expect(ready(organizations(99, 'Synced'), organizations(1, reason, message))).toMatchObject({
      status: 'False',
      reason,
      message: words(message),
    });
  });

  test('R23 names a Quay that does not answer before faults that more organizations have', () => {
    const many = organizations(40, 'OrganizationNotOurs', 'exists without our marker');
    const few = organizations(2, 'QuayUnavailable', 'Quay answered 502');
    expect(ready(organizations(50, 'Synced'), many, few)).toMatchObject({
      status: 'False',
      reason: 'QuayUnavailable',
      message: words('40 with OrganizationNotOurs'),
    });
  });

  test('R23 hides no fault behind another: each is there with its count and one example', () => {
    const all = [
      organizations(1, 'OrganizationNotOurs', 'exists without our marker'),
      organizations(1, 'FeatureDisabled', 'no quotas here'),
      organizations(3, 'Conflict', 'declared twice'),
    ];
    for (const text of ['3 with Conflict', '1 with OrganizationNotOurs', '1 with FeatureDisabled', 'no quotas here'])
      expect(ready(organizations(9, 'Synced'), ...all)).toMatchObject({ status: 'True', message: words(text) });
  });

  test('R23 stays Ready for what concerns one organization alone, and not when it concerns all', () => {
    const one = organizations(1, 'PermissionDenied', 'may not set a quota');
    expect(ready(organizations(9, 'Synced'), one)).toMatchObject({ status: 'True', reason: 'Synced' });
    expect(ready(one)).toMatchObject({ status: 'False', reason: 'PermissionDenied' });
  });
});
