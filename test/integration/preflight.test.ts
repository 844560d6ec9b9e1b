import { afterEach, describe, expect, test } from '@jest/globals';
import { type ClusterSnapshot, type QuayIntegration } from '../../src/api/index.js';
import { TerminalError } from '../../src/errors/index.js';
import { type Check, preflight, type PreflightInput } from '../../src/integration/index.js';
import { connectQuay } from '../../src/quay/index.js';
import { type Fixtures, startSimulator } from '@quayside/simulator';
import { integration } from '../fixtures/integration.js';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const snapshot: ClusterSnapshot = {
  uid: 'u-1',
  namespaces: {
    known: true,
    items: ['shop', 'a--b', 'default'].map((name) => ({
      name,
      labels: {},
      annotations: {},
      finalizers: [],
      terminating: false,
    })),
  },
  imageStreams: { known: true, items: [{ namespace: 'shop', name: 'web', labels: {} }] },
  hasBuildApis: true,
};
const users = [{ name: 'admin', superuser: true }, { name: 'dev' }];
const scopes = ['org:admin', 'repo:admin', 'repo:create', 'user:admin', 'user:read', 'super:user'];
const fixtures: Fixtures = {
  users,
  credentials: {
    all: { owner: 'admin', scopes },
    few: { owner: 'dev', scopes: ['org:admin', 'user:read'] },
    expired: { owner: 'dev', scopes, expired: true },
  },
};

async function probe(
  credential: string,
  prepare?: (url: string, token: string) => Promise<unknown>,
): Promise<PreflightInput['quay']> {
  const simulator = await startSimulator({ fixtures });
  open.push(simulator);
  await prepare?.(simulator.url, simulator.credentials.all ?? '');
  const quay = connectQuay({ url: simulator.url, token: () => simulator.credentials[credential] ?? 'wrong' });
  open.unshift(quay);
  return quay;
}

const run = async (
  quay: PreflightInput['quay'],
  more: Partial<PreflightInput> = {},
): Promise<Record<string, Check>> => {
  const checks = await preflight({
    integration: integration(),
    quay,
    snapshot,
    pullSecrets: { known: true, items: [] },
    selects: ({ name }) => name !== 'default',
    ...more,
  });
  return Object.fromEntries(checks.map((check) => [check.name, check]));
};
const outcomes = (checks: Record<string, Check>): Record<string, string> =>
  Object.fromEntries(Object.entries(checks).map(([name, { outcome }]) => [name, outcome]));

describe('preflight', () => {
  test('passes with everything as it should be', async () => {
    const checks = await run(await probe('all'));
    expect(outcomes(checks)).toEqual({
      hostname: 'ok',
      connection: 'ok',
      features: 'ok',
      token: 'ok',
      scopes: 'ok',
      organizations: 'ok',
      cluster: 'ok',
      namespaces: 'ok',
      'image streams': 'ok',
      'pull secrets': 'ok',
      names: 'warning',
    });
    expect(checks.names?.message).toMatch(/a--b → openshift_a-b\.\w+$/);
    expect(checks.token?.message).toBe('of admin, a superuser');
  });

  test('fails with a token that is not accepted', async () => {
    const checks = await run(await probe('expired'));
    expect(outcomes(checks)).toMatchObject({
      connection: 'ok',
      token: 'failed',
      scopes: 'skipped',
      organizations: 'skipped',
    });
  });

  test('a token without user:admin can create no organization', async () => {
    const { scopes: check } = await run(await probe('few'));
    expect(check).toMatchObject({ outcome: 'failed', message: expect.stringContaining('user:admin') });
  });

  test('fails with an organization that somebody else owns', async () => {
    const checks = await run(
      await probe('few', (url, token) =>
        fetch(`${url}/api/v1/organization/`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify({ name: 'openshift_shop', email: 'shop@example.com' }),
        }),
      ),
    );
    expect(checks.organizations).toMatchObject({ outcome: 'failed', hint: expect.stringContaining('owners') });
  });

  test('fails when Quay does not answer', async () => {
    const quay = connectQuay({ url: 'http://127.0.0.1:1', token: () => 't', delay: () => Promise.resolve() });
    open.push(quay);
    expect(outcomes(await run(quay))).toMatchObject({
      connection: 'failed',
      features: 'skipped',
      token: 'skipped',
      organizations: 'skipped',
    });
  });

  test('fails without credentials', async () => {
    const error = new TerminalError('CredentialsMissing', 'there is no Secret quay/token', { hint: 'Create it.' });
    expect((await run(error)).credentials).toEqual({
      name: 'credentials',
      outcome: 'failed',
      message: 'there is no Secret quay/token',
      hint: 'Create it.',
    });
  });

  test.each<[QuayIntegration, string, string]>([
    [integration({ quayHostname: 'http://quay.example.com' }), 'failed', 'insecureRegistry is not true'],
    [integration({ quayHostname: 'http://quay.example.com', insecureRegistry: true }), 'warning', 'without TLS'],
    [integration({ insecureRegistry: true }), 'warning', 'accepts any certificate'],
    [integration({ quayHostname: 'https://quay.example.com/path' }), 'failed', 'path'],
  ])('a hostname that is not as it should be (%#)', async (one, outcome, message) => {
    const checks = await run(new TerminalError('InvalidHostname', 'again'), { integration: one });
    expect(checks.hostname).toMatchObject({ outcome, message: expect.stringContaining(message) });
    expect(checks.credentials?.outcome).toBe(outcome === 'failed' ? 'skipped' : 'failed');
  });

  test('what the cluster does not let us read', async () => {
    const unknown = { known: false, reason: 'may not list it' } as const;
    const checks = await run(new Error('none'), {
      snapshot: { namespaces: unknown, imageStreams: unknown, hasBuildApis: undefined },
      pullSecrets: unknown,
    });
    expect(outcomes(checks)).toMatchObject({
      cluster: 'failed',
      namespaces: 'warning',
      'image streams': 'warning',
      'pull secrets': 'warning',
      names: 'skipped',
    });
    expect(checks.namespaces?.message).toBe('unknown: may not list it');
  });

  test('a cluster ID that cannot be used', async () => {
    const checks = await run(new Error('none'), { integration: integration({ clusterID: ' ' }) });
    expect(checks.names).toMatchObject({ outcome: 'failed', message: 'clusterID is empty' });
  });
});
