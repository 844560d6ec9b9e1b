import { expect } from '@jest/globals';
import { limits } from '../../../src/limits/index.js';
import { imageStream } from '../../fixtures/operator/objects.js';
import { type Scene } from '../../hostile/scene.js';
import { readyOf } from '../../hostile/seen.js';
import { type Fed, type Feedings, patience, several, tells } from './fed.js';
import { strangeAnswers } from './quay.js';

/** A namespace whose organization gets such answers of Quay; a new one, so that it is looked at. */
const answered =
  (row: keyof typeof strangeAnswers, reason: string, words = /./) =>
  async ({ scene }: Fed): Promise<void> => {
    const name = row.toLowerCase();
    scene.quay.strange.set(scene.harness.organization(name), strangeAnswers[row]);
    await scene.projects([name]);
    await scene.cluster.eventually(
      async () =>
        expect(await readyOf(scene, name)).toMatchObject({
          status: 'False',
          reason,
          message: expect.stringMatching(words),
        }),
      patience,
    );
  };

/** Streams of a namespace that are more than one answer of the API server may be; before the operator begins to list. */
export async function heavyStreams({ harness, cluster }: Scene): Promise<void> {
  const within = harness.namespace('heavy');
  const streams = Array.from({ length: 14 }, (_, at) => ({
    ...imageStream(within, `web-${at}`),
    spec: { lookupPolicy: { local: false }, dockerImageRepository: 'x'.repeat(1_300_000) },
  }));
  for (const stream of streams) await cluster.create(stream);
}

/** By the administrators of namespaces, and by Quay. */
export const organizationFeedings: Feedings<Fed> = {
  objectBytes: async ({ scene }) => {
    scene.quay.strange.set(scene.harness.organization('many'), strangeAnswers.quayWords);
    await scene.projects(['many']);
    const within = scene.harness.namespace('many');
    const streams = Array.from({ length: 1_600 }, (_, at) => imageStream(within, `${at}-`.padEnd(200, 'x')));
    await several(8, (part) => scene.cluster.create(...streams.filter((_one, at) => at % 8 === part)));
    await tells(scene, 'many', 'ImageStreamsLeftOut', /of 1600 have no repository/);
  },
  serviceAccounts: async ({ scene }) => {
    scene.quay.strange.set(scene.harness.organization('crowd'), strangeAnswers.quayWords);
    await scene.projects(['crowd']);
    const namespace = scene.harness.namespace('crowd');
    const accounts = Array.from({ length: limits.serviceAccounts + 2 }, (_, at) => ({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: `account-${at}`, namespace },
    }));
    await several(8, (part) => scene.cluster.create(...accounts.filter((_one, at) => at % 8 === part)));
    await tells(scene, 'crowd', 'Incomplete', /2 service accounts have no robot/);
  },
  pullSecretBytes: async ({ scene }) => {
    const path = `/api/v1/namespaces/${scene.harness.namespace('b')}/secrets/default-quay-${scene.harness.id}`;
    const auths = { 'x.example.com': { auth: 'x'.repeat(700_000) } };
    await scene.cluster.merge(path, { stringData: { '.dockerconfigjson': JSON.stringify({ auths }) } });
    await scene.cluster.eventually(async () => {
      const { data } = await scene.cluster.get<{ data: Record<string, string> }>(path);
      expect(data['.dockerconfigjson']?.length).toBeLessThan(limits.pullSecretBytes);
    }, patience);
  },
  clusterAnswer: async ({ scene }) => {
    // They were there before the operator listed them.
    await scene.harness.ready(['heavy'], patience);
  },
  quayAnswer: answered('quayAnswer', 'UnexpectedAnswer'),
  quayWords: answered('quayWords', 'QuayRefused', /^.{1,700}$/),
  quayHead: answered('quayHead', 'QuayUnreachable'),
  quayBody: answered('quayBody', 'QuayUnreachable'),
  quayPages: async ({ scene }) => {
    const organization = scene.harness.organization('f');
    scene.quay.strange.set(organization, strangeAnswers.quayPages);
    // Quay's log says that somebody changed it, so it is looked at.
    await scene.harness.ask('PUT', `/organization/${organization}/team/more`, { role: 'member' });
    await scene.cluster.eventually(
      async () => expect(await readyOf(scene, 'f')).toMatchObject({ status: 'False', reason: 'UnexpectedAnswer' }),
      patience,
    );
  },
};
