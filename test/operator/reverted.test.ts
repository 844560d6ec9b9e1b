import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { openRepository } from '../../src/git/index.js';
import { resourceTypes } from '../../src/kube/index.js';
import { clusterId } from '../../src/names/index.js';
import { createTerms } from '../../src/operator/term/terms.js';
import { createGitSync } from '../../src/operator/git/git-controller.js';
import { integrationStatus } from '../../src/operator/status/integration-status.js';
import { eventually } from '../support/eventually.js';
import { integration } from '../fixtures/playground.js';
import { cluster, namespace } from '../fixtures/snapshot.js';
import { personCommits, removeTemporary, temporaryFolder } from '../support/temporary.js';
import { scriptedClient } from '../support/scripted-client.js';
import { onlyIntegration } from './only-integration.js';
import { operatorInMemory } from './operator-in-memory.js';

afterAll(removeTemporary);

const folder = 'clusters/openshift';
const failure = { code: 'QuayUnreachable' as const, message: 'there was no answer', retryable: true };

test('a reverted change is a condition that says what to do', async () => {
  const repository = await openRepository({ embedded: await temporaryFolder() });
  const snapshot = async () => ({ ...cluster([namespace('foo'), namespace('bar')]), uid: 'c1' });
  const operator = operatorInMemory(scriptedClient(() => ({ status: 404, body: {} })));
  // Others bring the documents in: then the road ends in Git.
  const { integrations, announce } = onlyIntegration({
    integration: integration({ git: { sync: 'External' } }),
    type: resourceTypes.quayIntegration,
    id: clusterId('openshift'),
    host: 'quay.example.com',
    quay: { failure },
    repository: { value: repository },
  });
  const gitSync = createGitSync(
    { ...operator, cluster: { ...operator.cluster, snapshot, uid: () => 'c1' } },
    integrations,
    createTerms(operator, integrations),
  );
  const conditions = () =>
    integrationStatus({
      reported: integrations.reported('quay'),
      summary: { organizations: 0, ready: 0, faults: [] },
      generation: 1,
      before: undefined,
      now: new Date(),
    }).conditions;
  try {
    gitSync.start();
    announce();
    await eventually(() => expect(integrations.reported('quay').published).toBeDefined());
    expect(conditions()).not.toContainEqual(expect.objectContaining({ type: 'Reverted' }));
    await personCommits(repository.description, (clone) => rm(join(clone, folder), { recursive: true }));
    announce();
    await eventually(() => expect(conditions()).toContainEqual(expect.objectContaining({ type: 'Reverted' })));
    const message = conditions()
      ?.find(({ type }) => type === 'Reverted')
      ?.message.split('\n');
    expect(message).toEqual([
      expect.stringMatching(
        `^${folder}/organizations/bar.yaml: Ann reverted our change .* ${folder}/overlays/bar.yaml`,
      ),
      expect.stringMatching(
        `^${folder}/organizations/foo.yaml: Ann reverted our change .* ${folder}/overlays/foo.yaml`,
      ),
    ]);
    // Whose folder it is stands there again.
    const head = await repository.head();
    expect((await head?.list())?.map(({ path }) => path)).toEqual([`${folder}/cluster.yaml`]);
  } finally {
    await gitSync.stop(10_000);
  }
});
