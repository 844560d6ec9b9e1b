import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { imageStream, project, Fixture } from '../support/quayside.js';
import { openSink, type Sink } from './sink.js';

const value = 'V1ctimsT0ken'.repeat(4).slice(0, 40);
const fromSecret = { QUAYSIDE_QUAY_TOKEN: '' };

let fixture: Fixture;
let sink: Sink;
let asked: number;

beforeAll(async () => {
  [fixture, sink] = await Promise.all([Fixture.open(), openSink()]);
});
beforeEach(() => {
  asked = sink.asked.length;
});
afterAll(async () => Promise.all([fixture.close(), sink.close()]));

/** A dump with a project, and with a Secret of that name that holds a token. */
const dump = async (namespace: string, more: { metadata?: object; type?: string } = {}, ...others: object[]) => {
  const { metadata, ...rest } = more;
  const named = { namespace, name: 'quay', ...metadata };
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: named, stringData: { token: value }, ...rest };
  await fixture.cluster(project('shop'), imageStream('shop', 'web'), secret, ...others);
};
const refusedFor = async (reason: string, ...args: readonly string[]): Promise<string> => {
  const { code, stderr } = await fixture.start(['plan', ...fixture.inputArguments, ...args], fromSecret).finished;
  expect(code).toBe(1);
  expect(stderr).toContain(reason);
  expect(stderr).not.toContain(value);
  expect(sink.asked).toHaveLength(asked);
  return stderr;
};

describe('S8: a Secret of a dump goes by the same rule', () => {
  const toSink = (namespace = 'quayside'): Promise<void> =>
    fixture.integration({ quayHostname: sink.url, credentialsSecret: { namespace, name: 'quay' } });

  test('S8: from another namespace it does not go at all, unless the option or the Secret itself says so', async () => {
    await toSink('victim');
    await dump('victim');
    const said = await refusedFor('CredentialsHostMismatch');
    expect(said).toContain(`kubectl annotate secret quay -n victim --overwrite quayside.dev/hosts=${sink.host}`);
    await refusedFor('CredentialsHostMismatch', '--credentials-namespaces', 'quayside,other');
    const doctor = await fixture.run('doctor', ...fixture.inputArguments);
    expect(doctor.stdout).toMatch(
      /! credentials Secret: Secret victim\/quay [^]*kubectl annotate secret quay -n victim/,
    );

    await dump('victim', { metadata: { annotations: { 'quayside.dev/hosts': `quay.example.com, ${sink.host}` } } });
    asked = sink.asked.length;
    await fixture.start(['plan', ...fixture.inputArguments], fromSecret).finished;
    expect(sink.asked.slice(asked)).toContainEqual(expect.objectContaining({ authorization: `Bearer ${value}` }));
    await dump('victim');
    const before = sink.asked.length;
    await fixture.start(['plan', ...fixture.inputArguments, '--credentials-namespaces', 'victim'], fromSecret).finished;
    expect(sink.asked.length).toBeGreaterThan(before);
  });

  test('S8: it goes to the host of the integration that has it, not to that of another file', async () => {
    const older = {
      apiVersion: 'redhatcop.redhat.io/v1alpha1',
      kind: 'QuayIntegration',
      metadata: { name: 'older', creationTimestamp: '2024-01-01T00:00:00Z' },
      spec: { quayHostname: 'quay.example.com', credentialsSecretName: 'quayside/quay' },
    };
    await toSink();
    await dump('quayside', {}, older);
    expect(await refusedFor('CredentialsHostMismatch')).toContain('the integration older that named it first');
  });

  test.each<[string, { metadata?: object; type?: string }]>([
    ['a key of the cluster', { type: 'kubernetes.io/basic-auth' }],
    ["one of Quayside's own", { metadata: { labels: { 'app.kubernetes.io/managed-by': 'quayside' } } }],
    ['one for documents', { metadata: { labels: { 'quayside.dev/document-secret': 'true' } } }],
  ])('S8: %s is no token for Quay, whatever it is annotated with', async (_, more) => {
    await toSink();
    const annotations = { 'quayside.dev/hosts': sink.host };
    await dump('quayside', { ...more, metadata: { ...more.metadata, annotations } });
    await refusedFor('CredentialsRefused');
  });

  test('S8: a token that somebody gives by hand goes where he says, as plain text only where the integration says', async () => {
    await toSink('victim');
    await dump('victim');
    await fixture.run('plan', ...fixture.inputArguments);
    const shown = sink.asked.slice(asked).map(({ authorization }) => authorization);
    expect(shown).toContain(`Bearer ${fixture.token}`);
    expect(shown).not.toContain(`Bearer ${value}`);

    asked = sink.asked.length;
    await fixture.integration({ quayHostname: sink.url, insecureRegistry: false });
    const { code, stderr } = await fixture.run('plan', ...fixture.inputArguments);
    expect(code).toBe(1);
    expect(stderr).toMatch(/InvalidHostname.*insecureRegistry is not true/);
    const { stdout } = await fixture.run('doctor', ...fixture.inputArguments);
    expect(stdout).toMatch(/✗ hostname: .*insecureRegistry is not true/);
    expect(sink.asked).toHaveLength(asked);
  });
});

test('S8: a redirect of Quay takes nobody with it, and what answers to anybody is asked without a token', async () => {
  const door = await openSink(sink.url);
  try {
    await fixture.integration({ quayHostname: door.url });
    await fixture.run('plan', ...fixture.inputArguments);
    await fixture.run('doctor', ...fixture.inputArguments);
    expect(door.asked.filter(({ path }) => path === '/config').map(({ authorization }) => authorization)).toEqual(
      expect.not.arrayContaining([expect.any(String)]),
    );
    expect(door.asked.length).toBeGreaterThan(0);
    expect(sink.asked).toHaveLength(asked);
  } finally {
    await door.close();
  }
});
