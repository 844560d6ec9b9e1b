import { afterEach, expect, test } from '@jest/globals';
import { type KubeClient, resourceTypes } from '../../../src/kube/index.js';
import { createConnections } from '../../../src/operator/integrations/connections.js';
import { createIntegrations, type Integrations } from '../../../src/operator/integrations/integrations.js';
import { credentialsRule } from '../../../src/pipeline/credential-uses.js';
import { createRepositories } from '../../../src/operator/integrations/repositories.js';
import { eventually } from '../../support/eventually.js';
import { inMemoryCluster } from '../../support/in-memory-cluster.js';
import { operatorInMemory, serving } from '../operator-in-memory.js';

const { quayIntegration, predecessorIntegration } = resourceTypes;
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

test('handlers are called when an integration goes that could never be read', async () => {
  const cluster = inMemoryCluster(quayIntegration, predecessorIntegration);
  const { integrations, told } = await start(serving(cluster.client, quayIntegration, predecessorIntegration));
  expect(integrations.areAllReadable()).toBe(true);
  const credentialsSecret = { namespace: 'quayside', name: 'quay' };
  cluster.put(quayIntegration, {
    metadata: { name: 'broken' },
    spec: { quayHostname: 'https://quay.example.test/a/path', credentialsSecret },
  });
  await eventually(() => expect(integrations.reported('broken').fault?.code).toBe('InvalidHostname'));
  expect(integrations.areAllReadable()).toBe(false);
  expect(told).toEqual([]);
  cluster.remove(quayIntegration, 'broken');
  await eventually(() => expect(told).toEqual(['broken']));
  expect(integrations.areAllReadable()).toBe(true);
});

async function start(client: KubeClient): Promise<{ readonly integrations: Integrations; readonly told: string[] }> {
  const operator = operatorInMemory(client);
  const { watches, live, settings } = operator;
  const rule = () => Promise.resolve(credentialsRule(settings, watches.integrations.list()));
  const connections = createConnections({ store: live, rule, onCall: () => undefined });
  const { configuration, namespace } = settings;
  const repositories = createRepositories({ cluster: live, configuration, namespace, rule, folder: undefined });
  const integrations = createIntegrations(operator, connections, repositories);
  const told: string[] = [];
  integrations.onChange((name) => told.push(name));
  stops.push(() => integrations.stop(0), watches.stop, connections.closeAll);
  watches.integrations.start();
  watches.predecessorIntegrations.start();
  await Promise.all([watches.integrations.filled(), watches.predecessorIntegrations.filled()]);
  integrations.start();
  return { integrations, told };
}
