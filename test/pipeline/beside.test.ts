import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { type Session } from '../../src/pipeline/session.js';
import { integrationPass } from '../../src/pipeline/organization-pass.js';
import { selectorsOf } from '../../src/integration/index.js';
import { openRepository } from '../../src/git/index.js';
import { type Cluster } from '../../src/kube/index.js';
import { clusterId } from '../../src/names/index.js';
import { cluster, integration, namespace } from '../fixtures/snapshot.js';
import { bareRepository, git, personCommits, removeTemporary } from '../support/temporary.js';

afterEach(removeTemporary);

const folder = 'clusters/openshift';
const readme = `${folder}/README.md`;
const schema = `${folder}/schemas/overlay.json`;

async function state(): Promise<{
  readonly remote: string;
  readonly pass: (...namespaces: readonly string[]) => Promise<boolean>;
}> {
  const remote = await bareRepository();
  const repository = await openRepository({ embedded: remote });
  const quay = integration();
  const session = (...names: readonly string[]): Session => ({
    inputs: { cluster: {} as Cluster, integration: quay, id: clusterId(quay.spec.clusterID) },
    known: {
      snapshot: { ...cluster(names.map((name) => namespace(name))), uid: 'c1' },
      selectors: selectorsOf([quay]),
      allIntegrationsKnown: true,
    },
    repository,
  });
  return { remote, pass: async (...names) => (await integrationPass(session(...names), false)).git.pushed };
}

test('the README and the schemas go along with a change, make none by themselves, and are never written over those of a person', async () => {
  const { remote, pass } = await state();
  expect(await pass('shop')).toBe(true);
  const show = (path: string): Promise<string> => git(remote, 'show', `main:${path}`);
  expect(await git(remote, 'log', '--format=%s', 'main')).toBe('Add organization shop\n');
  const written = await show(readme);
  expect(await show(`${folder}/organizations/shop.yaml`)).toContain(
    '# yaml-language-server: $schema=../schemas/organization.json\n',
  );
  expect(await pass('shop')).toBe(false);

  await personCommits(remote, async (clone) => {
    await writeFile(join(clone, readme), '# Ours\n');
    await writeFile(join(clone, schema), (await show(schema)).replace('"title"', '"name"'));
  });
  expect(await pass('shop')).toBe(false);
  expect(await pass('shop', 'web')).toBe(true);
  expect(await show(readme)).toBe('# Ours\n');
  expect(await show(schema)).toContain('"title"');
  expect(written).toContain('overlays/<namespace>.yaml');
});
