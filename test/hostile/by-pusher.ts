import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { byHand, git, head } from '../fixtures/operator/people.js';
import { Canaries } from '../trust/canaries.js';
import { id, scene } from './installation.js';
import { arrives, refusal, secretNames, stillReady } from './seen.js';

const overlayOf = (name: string): string => `overlays/${scene.harness.namespace(name)}.yaml`;

/** Puts these texts into the folder of the cluster, and links out of the repository at these places. */
async function push(texts: Readonly<Record<string, string>>, links: readonly string[] = []): Promise<void> {
  await byHand(scene.harness, async (clone) => {
    for (const path of [...Object.keys(texts), ...links]) {
      const file = join(clone, 'clusters', id, path);
      await mkdir(dirname(file), { recursive: true });
      await rm(file, { force: true, recursive: true });
      const text = texts[path];
      await (text === undefined ? symlink(join(scene.folder, 'host-file'), file) : writeFile(file, text));
    }
  });
}

const notification = `{title: x, event: repo_push, method: slack, urlSecretRef: {name: ${id}, key: token}}`;
const robot = '{name: builder, role: write, pullSecret: {name: stolen, serviceAccount: default}}';
const system = JSON.stringify({
  apiVersion: 'quayside.dev/v1alpha1',
  kind: 'QuayOrganization',
  metadata: {
    name: `${id}.kube-system`,
    labels: { 'app.kubernetes.io/managed-by': 'quayside', 'quayside.dev/integration': id },
  },
  spec: {
    integration: id,
    name: `${id}_kube-system`,
    namespace: 'kube-system',
    robots: [{ name: 'builder', role: 'write', pullSecret: { name: 'stolen', serviceAccount: 'default' } }],
  },
});
const bomb = [
  'a: &a [x,x,x,x,x,x,x,x,x]',
  ...[...'bcdefghij'].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[at]}`).join()}]`),
].join('\n');

describe('somebody who may push to the state repository', () => {
  let deletes: number;
  let ofSystem: readonly string[];

  beforeAll(async () => {
    const value = randomBytes(30).toString('hex');
    scene.secrets['a file of the operator'] = value;
    await writeFile(join(scene.folder, 'host-file'), `spec: {email: ${value}@example.com}\n`);
    deletes = scene.harness.deletes().length;
    ofSystem = await secretNames(scene, 'kube-system');
    const texts = {
      [overlayOf('b')]: `spec: {repositories: [{name: web, notifications: [${notification}]}]}\n`,
      [overlayOf('e')]: `${bomb}\n`,
      [overlayOf('f')]: `spec: {robots: [${robot}]}\n`,
      'organizations/kube-system.yaml': system,
    };
    await push(texts, [overlayOf('d'), 'organizations/linked.yaml']);
    await arrives(scene);
  });

  test('gets no Secret of the operator by an overlay that names it', async () => {
    await refusal(scene, 'b', 'SecretNotAllowed');
  });

  test.each([
    ['that puts a pull secret elsewhere', 'f'],
    ['that is a link out of the repository', 'd'],
    ['that grows when it is read', 'e'],
  ])('has what was there kept, and the integration say so, by an overlay %s', async (_, name) => {
    await scene.cluster.eventually(async () => {
      const { message } = await scene.harness.condition('StateInvalid');
      expect(message).toContain(overlayOf(name));
    });
    await stillReady(scene, name);
    expect(await secretNames(scene, scene.harness.namespace(name))).not.toContain('stolen');
  });

  test('decides only about organizations of that integration', async () => {
    expect(await secretNames(scene, 'kube-system')).toEqual(ofSystem);
    expect(scene.harness.deletes().slice(deletes)).toEqual([]);
    await stillReady(scene, 'a');
  });

  test('has all of it held, and told, by a list of what to ignore that is a link', async () => {
    const { harness, cluster } = scene;
    await push({}, ['ignore.yaml']);
    await cluster.eventually(async () => {
      const { message } = await harness.condition('Ready');
      expect(message).toContain('ignore.yaml');
    });
    await stillReady(scene, 'a');
    await byHand(harness, (clone) => rm(join(clone, 'clusters', id, 'ignore.yaml')));
    await arrives(scene);
  });

  test.each([
    ['a history that begins anew', (): unknown => git(scene.harness.remote, 'update-ref', 'refs/heads/main', orphan())],
    ['no branch', (): unknown => git(scene.harness.remote, 'update-ref', '-d', 'refs/heads/main')],
  ])('has nothing removed by leaving %s', async (_, change) => {
    const { harness, cluster } = scene;
    const before = head(harness);
    change();
    await cluster.eventually(async () => {
      const { status } = await harness.integration();
      expect(status?.conditions).toContainEqual(expect.objectContaining({ reason: 'HistoryDiverged' }));
    });
    await stillReady(scene, 'a');
    expect(scene.harness.deletes().slice(deletes)).toEqual([]);
    git(harness.remote, 'update-ref', 'refs/heads/main', before);
    await arrives(scene);
  });

  test('runs nothing by the settings and hooks of its folder', async () => {
    const programs = await Canaries.hatch(join(scene.folder, 'programs'));
    const config = join(scene.harness.remote, 'config');
    await copyFile(config, `${config}.before`);
    await programs.putIntoRemote(scene.harness.remote);
    await scene.projects(['late']);
    await scene.harness.ready(['late']);
    expect(await programs.sung()).toEqual([]);
    // Whoever pushes by hand would run them himself.
    await copyFile(`${config}.before`, config);
  });
});

/** A commit without files and without parents. */
function orphan(): string {
  const tree = git(scene.harness.remote, 'hash-object', '-t', 'tree', '/dev/null');
  return git(scene.harness.remote, 'commit-tree', '-m', 'Anew', tree);
}
