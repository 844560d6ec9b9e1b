import { describe, expect, test } from '@jest/globals';
import { type Fields } from '../../src/json/index.js';
import { recordLimits } from '../../src/operator/organizations/events.js';
import { reportOf } from '../../src/operator/git/report.js';
import { limitConditions } from '../../src/operator/status/limit-conditions.js';
import { type LiveOrganization, liveOrganization } from '../../src/operator/watches/live-organization.js';
import { organizationObject, organizationTraits } from '../../src/pipeline/organization-objects.js';
import { syncObjects, type Synced } from '../../src/sync/index.js';
import { cluster, namespace, rendered } from '../fixtures/snapshot.js';
import { scriptedClient } from '../support/scripted-client.js';

const { documents } = rendered({ cluster: cluster([namespace('shop'), namespace('web'), namespace('blog')]) });

/** A sync of some documents to an API server that answers 500 for some of the objects. */
function sync(failing: readonly string[], only: readonly string[] = ['shop', 'web', 'blog']): Promise<Synced> {
  const client = scriptedClient((_, call) => {
    const isFailing = failing.some((name) => call.path.includes(`openshift.${name}`));
    if (isFailing) return { status: 500, body: { kind: 'Status', message: 'etcdserver: request is too large' } };
    return { status: 201, body: { ...(call.body as Fields), metadata: { name: 'x', resourceVersion: '1' } } };
  });
  return syncObjects({
    client,
    repairs: { attempt: async (_, write) => write(), hold: () => 0 },
    lives: [],
    kinds: new Map([['QuayOrganization.quayside.dev', organizationTraits]]),
    objects: documents
      .filter((one) => only.includes(one.namespace))
      .map(({ organization }) => ({ object: organizationObject(organization, 'quay') })),
    last: undefined,
    policy: {},
    signal: new AbortController().signal,
  });
}

describe('S9: an object that the API server answers with 500', () => {
  test.each([
    ['beside others', ['shop', 'web', 'blog']],
    ['alone, when the others are there already', ['shop']],
  ])('is a fault of that object, and is tried again: %s', async (_, only) => {
    const { refused, faults, due } = await sync(['shop'], only);
    expect(refused).toEqual([
      {
        path: '',
        source: 'QuayOrganization openshift.shop',
        message: expect.stringContaining('etcdserver: request is too large'),
      },
    ]);
    expect([faults, due]).toEqual([[], 5_000]);
  });

  test('like every other is a fault of the API server', async () => {
    const { refused, faults } = await sync(['shop', 'web', 'blog']);
    expect([refused, faults.length]).toEqual([[], 3]);
  });
});

const live = (amount: string): LiveOrganization =>
  liveOrganization({
    metadata: { name: 'openshift.shop', annotations: { 'quayside.dev/left-out-image-streams': amount } },
    spec: { integration: 'quay', name: 'openshift_shop', namespace: 'shop' },
  });

describe('S9: image streams that are left out', () => {
  test('are a condition and one Event of that organization', () => {
    const events: unknown[] = [];
    const record = (amount: string, before: ReturnType<typeof limitConditions> = []): void =>
      recordLimits((event) => events.push(event), live(amount), {
        conditions: before.map((one) => ({ ...one, lastTransitionTime: '2026-01-01T00:00:00Z' })),
      });
    const conditions = limitConditions(live('1-of-5001').annotations);
    expect(conditions).toEqual([
      {
        type: 'ImageStreamsLeftOut',
        status: 'True',
        reason: 'LimitExceeded',
        message: expect.stringMatching(/^1 of 5001 have no repository: .*5000 repositories.*\. Delete image streams/),
      },
    ]);
    record('1-of-5001');
    record('1-of-5001', conditions);
    record('2-of-5002', conditions);
    expect(events).toHaveLength(2);
    expect(events[0]).toMatchObject({ type: 'Warning', reason: 'LimitExceeded' });
  });

  test.each(['', 'many', '1-of-2\u001b[2J', `${'9'.repeat(400)}-of-1`])(
    'are not taken from a text of anybody: %j',
    (text) => {
      expect(limitConditions(live(text).annotations)).toEqual([]);
    },
  );

  test('are no fault of the integration', () => {
    const problem = { path: 'imagestreams', message: 'too many', namespace: 'shop', reason: 'LimitExceeded' };
    const other = { path: '', message: 'is broken', namespace: 'web', reason: 'OverlayInvalid' };
    const declared = { documents: [], withheld: new Set<string>(), complete: true, onlyGrow: false };
    expect(reportOf({ ...declared, problems: [problem, other] }, { refused: [], reports: [] }).problems).toEqual([
      expect.stringContaining('is broken'),
    ]);
  });
});
