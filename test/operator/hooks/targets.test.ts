import { expect, test } from '@jest/globals';
import { type Answer, type Call } from '../../../src/kube/index.js';
import { hookTargets } from '../../../src/operator/hooks/targets.js';
import { integrationObject } from '../../fixtures/integration.js';

/** An API server with these integrations, of which each names the Secret `hook`. */
function targetsOf(names: string[]) {
  const lists: Call[] = [];
  let isDown = false;
  let now = 0;
  const answer = (call: Call): Answer => {
    if (call.verb === 'list') lists.push(call);
    if (isDown) return { status: 503, body: {} };
    if (call.verb === 'list') return { status: 200, body: { items: names.map((name) => ({ metadata: { name } })) } };
    if (call.path.includes('/secrets/')) return { status: 200, body: { data: { secret: 'Y2FuYXJ5' } } };
    const git = { url: 'https://github.com/acme/state.git', forge: { webhook: { secretRef: { name: 'hook' } } } };
    const spec = { credentialsSecret: { namespace: 'quayside', name: 'token' }, quayHostname: 'quay.example.com', git };
    return { status: 200, body: { ...integrationObject(spec) } };
  };
  const client = { call: (call: Call) => Promise.resolve(answer(call)) };
  const target = hookTargets({ client, namespace: 'quayside', environment: {}, now: () => now });
  return {
    lists,
    isKnown: async (name: string) => (await target(name)) !== undefined,
    pass: (milliseconds: number) => void (now += milliseconds),
    down: (is: boolean) => void (isDown = is),
  };
}

test('S7: deliveries with made-up names ask the API server once a second, whatever their number', async () => {
  const { lists, isKnown, pass } = targetsOf(['quay']);
  const known = await Promise.all(Array.from({ length: 300 }, (_, at) => isKnown(`nobody-${at}`)));
  expect(known).not.toContain(true);
  expect(lists).toHaveLength(1);
  pass(1_000);
  await Promise.all(Array.from({ length: 300 }, (_, at) => isKnown(`nobody-${at}`)));
  expect(lists).toHaveLength(2);
  expect(await isKnown('quay')).toBe(true);
  expect(lists).toHaveLength(2);
});

test('a delivery for an integration that was just made is taken a second after another was refused', async () => {
  const names = ['quay'];
  const { isKnown, pass } = targetsOf(names);
  expect(await isKnown('new')).toBe(false);
  names.push('new');
  pass(1_000);
  expect(await isKnown('new')).toBe(true);
});

test('while the integrations cannot be listed, deliveries for those that were known are taken', async () => {
  const { isKnown, pass, down } = targetsOf(['quay']);
  expect(await isKnown('quay')).toBe(true);
  pass(14_000);
  down(true);
  expect(await isKnown('other')).toBe(false);
  expect(await isKnown('quay')).toBe(true);
});
