import { afterEach, expect, test } from '@jest/globals';
import { type Fixtures } from '@quayside/simulator';
import { type ChangeSet } from '../../src/converge/index.js';
import { document, openPlayground, type Playground } from '../fixtures/playground.js';

const scopes = ['org:admin', 'repo:admin', 'repo:create', 'user:admin', 'user:read'];
const fixtures: Fixtures = {
  users: [{ name: 'admin', superuser: true }],
  credentials: {
    superuser: { owner: 'admin', scopes: [...scopes, 'super:user'] },
    plain: { owner: 'admin', scopes },
  },
};

let playground: Playground;
afterEach(() => playground.close());

const shop = (quota?: object) => document('shop', [], quota === undefined ? {} : { quota });
const quotaOf = () => playground.simulator.snapshot().namespaces.get('openshift_shop')?.quota;
const quotaWrites = (): readonly string[] => playground.writes().filter((path) => path.includes('quota'));
const skippedIn = ({ organizations }: ChangeSet) => organizations[0]?.plan?.skipped ?? [];

async function open(full: boolean, credential = 'superuser'): Promise<void> {
  playground = await openPlayground({ fixtures, features: { SUPERUSERS_FULL_ACCESS: full } }, credential);
}

test('R27 a quota is set, changed and removed without full access for superusers', async () => {
  await open(false);
  expect((await playground.converge([shop({ size: '10Gi' })])).totals).toMatchObject({ failed: 0 });
  expect(quotaOf()?.limitBytes).toBe(10 * 2 ** 30);
  expect((await playground.converge([shop({ size: '20Gi' })])).totals).toMatchObject({ planned: 1, failed: 0 });
  expect(quotaOf()?.limitBytes).toBe(20 * 2 ** 30);
  expect((await playground.converge([shop()])).totals).toMatchObject({ planned: 1, failed: 0 });
  expect(quotaOf()).toBeUndefined();
  expect(quotaWrites().every((line) => line.includes('/superuser/organization/openshift_shop/quota'))).toBe(true);
});

test('R27 a limit of a quota names what it needs, and all else is done', async () => {
  await open(false);
  const limits = [{ type: 'Warning', percent: 80 }];
  const changes = await playground.converge([shop({ size: '10Gi', limits })]);
  expect(changes.totals).toMatchObject({ failed: 0, notDone: 0 });
  expect(quotaOf()?.limitBytes).toBe(10 * 2 ** 30);
  expect(skippedIn(changes)).toContainEqual({
    what: 'quota/Warning/80',
    reason: 'FeatureDisabled',
    message: expect.stringContaining('FEATURE_SUPERUSERS_FULL_ACCESS'),
  });
  playground.simulator.requests.reset();
  await playground.converge([shop({ size: '10Gi', limits })]);
  expect(playground.writes()).toEqual([]);
});

test('R27 with full access a quota and its limits go the way that owners see', async () => {
  await open(true);
  const limits = [{ type: 'Reject', percent: 100 }];
  expect((await playground.converge([shop({ size: '10Gi', limits })])).totals).toMatchObject({ failed: 0 });
  expect(quotaOf()?.limits.size).toBe(1);
  expect(quotaWrites().some((line) => line.includes('superuser'))).toBe(false);
});

test('R27 a token that may not set quotas is told the scope', async () => {
  await open(false, 'plain');
  const changes = await playground.converge([shop({ size: '10Gi' })]);
  expect(changes.organizations[0]?.failed[0]?.failure).toMatchObject({
    code: 'ScopeMissing',
    message: expect.stringContaining('super:user'),
  });
});
