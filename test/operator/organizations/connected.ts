import { type QuayIntegration } from '../../../src/api/index.js';
import { resourceTypes } from '../../../src/kube/index.js';
import { clusterId } from '../../../src/names/index.js';
import { type Integrations } from '../../../src/operator/integrations/integrations.js';
import { type KnownIntegration } from '../../../src/operator/integrations/known-integration.js';
import { type IntegrationReport } from '../../../src/operator/status/integration-report.js';
import { connectQuay } from '../../../src/quay/index.js';
import { type Simulator } from '@quayside/simulator';
import { integration as integrationWith } from '../../fixtures/builds/followed.js';

/** An integration that is connected with a simulator. */
export function connected(name: string, simulator: Simulator, credential: string): KnownIntegration {
  const token = simulator.credentials[credential] ?? '';
  const value = connectQuay({ url: simulator.url, token: () => token, delay: () => Promise.resolve() });
  const integration: QuayIntegration = { ...integrationWith(), metadata: { name } };
  const failure = { code: 'NoStateRepository' as const, message: 'there is none', retryable: false };
  const host = `${name}.example.test`;
  return {
    integration,
    type: resourceTypes.quayIntegration,
    id: clusterId('openshift'),
    host,
    quay: { value },
    repository: { failure },
  };
}

/** Integrations that others change, who tell of it themselves. */
export function integrationsOf(
  known: ReadonlyMap<string, KnownIntegration>,
  told: ((name: string) => void)[],
  onReport: (reported: IntegrationReport) => void = () => undefined,
): Integrations {
  return {
    get: (name) => known.get(name),
    all: () => [...known.values()],
    exists: (name) => (known.has(name) ? 'Yes' : 'No'),
    readable: () => [...known.values()].map(({ integration }) => integration),
    areAllReadable: () => true,
    report: (_, reported) => onReport(reported),
    writeStatus: () => Promise.resolve(),
    status: () => undefined,
    reported: () => ({}),
    onChange: (handler) => void told.push(handler),
    isIdle: () => true,
    start: () => undefined,
    stop: () => Promise.resolve(),
  };
}
