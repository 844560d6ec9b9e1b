import { describe, expect, test } from '@jest/globals';
import { type QuayIntegration, type QuayOrganization } from '../../../src/api/index.js';
import { type FinalizerFacts, predecessorFinalizerStep } from '../../../src/predecessors/index.js';

const integration = (name: string, suspend = false): QuayIntegration =>
  ({ metadata: { name }, spec: { suspend } }) as QuayIntegration;
const organization = (status: QuayOrganization['status']): QuayOrganization =>
  ({
    metadata: { name: 'openshift.shop' },
    spec: { integration: 'quay', namespace: 'shop' },
    status,
  }) as QuayOrganization;
const refusedFor = (reason: string): QuayOrganization =>
  organization({
    conditions: [
      {
        type: 'Ready',
        status: 'False',
        reason,
        message: '',
        lastTransitionTime: '2026-01-01T00:00:00Z',
      },
    ],
  });
const refused = refusedFor('OrganizationNotOurs');
const namespace = { name: 'shop', finalizers: ['quay.redhat.com/quayintegrations'], terminating: false };
const going = { ...namespace, terminating: true };
const active = { known: true, items: [integration('quay')] } as const;
const suspended = { known: true, items: [integration('quay', true)] } as const;
const unknown = { known: false, reason: 'no answer' } as const;
const facts: FinalizerFacts = { namespace, integrations: active, selectedBy: 'quay' };

describe("a predecessor's finalizer", () => {
  test.each<readonly [string, Partial<FinalizerFacts>]>([
    ['the organization is ours', { organization: organization({ origin: 'predecessor' }) }],
    ['the organization belongs to somebody else', { organization: refused }],
    ['the organization has the mark of somebody else', { organization: refusedFor('OwnedElsewhere') }],
    ['no integration selects the namespace', { selectedBy: undefined }],
    [
      'only another integration is suspended',
      {
        selectedBy: undefined,
        integrations: { known: true, items: [integration('quay', true), integration('other')] },
      },
    ],
    ['the namespace goes', { namespace: going }],
    [
      'the namespace goes and there is no integration',
      {
        namespace: going,
        selectedBy: undefined,
        integrations: { known: true, items: [] },
      },
    ],
    ['it is of the one before that', { namespace: { ...going, finalizers: ['redhatcop.redhat.io/quayintegrations'] } }],
  ])('goes when %s', (_, more) => {
    expect(predecessorFinalizerStep({ ...facts, ...more })).toBe('Remove');
  });

  test.each<readonly [string, Partial<FinalizerFacts>]>([
    ['nothing is settled yet', {}],
    ['a person may still agree to it', { organization: refusedFor('AdoptionPending') }],
    ['the organization is planned only', { organization: organization({}) }],
    [
      'the organization of another namespace is ours',
      { organization: { ...refused, status: { origin: 'created' }, spec: { ...refused.spec, namespace: 'other' } } },
    ],
    ['there is no integration yet', { selectedBy: undefined, integrations: { known: true, items: [] } }],
    ['the integrations are not known', { namespace: going, integrations: unknown }],
    ['its integration is suspended', { organization: organization({ origin: 'created' }), integrations: suspended }],
    [
      'the integration of its organization is suspended',
      { selectedBy: undefined, organization: organization({ origin: 'created' }), integrations: suspended },
    ],
    ['its integration is suspended and the namespace goes', { namespace: going, integrations: suspended }],
    ['nothing selects it and all are suspended', { selectedBy: undefined, integrations: suspended }],
    ['there is none', { namespace: { ...going, finalizers: ['kubernetes'] } }],
  ])('stays when %s', (_, more) => {
    expect(predecessorFinalizerStep({ ...facts, ...more })).toBe('Keep');
  });
});
