import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { generate } from 'selfsigned';
import { Bridge } from './harness.js';
import { Cluster, home } from './cluster.js';
import { demandPullSecrets } from './pull-secrets.js';

let cluster: Cluster;
const bridges: Bridge[] = [];

const open = async (options: Parameters<typeof Bridge.open>[1]): Promise<Bridge> => {
  const bridge = await Bridge.open(cluster, options);
  bridges.push(bridge);
  return bridge;
};
const ready = (bridge: Bridge, expected: object): Promise<void> =>
  cluster.eventually(async () => expect(await bridge.condition('Ready')).toMatchObject(expected));

beforeAll(async () => {
  cluster = await Cluster.open();
  await cluster.start();
});
afterAll(async () => {
  await cluster.close();
  await Promise.all(bridges.map((bridge) => bridge.quay.close()));
});

test('Q33 a token that is exchanged in its Secret is taken up without a restart', async () => {
  const bridge = await open({});
  await ready(bridge, { status: 'True' });
  const write = (token: string): Promise<void> =>
    cluster.patch(['secret', bridge.id, '-n', home], { stringData: { token } });
  await write('nonsense');
  await ready(bridge, { status: 'False', reason: 'TokenRejected' });
  await bridge.projects(['late']);
  await write(bridge.token());
  await bridge.ready(['late']);
  await demandPullSecrets(bridge, 'late');
});

test('Q33 an allow list and a deny list are taken up as they are edited', async () => {
  const bridge = await open({ spec: { allowlistNamespaces: ['nobody'] } });
  await bridge.projects(['one', 'two']);
  await ready(bridge, { status: 'True' });
  expect(bridge.organizations()).toEqual([]);
  await bridge.edit({ allowlistNamespaces: [bridge.namespace('one')] });
  await bridge.ready(['one']);
  expect(bridge.organizations()).toEqual([bridge.organization('one')]);
  await bridge.edit({ allowlistNamespaces: null, denylistNamespaces: [bridge.namespace('two')] });
  await bridge.projects(['three']);
  await bridge.ready(['three']);
  await bridge.edit({ denylistNamespaces: null });
  await bridge.ready(['two']);
});

test('Q33 a certificate authority is taken up when it is named, and again when it changes', async () => {
  const made = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  const other = await generate([{ name: 'commonName', value: '127.0.0.1' }]);
  const bridge = await open({ simulator: { tls: { key: made.private, cert: made.cert } } });
  await ready(bridge, { status: 'False', reason: 'TLSVerificationFailed' });
  const authority = (certificate: string): object => ({ data: { 'ca.crt': certificate } });
  const metadata = { name: bridge.id, namespace: home };
  await cluster.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata, ...authority(other.cert) });
  await bridge.edit({ certificateAuthority: { configMap: { namespace: home, name: bridge.id } } });
  await cluster.eventually(async () => {
    const { metadata, status } = await bridge.integration();
    expect(status?.observedGeneration).toBe(metadata.generation);
  });
  await ready(bridge, { status: 'False', reason: 'TLSVerificationFailed' });
  await cluster.patch(['configmap', bridge.id, '-n', home], authority(made.cert));
  await ready(bridge, { status: 'True' });
});
