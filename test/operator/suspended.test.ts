import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { openRepository, type StateRepository } from '../../src/git/index.js';
import { resourceTypes } from '../../src/kube/index.js';
import { clusterId } from '../../src/names/index.js';
import { type Integrations } from '../../src/operator/integrations/integrations.js';
import { type KnownIntegration } from '../../src/operator/integrations/known-integration.js';
import { createRoad } from '../../src/operator/road/road.js';
import { type Findings } from '../../src/operator/status/findings.js';
import { eventually } from '../control-plane/eventually.js';
import { integration, openPlayground } from '../converge/playground.js';
import { cluster } from '../desired/fixtures.js';
import { personCommits, removeTemporary, temporaryFolder } from '../git/temporary.js';
import { scriptedClient } from '../kube/watch/scripted-client.js';
import { operatorInMemory } from './operator-in-memory.js';

afterAll(removeTemporary);

const suspended = integration({ suspend: true, git: { interval: '2500ms' } });

test('a suspended integration plans again when the branch has moved, and not each time it is looked at', async () => {
  const quay = await openPlayground();
  const embedded = await openRepository({ embedded: await temporaryFolder() });
  let looks = 0;
  const repository: StateRepository = {
    ...embedded,
    head: (options) => {
      looks += 1;
      return embedded.head(options);
    },
  };
  const { integrations, plans, announce } = integrationsOf({
    integration: suspended,
    type: resourceTypes.quayIntegration,
    id: clusterId('openshift'),
    host: 'quay.example.com',
    quay: { value: quay.quay },
    repository: { value: repository },
  });
  const operator = operatorInMemory(scriptedClient(() => ({ status: 404, body: {} })));
  const snapshot = async () => ({ ...cluster([]), uid: 'c1' });
  const road = createRoad({ ...operator, cluster: { ...operator.cluster, snapshot, uid: () => 'c1' } }, integrations);
  try {
    road.start();
    announce();
    await eventually(() => expect(plans()).toBe(1));
    await personCommits(embedded.description, (clone) => writeFile(join(clone, 'note'), 'One'));
    await eventually(() => expect(plans()).toBe(2));
    const before = looks;
    await eventually(() => expect(looks).toBeGreaterThan(before + 3));
    expect(plans()).toBe(2);
  } finally {
    await road.stop();
    await quay.close();
  }
});

/** The only integration there is; counts the plans that it is told of. */
function integrationsOf(known: KnownIntegration): {
  readonly integrations: Integrations;
  readonly plans: () => number;
  readonly announce: () => void;
} {
  const { name } = known.integration.metadata;
  const handlers: ((name: string) => void)[] = [];
  let findings: Findings = {};
  let plans = 0;
  const integrations: Integrations = {
    get: (one) => (one === name ? known : undefined),
    all: () => [known],
    exists: () => 'Yes',
    readable: () => [known.integration],
    areAllReadable: () => true,
    report: (_, found) => {
      findings = { ...findings, ...found };
      if (found.plan !== undefined) plans += 1;
    },
    writeStatus: () => Promise.resolve(),
    status: () => undefined,
    findings: () => findings,
    onChange: (handler) => void handlers.push(handler),
    isIdle: () => true,
    start: () => undefined,
    stop: () => Promise.resolve(),
  };
  return { integrations, plans: () => plans, announce: () => handlers.forEach((handler) => handler(name)) };
}
