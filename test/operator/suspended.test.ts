import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { openRepository, type StateRepository } from '../../src/git/index.js';
import { resourceTypes } from '../../src/kube/index.js';
import { clusterId } from '../../src/names/index.js';
import { createTerms } from '../../src/operator/term/terms.js';
import { createGitSync } from '../../src/operator/git/git-controller.js';
import { eventually } from '../support/eventually.js';
import { integration, openPlayground } from '../fixtures/playground.js';
import { cluster } from '../fixtures/snapshot.js';
import { personCommits, removeTemporary, temporaryFolder } from '../support/temporary.js';
import { scriptedClient } from '../support/scripted-client.js';
import { onlyIntegration } from './only-integration.js';
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
  const { integrations, plans, announce } = onlyIntegration({
    integration: suspended,
    type: resourceTypes.quayIntegration,
    id: clusterId('openshift'),
    host: 'quay.example.com',
    quay: { value: quay.quay },
    repository: { value: repository },
  });
  const operator = operatorInMemory(scriptedClient(() => ({ status: 404, body: {} })));
  const snapshot = async () => ({ ...cluster([]), uid: 'c1' });
  const gitSync = createGitSync(
    { ...operator, cluster: { ...operator.cluster, snapshot, uid: () => 'c1' } },
    integrations,
    createTerms(operator, integrations),
  );
  try {
    gitSync.start();
    announce();
    await eventually(() => expect(plans()).toBe(1));
    await personCommits(embedded.description, (clone) => writeFile(join(clone, 'note'), 'One'));
    await eventually(() => expect(plans()).toBe(2));
    const before = looks;
    await eventually(() => expect(looks).toBeGreaterThan(before + 3));
    expect(plans()).toBe(2);
  } finally {
    await gitSync.stop(10_000);
    await quay.close();
  }
});
