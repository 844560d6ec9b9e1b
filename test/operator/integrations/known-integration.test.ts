import { describe, expect, test } from '@jest/globals';
import { resourceTypes } from '../../../src/kube/index.js';
import { clusterId } from '../../../src/names/index.js';
import {
  isSameIntegration,
  type KnownIntegration,
  lacksCredentials,
} from '../../../src/operator/integrations/known-integration.js';
import { saysNothingYet } from '../../../src/operator/integrations/write-integration-status.js';
import { readIntegration } from '../../../src/operator/integrations/read-integration.js';
import { type Quay } from '../../../src/quay/index.js';
import { integrationObject } from '../../fixtures/integration.js';
import { integration } from '../../fixtures/playground.js';

const failure = { code: 'CredentialsMissing' as const, message: 'there is no Secret', retryable: false };
const known = (more: Partial<KnownIntegration> = {}): KnownIntegration => ({
  integration: integration(),
  type: resourceTypes.quayIntegration,
  id: clusterId('openshift'),
  host: 'quay.example.com',
  quay: { failure },
  repository: { failure: { ...failure, code: 'GitUnreachable' } },
  ...more,
});

describe('an integration is another one', () => {
  test('when its spec, its object, its annotations or how it connects changed', () => {
    const { metadata } = integration();
    const others: Partial<KnownIntegration>[] = [
      { integration: integration({ suspend: true }) },
      { integration: { ...integration(), metadata: { ...metadata, uid: 'another' } } },
      { integration: { ...integration(), metadata: { ...metadata, annotations: { a: 'b' } } } },
      { quay: { failure: { ...failure, code: 'CredentialsRefused' } } },
      { quay: { value: {} as Quay } },
    ];
    for (const other of others) expect(isSameIntegration(known(), known(other))).toBe(false);
    expect(isSameIntegration(undefined, known())).toBe(false);
  });

  test('and not when only the message of a failure did', () => {
    expect(isSameIntegration(known(), known({ quay: { failure: { ...failure, message: 'still none' } } }))).toBe(true);
  });
});

test('an integration is read again with another one where a Secret is not for its host', () => {
  expect(lacksCredentials(known())).toBe(true);
  expect(lacksCredentials(known({ quay: { value: {} as Quay } }))).toBe(false);
});

test('an integration is read whatever another version wrote into its status', () => {
  const spec = { quayHostname: 'quay.example.com', credentialsSecret: { namespace: 'quayside', name: 'quay' } };
  const raw = { ...integrationObject(spec), status: { proposal: {}, later: 'unknown' } };
  expect(readIntegration({ type: resourceTypes.quayIntegration, raw })).toMatchObject({ host: 'quay.example.com' });
});

describe('the status from before a restart stays', () => {
  const time = '2026-01-01T00:00:00Z';
  const condition = { type: 'Ready', status: 'True' as const, reason: 'Synced', message: '', lastTransitionTime: time };
  const before = { observedGeneration: 1, conditions: [condition] };

  test('until more is known', () => {
    expect(saysNothingYet({}, before, 1)).toBe(true);
    for (const reported of [{ reconciled: true }, { quay: failure }, { deletions: {} }]) {
      expect(saysNothingYet(reported, before, 1)).toBe(false);
    }
  });

  test('for as long as it is of this generation', () => {
    expect(saysNothingYet({}, before, 2)).toBe(false);
    expect(saysNothingYet({}, { observedGeneration: 1 }, 1)).toBe(false);
    expect(saysNothingYet({}, undefined, 1)).toBe(false);
  });
});
