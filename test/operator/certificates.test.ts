import { afterEach, expect, test } from '@jest/globals';
import { resourceTypes } from '../../src/kube/index.js';
import { clusterId } from '../../src/names/index.js';
import { createCertificates } from '../../src/operator/certificates.js';
import { type KnownIntegration } from '../../src/operator/integrations/known-integration.js';
import { type IntegrationReport } from '../../src/operator/status/integration-report.js';
import { integration } from '../fixtures/builds/followed.js';
import { eventually } from '../support/eventually.js';
import { page, scriptedClient } from '../support/scripted-client.js';
import { operatorInMemory } from './operator-in-memory.js';

let stop: () => Promise<void> = () => Promise.resolve();
afterEach(async () => stop());

const failure = { code: 'QuayUnreachable' as const, message: 'there was no answer', retryable: true };
const quay: KnownIntegration = {
  integration: integration(),
  type: resourceTypes.quayIntegration,
  id: clusterId('openshift'),
  host: 'quay.example.test',
  quay: { failure },
  repository: { failure },
};

test('an integration that comes after the check of the certificates gets their condition, and one that goes does not', async () => {
  const missing = { status: 404, body: { kind: 'Status', reason: 'NotFound', message: 'not found' } };
  const operator = operatorInMemory(scriptedClient((_, { verb }) => (verb === 'list' ? page([]) : missing)));
  const known = new Map<string, KnownIntegration>();
  const handlers: ((name: string) => void)[] = [];
  const reports: (readonly [string, IntegrationReport])[] = [];
  const announce = (name: string): void => handlers.forEach((handler) => handler(name));
  const settings = { ...operator.settings, certificates: 'cert-manager' } as const;
  const keeper = createCertificates(
    { ...operator, settings },
    {
      all: () => [...known.values()],
      get: (name) => known.get(name),
      report: (name, reported) => void reports.push([name, reported]),
      onChange: (handler) => void handlers.push(handler),
    },
  );
  stop = async () => keeper?.stop();
  known.set('quay', quay);
  announce('quay');
  // Nothing is known of the certificates yet, so there is nothing to tell.
  expect(reports).toEqual([]);
  known.clear();
  keeper?.start();
  await eventually(() => expect(keeper?.state()).toBeDefined());
  expect(reports).toEqual([]);

  known.set('quay', quay);
  announce('quay');
  const certificate = { ready: false, reason: 'CertificateMissing', message: expect.any(String) };
  expect(reports).toEqual([['quay', { certificate }]]);
  known.clear();
  announce('quay');
  expect(reports).toHaveLength(1);
});
