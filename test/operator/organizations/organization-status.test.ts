import { expect, test } from '@jest/globals';
import { type QuayOrganizationStatus } from '../../../src/api/index.js';
import { organizationStatus, type StatusInput } from '../../../src/operator/status/organization-status.js';
import { reconcilingConditions } from '../../../src/operator/status/conditions.js';

const robots = [{ name: 'builder', serviceAccount: 'builder', secret: 'builder-quay', ready: true, linked: true }];
const before: QuayOrganizationStatus = { registry: 'one.example.test', origin: 'created', inventory: [], robots };
const statusOn = (registry: string, more: Partial<StatusInput> = {}): QuayOrganizationStatus =>
  organizationStatus({
    before,
    generation: 1,
    registry,
    newConditions: reconcilingConditions('QuayUnreachable', 'there was no answer'),
    inventory: undefined,
    robots: undefined,
    namespaceLabels: undefined,
    repositories: 0,
    drift: [],
    now: new Date('2026-01-01T00:00:00Z'),
    ...more,
  });

test('a registry that could not be looked into keeps what was known of it', () => {
  expect(statusOn('one.example.test')).toMatchObject({ registry: 'one.example.test', origin: 'created', robots });
});

test('after a move to another registry nothing counts as there that was in the one before', () => {
  const unseen = statusOn('two.example.test');
  expect(unseen).toMatchObject({ registry: 'two.example.test' });
  expect(unseen).not.toHaveProperty('robots');
  expect(unseen).not.toHaveProperty('origin');
  // What is about to be made there has no robots yet either.
  const planned = statusOn('two.example.test', { inventory: { origin: 'created', managedItems: [] } });
  expect(planned).toMatchObject({ registry: 'two.example.test', origin: 'created' });
  expect(planned).not.toHaveProperty('robots');
});
