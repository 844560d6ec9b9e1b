import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { limits } from '../../src/limits/index.js';
import { conditionOf, imageStream } from '../fixtures/operator/objects.js';
import { byHand, git, head } from '../fixtures/operator/people.js';
import { graft, treeBomb } from '../fixtures/tree-bomb.js';
import { asInstalled, type Installed } from '../support/as-installed.js';
import { watchLiveness } from '../support/liveness.js';
import { peakMemory } from '../support/peak-memory.js';
import { begun } from './begun.js';
import { id, scene } from './installation.js';
import { readyOf } from './seen.js';

const overlay = (): string => `clusters/${id}/overlays/${scene.harness.namespace('d')}.yaml`;
// An organization is told of after its many repositories were made.
const patience = 240_000;
const tells = (name: string, type: string, words: RegExp): Promise<void> =>
  scene.cluster.eventually(async () => {
    expect(conditionOf(await scene.harness.object(name), type).message).toMatch(words);
  }, patience);

/** Puts files into the state repository, and takes away those without a content. */
async function state(contents: Readonly<Record<string, string | Buffer | undefined>>): Promise<void> {
  await byHand(scene.harness, async (clone) => {
    for (const [path, content] of Object.entries(contents)) {
      const file = join(clone, path);
      await mkdir(dirname(file), { recursive: true });
      await rm(file, { force: true, recursive: true });
      if (content !== undefined) await writeFile(file, content);
    }
  });
}

const attacks = {
  'a repository with a large file, and an overlay that is too large': async () => {
    const large = Buffer.alloc(64 * 1024 * 1024);
    await state({ 'large.bin': large, [overlay()]: `# ${'x'.repeat(limits.personalFileBytes)}\n` });
    await tells('d', 'Incomplete', /overlays\/.*at most 65536 are read/);
  },
  'answers of Quay about one organization': async () => {
    const { harness, quay } = scene;
    quay.swollen.add(harness.organization('f'));
    // Quay's log says that somebody changed it, so it is looked at.
    await harness.ask('PUT', `/organization/${harness.organization('f')}/team/more`, { role: 'member' });
    await scene.cluster.eventually(async () =>
      expect(await readyOf(scene, 'f')).toMatchObject({ status: 'False', reason: 'UnexpectedAnswer' }),
    );
  },
  'a Secret in the place of a pull secret': async () => {
    const path = `/api/v1/namespaces/${scene.harness.namespace('b')}/secrets/default-quay-${id}`;
    const auths = { 'x.example.com': { auth: 'x'.repeat(700_000) } };
    await scene.cluster.merge(path, { stringData: { '.dockerconfigjson': JSON.stringify({ auths }) } });
    await scene.cluster.eventually(async () => {
      const { data } = await scene.cluster.get<{ data: Record<string, string> }>(path);
      expect(data['.dockerconfigjson']?.length).toBeLessThan(limits.pullSecretBytes);
    });
  },
  'image streams of one namespace': async () => {
    const { harness, cluster } = scene;
    await scene.projects(['many']);
    const within = harness.namespace('many');
    const streams = Array.from({ length: 1_600 }, (_, at) => imageStream(within, `${at}-`.padEnd(200, 'x')));
    const parts = Array.from({ length: 8 }, (_, part) => streams.filter((_one, at) => at % 8 === part));
    await Promise.all(parts.map((part) => cluster.create(...part)));
    await tells('many', 'ImageStreamsLeftOut', /of 1600 have no repository/);
  },
};

describe('an operator that has the memory of its Deployment, and is sent more than it takes,', () => {
  let installed: Installed;
  let liveness: ReturnType<typeof watchLiveness> | undefined;
  const attempts = begun(() => Object.entries(attacks).map(([name, attack]) => [name, attack()]));

  beforeAll(async () => {
    installed = await asInstalled('quayside');
    const port = (await scene.operators.at(-1)?.port) ?? '';
    liveness = watchLiveness(`http://127.0.0.1:${port}/livez`, installed.livenessTimeout);
  });
  afterAll(async () => {
    await liveness?.();
    scene.quay.swollen.clear();
    await state({ 'large.bin': undefined, [overlay()]: undefined });
  });

  test.each(Object.keys(attacks))('tells whoever it concerns: %s', (name) => attempts(name));

  test('tells the integration of a tree that stands for more files than are taken', async () => {
    const { harness, cluster } = scene;
    const before = head(harness);
    const tree = treeBomb(harness.remote, 8);
    const commit = graft(harness.remote, before, { path: `clusters/${id}/docs`, tree });
    git(harness.remote, 'update-ref', 'refs/heads/main', commit, before);
    await cluster.eventually(async () =>
      expect(await harness.condition('Ready')).toMatchObject({
        reason: 'StateInvalid',
        message: expect.stringMatching(/more than 50000 files/),
      }),
    );
    git(harness.remote, 'update-ref', 'refs/heads/main', before, commit);
  });

  test('serves others meanwhile, lives, and says so in time', async () => {
    await scene.projects(['other']);
    await scene.harness.ready(['other']);
    const operator = scene.operators.at(-1);
    expect(operator?.ended()).toBeUndefined();
    expect(peakMemory(operator?.pid)).not.toBeGreaterThan(installed.memory);
    const { failures } = (await liveness?.()) ?? {};
    expect(failures).toEqual([]);
  });
});
