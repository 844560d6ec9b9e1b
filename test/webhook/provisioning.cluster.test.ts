import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AdmissionScene } from './scene/admission-scene.js';
import { faultyStatus, host, organizationStatus } from './scene/objects.js';
import { ownBuilds } from './scene/own-builds.js';
import type { Replica } from './scene/replica.js';

let scene: AdmissionScene;
let replica: Replica;
/** Seconds. A webhook that waits for all of it is told from one that does not also where everything takes long. */
const wait = 6;
beforeAll(async () => {
  scene = await AdmissionScene.open();
  const selects = (quay: string): object => ({ namespaceSelector: { matchLabels: { quay } } });
  await scene.integration('quay', selects('ready'));
  await scene.integration('down', selects('down'), faultyStatus('QuayUnreachable', 'no answer from quay.example.test'));
  await scene.integration('expired', selects('expired'), faultyStatus('TokenRejected', 'the token expired', 'Stalled'));
  await scene.integration('suspended', { ...selects('suspended'), suspend: true }, faultyStatus('Suspended', ''));
  replica = await scene.serve(['--wait', `${wait}s`]);
});
afterAll(() => scene.close());

const later = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const create = async (namespace: string) => {
  const begun = performance.now();
  const { status, body, warnings } = await scene.build(namespace, ownBuilds(namespace)['from source']?.build ?? {});
  return { status, body, warnings, output: body.spec?.output?.to, seconds: (performance.now() - begun) / 1000 };
};
const untouched = { kind: 'ImageStreamTag', name: 'shop:latest' };

describe('a Build in a new namespace', () => {
  test('one second after it, all defaults: waits until it is provisioned, and goes to Quay', async () => {
    const namespace = await scene.namespace({ quay: 'ready' });
    await later(1_000);
    const created = create(namespace);
    await later(300);
    await scene.provision(namespace, 'quay', { ...organizationStatus, robots: [] });
    await later(300);
    await scene.provision(namespace);
    const { status, output, warnings, seconds } = await created;
    expect([status, output?.name, warnings]).toEqual([201, `${host}/openshift_${namespace}/shop:latest`, []]);
    expect(seconds).toBeLessThan(wait * 0.9);
  });

  test('in the same moment as the namespace is not mistaken for one that nobody selects', async () => {
    const namespace = await scene.namespace({ quay: 'ready' });
    const created = create(namespace);
    await scene.provision(namespace);
    expect((await created).output?.kind).toBe('DockerImage');
  });

  test('is denied when the wait was not enough, says what is missing, and works the next time', async () => {
    const namespace = await scene.namespace({ quay: 'ready' });
    await scene.provision(namespace, 'quay', {
      ...organizationStatus,
      robots: [{ name: 'builder', ready: true, linked: false, message: 'the service account is not there' }],
    });
    const { status, body, seconds } = await create(namespace);
    expect(status).toBe(503);
    expect(body.message).toBe(
      'admission webhook "builds.quayside.dev" denied the request: Not pushed to Quay: the service account "builder" does not list its pull secret yet (the service account is not there). Try again in a moment.',
    );
    expect(seconds).toBeGreaterThan(wait * 0.8);
    await scene.provision(namespace);
    expect((await create(namespace)).output?.kind).toBe('DockerImage');
  });
});

describe('a Build that cannot go to Quay is admitted as it is, with a warning', () => {
  test.each([
    ['Quay is down', 'down', /^Not pushed to Quay: there is no organization for namespace "test-\w+" yet\.$/, wait],
    ['the token has expired', 'expired', /no organization for namespace .* yet \(the token expired\)\.$/, 0],
    [
      'the integration is suspended',
      'suspended',
      /the QuayIntegration "suspended" is suspended \(spec\.suspend\)\.$/,
      0,
    ],
  ])('while %s', async (_, quay, words, least) => {
    const namespace = await scene.namespace({ quay });
    const { status, output, warnings, seconds } = await create(namespace);
    expect([status, output]).toEqual([201, untouched]);
    expect(warnings).toEqual([expect.stringMatching(words)]);
    expect(seconds).toBeGreaterThanOrEqual(least * 0.9);
    if (least === 0) expect(seconds).toBeLessThan(wait * 0.9);
  });

  test('where the organization is not ours', async () => {
    const namespace = await scene.namespace({ quay: 'ready' });
    const status = faultyStatus('OrganizationNotOurs', 'the organization carries no mark of ours', 'Stalled');
    await scene.provision(namespace, 'quay', { ...status, robots: [] });
    const { output, warnings, seconds } = await create(namespace);
    expect(output).toEqual(untouched);
    expect(warnings).toEqual([
      expect.stringMatching(/is not in Quay yet \(the organization carries no mark of ours\)/),
    ]);
    expect(seconds).toBeLessThan(wait * 0.9);
  });

  test('and each of them is counted', async () => {
    expect(await replica.metric('quayside_unrewritten_builds_total', 'reason="Suspended"')).toBe(1);
    expect(await replica.metric('quayside_unrewritten_builds_total')).toBeGreaterThanOrEqual(4);
  });
});

describe('a Build in a namespace that is provisioned', () => {
  test('goes to Quay while Quay is down', async () => {
    const namespace = await scene.provisioned({ quay: 'down' }, 'down');
    expect(await create(namespace)).toMatchObject({ output: { kind: 'DockerImage' }, warnings: [] });
  });
});
