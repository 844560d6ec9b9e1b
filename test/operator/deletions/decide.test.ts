import { describe, expect, test } from '@jest/globals';
import { organizationFinalizer } from '../../../src/api/index.js';
import { type OrganizationResult } from '../../../src/converge/index.js';
import { resourceTypes } from '../../../src/kube/index.js';
import { clusterId } from '../../../src/names/index.js';
import {
  decideBatch,
  decideObject,
  endingOf,
  later,
  nextLook,
  type Owner,
  soon,
} from '../../../src/operator/deletions/decide.js';
import { type KnownIntegration } from '../../../src/operator/integrations/known-integration.js';
import { liveOrganization, type LiveOrganization } from '../../../src/operator/watches/live-organization.js';
import { type Quay } from '../../../src/quay/index.js';
import { document, integration } from '../../fixtures/playground.js';

const failure = { code: 'QuayUnreachable' as const, message: 'there was no answer', retryable: true };
// It is handed on, and never asked.
const quay = {} as Quay;

const owner = (quayOf: KnownIntegration['quay'] = { value: quay }, spec: object = {}): Owner => ({
  exists: 'Yes',
  known: {
    integration: integration(spec),
    type: resourceTypes.quayIntegration,
    id: clusterId('openshift'),
    host: 'quay.example.com',
    quay: quayOf,
    repository: { failure },
  },
});
const none: Owner = { exists: 'No', known: undefined };
const unread: Owner = { exists: 'Unknown', known: undefined };

const live = (more: object = {}): LiveOrganization => {
  const { spec, metadata } = document('shop');
  return {
    ...liveOrganization({ metadata: { ...metadata, finalizers: [organizationFinalizer] }, spec }),
    deleting: true,
    ...more,
  };
};

describe('an object on its own', () => {
  test('is ignored where nothing deletes it, or nothing keeps it', () => {
    expect(decideObject(live({ deleting: false }), owner())).toEqual({ kind: 'Ignore' });
    expect(decideObject(live({ finalizers: [] }), owner())).toEqual({ kind: 'Ignore' });
  });

  test('is released without an integration, also where it cannot be read', () => {
    for (const one of [live(), live({ spec: {} })]) expect(decideObject(one, none)).toMatchObject({ kind: 'Release' });
  });

  test('waits in silence while its integration cannot be read or is suspended', () => {
    for (const one of [unread, owner({ value: quay }, { suspend: true })]) {
      expect(decideObject(live(), one)).toEqual({ kind: 'Wait', again: soon });
    }
  });

  test('waits for a person where it does not match the schema', () => {
    const decision = decideObject(live({ spec: {} }), owner({ failure }));
    expect(decision).toMatchObject({ kind: 'Wait', again: later, status: { failure: { code: 'InvalidInput' } } });
  });

  test('waits for Quay, and says so', () => {
    const status = { failure, registry: 'quay.example.com' };
    expect(decideObject(live(), owner({ failure }))).toEqual({ kind: 'Wait', again: soon, status });
  });

  test('goes to the guard with a Quay that can be asked', () => {
    expect(decideObject(live(), owner())).toMatchObject({ kind: 'Guard', quay });
  });
});

describe('the deletions of an integration', () => {
  const found = { gone: [live()], declared: [] };

  test('are none without an object', () => {
    expect(decideBatch({ gone: [], declared: [] }, none)).toEqual({ kind: 'Nothing' });
  });

  test('wait while the integration cannot be read, is suspended, or has no Quay', () => {
    for (const one of [unread, owner({ failure }), owner({ value: quay }, { suspend: true })]) {
      expect(decideBatch(found, one)).toEqual({ kind: 'Wait' });
    }
  });

  test('are released without an integration', () => {
    expect(decideBatch(found, none)).toEqual({ kind: 'Release' });
  });

  test('go to the guard, also when only repositories are to be deleted', () => {
    expect(decideBatch({ gone: [], declared: [live({ deleting: false })] }, owner())).toMatchObject({ kind: 'Guard' });
  });

  test('are looked at again when one is left, and wait for a person when they are held', () => {
    const held = { names: ['a'], hash: 'h', message: 'm' };
    expect(nextLook(undefined, true)).toBe('Retry');
    expect(nextLook(undefined, false)).toBeUndefined();
    expect(nextLook({ organizations: held }, true)).toBe(later);
    expect(nextLook({ repositories: held }, true)).toBe('Retry');
    expect(nextLook({ repositories: held }, false)).toBe(later);
  });
});

describe('the deletion of an organization ends', () => {
  const result = (more: Partial<OrganizationResult>): OrganizationResult => ({
    organization: 'openshift_shop',
    document: 'openshift.shop',
    decision: 'Gone',
    done: [],
    failed: [],
    notDone: [],
    ...more,
  });
  const change = { words: 'delete it' } as OrganizationResult['done'][number];
  const message = 'why';

  test('with its finalizer removed when it was deleted, and forgotten', () => {
    const deletion = { outcome: 'Delete', reason: 'NamespaceGone', message } as const;
    const deleted = { kind: 'Finish', outcome: 'Deleted', message, isGone: true };
    expect(endingOf(result({ deletion, done: [change] }))).toEqual(deleted);
    expect(endingOf(result({ deletion }))).toEqual({ kind: 'Wait' });
    expect(endingOf(result({ deletion, done: [change], failed: [{ change, failure }] }))).toEqual({ kind: 'Wait' });
  });

  test('with its finalizer removed when it is kept, and remembered unless it is gone', () => {
    const release = (reason: 'Retained' | 'OrganizationGone') =>
      endingOf(result({ deletion: { outcome: 'Release', reason, message } }));
    expect(release('Retained')).toEqual({ kind: 'Finish', outcome: 'Released', message, isGone: false });
    expect(release('OrganizationGone')).toEqual({ kind: 'Finish', outcome: 'Released', message, isGone: true });
  });

  test('not at all while it waits or could not be read', () => {
    expect(endingOf(result({ deletion: { outcome: 'Wait', reason: 'InputUnknown', message } }))).toEqual({
      kind: 'Wait',
    });
    expect(endingOf(result({ failure }))).toEqual({ kind: 'Wait' });
  });
});
