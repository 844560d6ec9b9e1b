import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type ApiWatch, watchApi } from '../../../src/kube/apis/api-watch.js';
import { type KubeClient } from '../../../src/kube/client/kube-client.js';
import { eventually } from '../../support/eventually.js';
import { type FaultProxy } from '../../control-plane/proxy/fault-proxy.js';
import { type SharedControlPlane } from '../../control-plane/control-plane.js';
import { sharedControlPlane } from '../../control-plane/shared.js';
import { clientAt } from '../../support/client-at.js';

let controlPlane: SharedControlPlane;
let proxy: FaultProxy;
let client: KubeClient;
let watch: ApiWatch;
let states: string[];

const group = `g${process.pid}.example.com`;
const crd = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `things.${group}` },
  spec: {
    group,
    scope: 'Cluster',
    names: { plural: 'things', singular: 'thing', kind: 'Thing' },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
  },
};

beforeEach(async () => {
  controlPlane = await sharedControlPlane();
  proxy = await controlPlane.proxy();
  client = clientAt(proxy.kubeconfig);
  states = [];
  watch = watchApi(
    client,
    { group, resource: 'things' },
    { settledSeconds: 0.1, unknownSeconds: 0.1, onChange: ({ state }) => states.push(state) },
  );
});
afterEach(async () => {
  await watch.stop();
  await client.close();
  await proxy.stop();
});

test('an API comes, fails, and goes while it is watched', async () => {
  const is = (state: string): Promise<void> => eventually(() => expect(watch.state().state).toBe(state));
  expect(watch.state().state).toBe('Unknown');
  watch.start();
  await is('Absent');
  await controlPlane.edits.create(crd);
  await is('Present');
  const down = proxy.arm({ path: `/apis/${group}/v1` }, { kind: 'answer', status: 503 });
  await is('Unknown');
  down.lift();
  await is('Present');
  const away = proxy.arm({ path: `/apis/${group}/v1` }, { kind: 'cut', at: 'before' });
  await is('Unknown');
  away.lift();
  await is('Present');
  // Defined and not served: never absent.
  const unserved = proxy.arm(
    { path: `/apis/${group}/v1` },
    { kind: 'answer', status: 404, body: '404 page not found' },
  );
  await is('Unknown');
  unserved.lift();
  await is('Present');
  await controlPlane.edits.delete('customresourcedefinition', crd.metadata.name);
  await is('Absent');
  expect(states.join(' ')).toMatch(
    /^Absent (Unknown )?Present Unknown Present Unknown Present Unknown Present (Unknown )?Absent$/,
  );
});
