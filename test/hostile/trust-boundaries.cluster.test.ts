import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import './by-integrations.js';
import './by-organizations.js';
import './by-administrator.js';
import './by-pod.js';
import './by-user-of-quay.js';
import './while-away.js';
import './by-pusher.js';
import './by-size.js';
import { home } from '../fixtures/operator/cluster.js';
import { type Reported } from '../fixtures/operator/objects.js';
import { canary } from './scene.js';
import { scene } from './installation.js';
import { filesBelow, leaksIn, objectsIn, objectsOf, secretsIn } from './leaks.js';

describe('after all of that, and a kill', () => {
  // What a killed operator was just doing with git may have left its login; the next one removes that before it runs git.
  beforeAll(async () => {
    const killed = scene.operators.at(-1)?.pid;
    await scene.pausing(async () => {
      const left = join(scene.temporary, `quayside-git-${killed}-killed`);
      await mkdir(left);
      await writeFile(join(left, 'config'), scene.secrets[`${home}/${canary}`] ?? '');
    });
    await scene.harness.projects(['afterwards'], ['web']);
    await scene.plantEverywhere();
    await scene.harness.ready(['afterwards']);
    await scene.operators.at(-1)?.stop();
  });

  test('every namespace has a planted Secret', async () => {
    const { items } = await scene.cluster.get<{ items: readonly Reported[] }>('/api/v1/namespaces');
    const without = items
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .flatMap(({ metadata: { name } }) => (`${name}/${canary}` in scene.secrets ? [] : [name]));
    expect(without).toEqual([]);
  });

  test('the planted Secrets stand nowhere but where they were planted', async () => {
    const { cluster, harness, quay, sink, webhook } = scene;
    const cached = await readdir(join(scene.folder, 'cache'));
    const places = {
      'what Quay was sent': quay.text(),
      'what another host was sent': JSON.stringify(sink.asked),
      'the log of the operator': scene.log(),
      'the log of the webhook': webhook.log(),
      'the state repository': objectsOf(harness.remote),
      'the cache of the operator': filesBelow(join(scene.folder, 'cache')),
      'temporary files': `${scene.temporary} ${filesBelow(scene.temporary)}`,
      'the arguments of git': scene.arguments.flatMap(({ seen }) => [...seen]).join('\n'),
      ...(await objectsIn(cluster)),
    };
    expect(Object.entries(places).filter(([, text]) => text === '')).toEqual([]);
    expect(cached).not.toEqual([]);
    expect(places['the arguments of git']).toContain('git');
    // The token of Quay is shown to Quay, and to nobody else.
    expect(leaksIn(places, { ...scene.secrets, token: harness.token() })).toEqual([]);
    expect(leaksIn({ 'the logins at Quay': [...quay.authorizations].join('\n') }, scene.secrets)).toEqual([]);
    const planted = new Set(Object.keys(scene.secrets));
    expect(leaksIn(await secretsIn(cluster, planted), scene.secrets)).toEqual([]);
  });
});
