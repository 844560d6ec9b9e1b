import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Finished, imageStream, project, Fixture } from '../support/quayside.js';
import { certificateFor, type Certificate } from '../support/loopback.js';
import { organizationsOf } from '../support/organizations-of.js';

let fixture: Fixture;
afterEach(async () => fixture.close());

const apply = (environment: Record<string, string> = {}, ...args: readonly string[]): Promise<Finished> =>
  fixture.start(['apply', ...fixture.inputArguments, ...args], environment).finished;

describe('Q1 the token is only shown to the Quay that the certificate speaks for', () => {
  let certificate: Certificate;
  let stranger: Certificate;

  beforeAll(async () => {
    [certificate, stranger] = await Promise.all([certificateFor('127.0.0.1'), certificateFor('127.0.0.1')]);
  });

  beforeEach(async () => {
    fixture = await Fixture.open({ tls: certificate });
    await fixture.cluster(project('shop'), imageStream('shop', 'web'));
  });

  test.each([
    ['with nothing said about it', {}],
    ['where Node is told to trust everybody', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
  ])('Q1 a certificate that nobody vouches for is refused, %s', async (_, environment) => {
    const { code, stderr } = await apply(environment);
    expect(code).toBe(1);
    expect(stderr).toContain('TLSVerificationFailed');
    expect(fixture.quay.requests.counts().total).toBe(0);
  });

  test('Q1 somebody in between, with another certificate for the same address, is refused', async () => {
    await fixture.write('stranger.pem', stranger.cert);
    const { code, stderr } = await apply({}, '--ca-file', 'stranger.pem');
    expect(code).toBe(1);
    expect(stderr).toContain('TLSVerificationFailed');
    expect(fixture.quay.requests.counts().total).toBe(0);
  });

  test('Q1 the authority that was given is trusted, and insecureRegistry is the only other way', async () => {
    await fixture.write('quay.pem', certificate.cert);
    const verified = await apply({}, '--ca-file', 'quay.pem');
    expect({ code: verified.code, stderr: verified.stderr }).toEqual({ code: 0, stderr: '' });
    expect(organizationsOf(fixture.quay)).toEqual(['openshift_shop']);
    await fixture.integration({ insecureRegistry: true });
    await fixture.cluster(project('shop'), project('other'), imageStream('shop', 'web'));
    expect((await apply()).code).toBe(0);
    expect(organizationsOf(fixture.quay)).toEqual(['openshift_other', 'openshift_shop']);
  });
});

describe('Q21 the key that the integration names is the one that is read', () => {
  const secret = (data: Record<string, string>, annotations = {}): object => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace: 'quayside', name: 'quay', annotations },
    stringData: data,
  });
  const fromSecret = { QUAYSIDE_QUAY_TOKEN: '' };

  beforeEach(async () => {
    fixture = await Fixture.open();
    await fixture.integration({ credentialsSecret: { namespace: 'quayside', name: 'quay', key: 'mine' } });
  });

  test('Q21 also when the usual key holds something else', async () => {
    await fixture.cluster(
      project('shop'),
      imageStream('shop', 'web'),
      // Of several keys only the usual one goes to a host without a word of the owner of the Secret.
      secret(
        { token: 'stale-and-wrong', mine: fixture.token },
        { 'quayside.dev/hosts': new URL(fixture.quay.url).host },
      ),
    );
    const { code, stderr } = await apply(fromSecret);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test.each<[string, Record<string, string>]>([
    ['missing', { token: 'other' }],
    ['empty', { mine: '' }],
  ])('Q21 and when it is %s, nobody calls Quay as nobody', async (_, data) => {
    await fixture.cluster(project('shop'), secret(data));
    const { code, stderr } = await apply(fromSecret);
    expect(code).toBe(1);
    expect(stderr).toContain('CredentialsMissing');
    expect(stderr).toContain('quayside/quay');
    expect(fixture.quay.requests.counts().total).toBe(0);
  });
});

describe('Q29 what Quay says in HTML is not read as JSON', () => {
  const page = '<html><head><title>Sorry</title></head><body>nginx</body></html>';
  const html = { 'content-type': 'text/html' };

  beforeEach(async () => {
    fixture = await Fixture.open();
    await fixture.cluster(project('shop'), imageStream('shop', 'web'));
  });

  test('Q29 a proxy that asks to wait is waited for', async () => {
    fixture.quay.faults.inject({ status: 429, body: page, headers: { ...html, 'retry-after': '2' }, after: 2 });
    const before = Date.now();
    const { code, stderr } = await apply();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(Date.now() - before).toBeGreaterThan(2000);
  });

  test.each([
    [429, 'RateLimited', { 'retry-after': '3600' }],
    [502, 'QuayUnavailable', {}],
    [403, 'UnexpectedAnswer', {}],
  ])('Q29 a page with the status %i is %s', async (status, code, headers) => {
    fixture.quay.faults.inject({ status, body: page, headers: { ...html, ...headers }, times: 999 });
    const failed = await apply();
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain(code);
    expect(failed.stderr).not.toMatch(/invalid character|SyntaxError|Unexpected token|\n\s+at /);
  });
});
