import { expect, test } from '@jest/globals';
import { type NamespaceRecord } from '../../src/api/index.js';
import { type NamespaceSelector, claimedByOthers, claims } from '../../src/integration/index.js';
import { clusterFromFiles } from '../../src/kube/index.js';
import { dumpFolder, list } from '../fixtures/dump.js';
import { integration } from '../fixtures/integration.js';

const write = dumpFolder();
const namespaces: readonly NamespaceRecord[] = ['a', 'b', 'c'].map((name) => ({
  name,
  labels: {},
  annotations: {},
  finalizers: [],
  terminating: false,
}));
const selector = (name: string, created: string | undefined, selected: string, old = false): NamespaceSelector => ({
  integration: integration(
    {},
    {
      name,
      ...(created !== undefined && { creationTimestamp: created }),
      ...(old && { annotations: { 'quayside.dev/converted-from': 'redhatcop.redhat.io/v1alpha1' } }),
    },
  ),
  selects: (namespace) => selected.includes(namespace.name),
});
const owners = (
  selectors: readonly NamespaceSelector[],
  currentOwners: Record<string, string> = {},
): Record<string, string> =>
  Object.fromEntries(claims(selectors, namespaces, new Map(Object.entries(currentOwners))).owners);

const [early, late] = ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'];

test('integrations that select different namespaces do not meet', () => {
  const both = [selector('one', early, 'a'), selector('two', late, 'b')];
  expect(owners(both)).toEqual({ a: 'one', b: 'two' });
  expect(claims(both, namespaces, new Map()).losses.size).toBe(0);
});

test('an overlapping namespace goes to the older one, of equals to the first by name, and the loser keeps its others', () => {
  const both = [selector('one', late, 'abc'), selector('two', early, 'ab')];
  expect(owners(both)).toEqual({ a: 'two', b: 'two', c: 'one' });
  const result = claims(both, namespaces, new Map());
  expect(result.losses.get('one')).toEqual([
    { namespace: 'a', owner: 'two' },
    { namespace: 'b', owner: 'two' },
  ]);
  expect([...claimedByOthers('one', result)]).toEqual([
    ['a', 'two'],
    ['b', 'two'],
  ]);
  expect([...claimedByOthers('two', result)]).toEqual([['c', 'one']]);
  expect(owners([selector('y', early, 'a'), selector('x', early, 'a'), selector('w', undefined, 'a')])).toEqual({
    a: 'x',
  });
});

test('the current owner keeps a namespace, as long as it selects it', () => {
  const both = [selector('one', early, 'ab'), selector('two', late, 'a')];
  expect(owners(both, { a: 'two', b: 'two' })).toEqual({ a: 'two', b: 'one' });
});

test('a current owner that could not be read keeps its namespace, whoever selects it as well', () => {
  const both = [selector('one', early, 'ab'), selector('two', late, 'a')];
  expect(owners(both, { a: 'unread', c: 'unread' })).toEqual({ a: 'unread', b: 'one', c: 'unread' });
  const { losses } = claims(both, namespaces, new Map([['a', 'unread']]));
  expect([...losses]).toEqual([
    ['one', [{ namespace: 'a', owner: 'unread' }]],
    ['two', [{ namespace: 'a', owner: 'unread' }]],
  ]);
});

test('v1 goes before v1alpha1, the current owner too', () => {
  expect(owners([selector('old', early, 'a', true), selector('new', late, 'a')], { a: 'old' })).toEqual({ a: 'new' });
  expect(owners([selector('x', late, 'a', true), selector('y', early, 'a', true)], { a: 'x' })).toEqual({ a: 'x' });
});

test('the order of the input does not matter', () => {
  const all = [selector('one', late, 'abc'), selector('two', early, 'ab'), selector('three', early, 'bc', true)];
  expect(owners([...all].reverse(), { c: 'three' })).toEqual(owners(all, { c: 'three' }));
});

test('an object that a cluster holds as v1alpha1 is known as such', async () => {
  const old = {
    apiVersion: 'redhatcop.redhat.io/v1alpha1',
    kind: 'QuayIntegration',
    metadata: { name: 'old', creationTimestamp: early },
    spec: { credentialsSecretName: 'quay/token', quayHostname: 'quay.example.com' },
  };
  const cluster = await clusterFromFiles([write('old.json', JSON.stringify(list([old])))]);
  const read = (await cluster.integrations()).map((one) => ({ integration: one, selects: () => true }));
  expect(owners([...read, selector('new', late, 'a')])).toEqual({ a: 'new', b: 'old', c: 'old' });
});
