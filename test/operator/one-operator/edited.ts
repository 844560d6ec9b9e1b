import { afterAll, describe, expect, test } from '@jest/globals';
import { generate } from 'selfsigned';
import { Harness } from '../../fixtures/operator/harness.js';
import { home } from '../../fixtures/operator/cluster.js';
import { demandPullSecrets } from '../../fixtures/operator/pull-secrets.js';
import { cluster } from './cluster.js';

describe('an integration that is edited', () => {
  const harnesses: Harness[] = [];

  const open = async (options: Parameters<typeof Harness.open>[1]): Promise<Harness> => {
    const harness = await Harness.open(cluster, options);
    harnesses.push(harness);
    return harness;
  };
  const ready = (harness: Harness, expected: object): Promise<void> =>
    cluster.eventually(async () => expect(await harness.condition('Ready')).toMatchObject(expected));

  afterAll(async () => {
    await Promise.all(harnesses.map((harness) => harness.close()));
  });

  test('Q33 a token that is exchanged in its Secret is taken up without a restart', async () => {
    const harness = await open({});
    await ready(harness, { status: 'True' });
    const write = (token: string): Promise<void> =>
      cluster.patch(['secret', harness.id, '-n', home], { stringData: { token } });
    await write('nonsense');
    await ready(harness, { status: 'False', reason: 'TokenRejected' });
    await harness.projects(['late']);
    await write(harness.token());
    await harness.ready(['late']);
    await demandPullSecrets(harness, 'late');
  });

  test('Q33 an allow list and a deny list are taken up as they are edited', async () => {
    const harness = await open({ spec: { allowlistNamespaces: ['nobody'] } });
    await harness.projects(['one', 'two']);
    await ready(harness, { status: 'True' });
    expect(harness.organizations()).toEqual([]);
    await harness.edit({ allowlistNamespaces: [harness.namespace('one')] });
    await harness.ready(['one']);
    expect(harness.organizations()).toEqual([harness.organization('one')]);
    await harness.edit({ allowlistNamespaces: null, denylistNamespaces: [harness.namespace('two')] });
    await harness.projects(['three']);
    await harness.ready(['three']);
    await harness.edit({ denylistNamespaces: null });
    await harness.ready(['two']);
  });

  test('Q33 a certificate authority is taken up when it is named, and again when it changes', async () => {
    const made = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
    });
    const other = await generate([{ name: 'commonName', value: '127.0.0.1' }]);
    const harness = await open({ simulator: { tls: { key: made.private, cert: made.cert } } });
    await ready(harness, { status: 'False', reason: 'TLSVerificationFailed' });
    const caPair = (certificate: string): object => ({ data: { 'ca.crt': certificate } });
    const metadata = { name: harness.id, namespace: home };
    await cluster.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata, ...caPair(other.cert) });
    await harness.edit({ certificateAuthority: { configMap: { namespace: home, name: harness.id } } });
    await cluster.eventually(async () => {
      const { metadata, status } = await harness.integration();
      expect(status?.observedGeneration).toBe(metadata.generation);
    });
    await ready(harness, { status: 'False', reason: 'TLSVerificationFailed' });
    await cluster.patch(['configmap', harness.id, '-n', home], caPair(made.cert));
    await ready(harness, { status: 'True' });
  });
});
