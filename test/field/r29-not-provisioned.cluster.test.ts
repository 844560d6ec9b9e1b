import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AdmissionFixture, type BuildObject } from '../fixtures/admission/admission-fixture.js';
import type { Called } from '../control-plane/calls.js';
import { faultyStatus, host, organizationStatus } from '../fixtures/admission/objects.js';
import { ownBuilds } from '../fixtures/admission/own-builds.js';
import type { Replica } from '../fixtures/admission/replica.js';

const decided = 'quayside.dev/admission';
const clone = { 'openshift.io/build.clone-of': 'b-0' };

let fixture: AdmissionFixture;
let replica: Replica;
beforeAll(async () => {
  fixture = await AdmissionFixture.open();
  const selects = (quay: string): object => ({ namespaceSelector: { matchLabels: { quay } } });
  await fixture.integration('quay', selects('ready'));
  await fixture.integration(
    'down',
    selects('down'),
    faultyStatus('QuayUnreachable', 'no answer from quay.example.test'),
  );
  await fixture.integration(
    'expired',
    selects('expired'),
    faultyStatus('TokenRejected', 'the token expired', 'Stalled'),
  );
  await fixture.integration('suspended', { ...selects('suspended'), suspend: true });
  await fixture.integration('reviewed', { ...selects('reviewed'), git: { review: 'All' } });
  await fixture.integration('ci', { ...selects('ci'), serviceAccounts: [{ name: 'ci', role: 'write' }] });
  // Under Fail as well: what is not denied is not lost.
  replica = await fixture.serve([], 'Fail');
});
afterAll(() => fixture.close());

/** Creates a Build from source, and gives what became of it. */
async function create(
  namespace: string,
  { metadata, spec = {}, output = {} }: { metadata?: object; spec?: object; output?: object } = {},
) {
  const { build } = ownBuilds(namespace)['from source'] ?? { build: {} };
  const given = (build as { spec: { output: object } }).spec;
  const made = { ...(metadata && { metadata }), spec: { ...given, ...spec, output: { ...given.output, ...output } } };
  const { status, body, warnings }: Called<BuildObject> = await fixture.build(namespace, made);
  const { name, annotations = {} } = body.metadata;
  return { status, name, output: body.spec.output, annotations, warnings };
}
const untouched = { to: { kind: 'ImageStreamTag', name: 'shop:latest' } };
const image = (namespace: string): object => ({
  kind: 'DockerImage',
  name: `${host}/openshift_${namespace}/shop:latest`,
});
const rewritten = (namespace: string, secret: string): object => ({
  status: 201,
  output: { to: image(namespace), pushSecret: { name: secret } },
  warnings: [],
});
const notLinked = {
  ...organizationStatus,
  robots: [{ name: 'builder', ready: true, linked: false, message: 'the service account is not there' }],
};

describe('R29: a Build in a namespace that will be provisioned goes to Quay with the push secret of its robot', () => {
  test('R29: in the same moment as the namespace, whose labels decide', async () => {
    const namespace = await fixture.namespace({ quay: 'ready' });
    const one = await create(namespace);
    expect(one).toMatchObject(rewritten(namespace, 'builder-quay-openshift'));
    expect(one.annotations).toMatchObject({ [decided]: `${one.name}:PushSecretNamed` });
  });

  test('R29: of thirty projects at once, every one', async () => {
    const outputs = await Promise.all(
      Array.from({ length: 30 }, async () => {
        const namespace = await fixture.namespace({ quay: 'ready' });
        return (await create(namespace)).output?.pushSecret;
      }),
    );
    expect(outputs).toEqual(Array.from({ length: 30 }, () => ({ name: 'builder-quay-openshift' })));
  });

  test.each([
    ['that has its document', {}],
    ['that has no robots yet', { ...organizationStatus, robots: [] }],
    ['whose account is not linked yet', notLinked],
  ])('R29: %s', async (_, status) => {
    const namespace = await fixture.namespace({ quay: 'ready' });
    await fixture.provision(namespace, 'quay', status);
    expect(await create(namespace)).toMatchObject(rewritten(namespace, 'builder-quay-openshift'));
  });

  test('R29: for an account that the integration names', async () => {
    const namespace = await fixture.namespace({ quay: 'ci' });
    const made = await create(namespace, { spec: { serviceAccount: 'ci' } });
    expect(made).toMatchObject(rewritten(namespace, 'ci-quay-openshift'));
    expect(await create(namespace)).toMatchObject({ output: untouched, warnings: [expect.stringMatching(/no robot/)] });
  });

  test('R29: a namespace that labels rule out is not waited for twice, and is left alone without a word', async () => {
    const namespace = await fixture.namespace({ quay: 'no' });
    expect(await create(namespace)).toMatchObject({ status: 201, output: untouched, warnings: [], annotations: {} });
  });
});

describe('R29: a Build that cannot go to Quay is admitted as it is, with a warning', () => {
  test.each([
    ['Quay is down', 'down', 'IntegrationNotReady', /no organization for namespace .* yet, and .*\(no answer from/],
    ['the token has expired', 'expired', 'IntegrationNotReady', /no organization for .* \(the token expired\)\.$/],
    ['the integration is suspended', 'suspended', 'Suspended', /"suspended" is suspended \(spec\.suspend\)\.$/],
    ['its document waits for a review', 'reviewed', 'NotReviewed', /its document waits for a review\.$/],
  ])('R29: while %s', async (_, quay, reason, words) => {
    const namespace = await fixture.namespace({ quay });
    const { name, ...made } = await create(namespace);
    expect(made).toEqual({
      status: 201,
      output: untouched,
      annotations: { [decided]: `${name}:${reason}` },
      warnings: [expect.stringMatching(words)],
    });
  });

  test.each(['OrganizationNotOurs', 'Conflict'])('R29: where the organization is %s', async (reason) => {
    const namespace = await fixture.namespace({ quay: 'ready' });
    const status = faultyStatus(reason, 'somebody else has it', ...(reason === 'Conflict' ? ['Stalled'] : []));
    await fixture.provision(namespace, 'quay', status);
    await fixture.heard(namespace, /somebody else has it/);
    const { warnings, output } = await create(namespace);
    expect([output, warnings]).toEqual([untouched, [expect.stringMatching(/yet \(somebody else has it\)\.$/)]]);
  });

  test('R29: and each of them is counted once', async () => {
    const counted = (reason: string): Promise<number> =>
      replica.metric('quayside_unrewritten_builds_total', `reason="${reason}"`);
    expect([await counted('Suspended'), await counted('NotReviewed'), await counted('IntegrationNotReady')]).toEqual([
      1, 1, 2,
    ]);
    expect(await replica.metric('quayside_webhook_decisions_total', 'Denied')).toBe(0);
    expect(replica.log()).not.toMatch(/denied/i);
  });
});

test('a Build in a namespace that is provisioned goes to Quay while Quay is down', async () => {
  const namespace = await fixture.provisioned({ quay: 'down' }, 'down');
  expect(await create(namespace)).toMatchObject({ output: { to: image(namespace) }, warnings: [] });
});

describe('R3: a push secret that OpenShift chose', () => {
  let namespace: string;
  beforeAll(async () => {
    namespace = await fixture.provisioned({ quay: 'ready' });
  });
  const pushing = (name: string): { output: object } => ({ output: { pushSecret: { name } } });

  test.each([
    ['a clone that was started before', { metadata: { annotations: clone }, ...pushing('builder-dockercfg-x7k2p') }],
    ['a clone with one that somebody linked', { metadata: { annotations: clone }, ...pushing('linked') }],
    ['one copied by hand', pushing('builder-dockercfg-x7k2p')],
    ['one of ours that OpenShift chose', pushing('builder-quay-openshift')],
  ])('R3: is taken out of %s', async (_, build) => {
    expect(await create(namespace, build)).toMatchObject({
      status: 201,
      output: { to: image(namespace) },
      warnings: [],
    });
    expect((await create(namespace, build)).output).not.toHaveProperty('pushSecret');
  });

  test('R3: is replaced where the pull secret is not there yet', async () => {
    const fresh = await fixture.namespace({ quay: 'ready' });
    const build = { metadata: { annotations: clone }, ...pushing('builder-dockercfg-x7k2p') };
    expect(await create(fresh, build)).toMatchObject(rewritten(fresh, 'builder-quay-openshift'));
  });

  test('R3: stays where the account has no robot, and so does the output', async () => {
    const build = {
      metadata: { annotations: clone },
      spec: { serviceAccount: 'ci' },
      ...pushing('ci-dockercfg-x7k2p'),
    };
    const { output, warnings } = await create(namespace, build);
    expect(output).toEqual({ ...untouched, pushSecret: { name: 'ci-dockercfg-x7k2p' } });
    expect(warnings).toEqual([expect.stringMatching(/"ci" has no robot/)]);
  });

  test("R3: a person's own stays, in a clone of a Build that was left as it was as well", async () => {
    expect((await create(namespace, pushing('mine'))).output).toMatchObject({ pushSecret: { name: 'mine' } });
    const suspended = await fixture.namespace({ quay: 'suspended' });
    const original = await create(suspended, pushing('mine'));
    const cloned = { metadata: { annotations: { ...original.annotations, ...clone } }, ...pushing('mine') };
    expect((await create(namespace, cloned)).output).toEqual({ to: image(namespace), pushSecret: { name: 'mine' } });
  });
});
