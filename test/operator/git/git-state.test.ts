import { describe, expect, test } from '@jest/globals';
import { organizationFinalizer, syncLabel } from '../../../src/api/index.js';
import { createBranchPolls } from '../../../src/operator/git/branch-polls.js';
import {
  changedObjects,
  emptyGitState,
  forgetIntegration,
  type GitState,
  isDue,
  notePlanned,
  noteReconciled,
} from '../../../src/operator/git/git-state.js';
import { organizationKey, organizationObject } from '../../../src/pipeline/organization-objects.js';
import { resourceTypes } from '../../../src/kube/index.js';
import { applySetId, partOfLabel } from '../../../src/sync/index.js';
import { noteRelevance } from '../../../src/operator/git/relevance.js';
import { liveOrganization, type LiveOrganization } from '../../../src/operator/watches/live-organization.js';
import { document, integration } from '../../fixtures/playground.js';

const shop = document('shop');
const { name } = shop.metadata;
const object = organizationObject(shop, 'quay');
const type = resourceTypes.quayIntegration;
const set = applySetId({ type, named: { name: 'quay' } });
const head = { commit: 'one' };

const reconciled = (more: Partial<Parameters<typeof noteReconciled>[2]> = {}): GitState => {
  const state = emptyGitState();
  noteReconciled(state, 'quay', { meant: new Map([[organizationKey(name), object]]), head, refused: [], ...more });
  return state;
};

describe('a poll of a branch is a reason to reconcile', () => {
  const due = (state: GitState, found: string | undefined, reported = {}): boolean =>
    isDue(state, 'quay', { head: found, reported });

  test('when the head is another one', () => {
    expect(due(reconciled(), 'two')).toBe(true);
    expect(due(reconciled(), 'one')).toBe(false);
  });

  test('when the branch is gone, and not when it never was there', () => {
    expect(due(reconciled(), undefined)).toBe(true);
    expect(due(reconciled({ head: undefined }), undefined)).toBe(false);
  });

  test('when it was never reconciled, or is another one of the name', () => {
    expect(due(emptyGitState(), undefined)).toBe(true);
    const state = reconciled();
    forgetIntegration(state, 'quay');
    expect(due(state, 'one')).toBe(true);
  });

  test('when the last try failed, could not read an input, or an object was refused', () => {
    const failure = { code: 'GitUnreachable' as const, message: 'no', retryable: true };
    expect(due(reconciled(), 'one', { gitSync: failure })).toBe(true);
    expect(due(reconciled(), 'one', { unknown: ['image streams'] })).toBe(true);
    expect(due(reconciled({ refused: [{ path: '', message: 'no' }] }), 'one')).toBe(true);
  });

  test('when the plan of a suspended integration could not be made', () => {
    const state = emptyGitState();
    notePlanned(state, 'quay', { commit: 'one' });
    expect(due(state, 'one')).toBe(false);
    notePlanned(state, 'quay', undefined);
    expect(due(state, 'one')).toBe(true);
  });
});

describe('an object is restored', () => {
  const builtIn = [{ integration: integration(), type }];
  const live = (spec: object = shop.spec, metadata: object = {}): LiveOrganization =>
    liveOrganization({
      metadata: {
        name,
        labels: { [syncLabel]: 'quay', [partOfLabel]: set },
        finalizers: [organizationFinalizer],
        ...metadata,
      },
      spec,
    });

  test('when it is gone or another one than the document', () => {
    const changed = [{ integration: 'quay', object, set }];
    expect(changedObjects(reconciled(), builtIn, name, undefined)).toEqual(changed);
    expect(changedObjects(reconciled(), builtIn, name, live({ ...shop.spec, robots: [] }))).toEqual(changed);
    expect(changedObjects(reconciled(), builtIn, name, live())).toEqual([]);
  });

  test('unless it is being deleted, nobody declares it, or somebody else syncs', () => {
    const deleting = live({}, { deletionTimestamp: '2026-01-01T00:00:00Z' });
    expect(changedObjects(reconciled(), builtIn, name, deleting)).toEqual([]);
    expect(changedObjects(reconciled(), builtIn, 'other', undefined)).toEqual([]);
    for (const spec of [{ suspend: true }, { git: { sync: 'External' } }]) {
      expect(changedObjects(reconciled(), [{ integration: integration(spec), type }], name, undefined)).toEqual([]);
    }
  });
});

test('a namespace concerns documents when it is selected, becomes ready or goes, and not when nobody ever selected it', () => {
  const known = new Map<string, string>();
  const steps = ['nobody', 'quay false', 'quay false', 'quay true', 'gone', 'nobody'];
  expect(steps.map((now) => noteRelevance(known, 'shop', now))).toEqual([false, true, false, true, true, false]);
});

test('a branch that is to be polled more often does not wait for the end of the longer interval', async () => {
  let seconds = 3_600;
  let stop = (): void => undefined;
  const looked = new Promise<string>((resolve) => {
    const polls = createBranchPolls({ interval: () => seconds, look: async (integration) => resolve(integration) });
    stop = polls.stopAll;
    polls.start('quay');
    seconds = 1;
    polls.start('quay');
  });
  expect(await looked).toBe('quay');
  stop();
});
