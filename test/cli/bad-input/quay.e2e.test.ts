import { afterEach, describe, expect, test } from '@jest/globals';
import { generate } from 'selfsigned';
import { type SimulatorOptions } from '@quayside/simulator';
import { imageStream, project, Fixture } from '../../support/quayside.js';
import { refusal, sayingOf } from './refusal.js';

let fixture: Fixture | undefined;

const open = async (options: SimulatorOptions = {}): Promise<Fixture> => {
  fixture = await Fixture.open(options);
  await fixture.cluster(project('e2e-demo'), imageStream('e2e-demo', 'httpd-example'));
  return fixture;
};

afterEach(async () => {
  await fixture?.close();
  fixture = undefined;
});

const scopes = ['org:admin', 'repo:admin', 'repo:create', 'repo:read', 'repo:write', 'user:admin', 'user:read'];

const tokenWith = (wanted: readonly string[], expired = false): SimulatorOptions => ({
  fixtures: {
    users: [{ name: 'admin', email: 'admin@example.com', superuser: false }],
    credentials: { superuser: { owner: 'admin', scopes: wanted, ...(expired && { expired }) } },
  },
});

const certificate = (): ReturnType<typeof generate> =>
  generate([{ name: 'commonName', value: '127.0.0.1' }], {
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
    ],
  });

describe('a token', () => {
  test('that expired is refused before anything is written', async () => {
    const here = await open(tokenWith(scopes, true));
    expect(await refusal(here, here.inputArguments)).toMatch(
      /TokenRejected.*401[^]*expired or revoked[^]*make a new one/,
    );
  });

  test('that Quay does not know is refused', async () => {
    const here = await open();
    const environment = { QUAYSIDE_QUAY_TOKEN: 'nobodys-token' };
    const said = await refusal(here, here.inputArguments, { environment });
    expect(said).toMatch(/TokenRejected.*401/);
    expect(said).not.toContain('nobodys-token');
  });

  test('without the scope user:admin is reported, and so is what was done', async () => {
    const here = await open(tokenWith(scopes.filter((scope) => scope !== 'user:admin')));
    const finished = await here.run('apply', ...here.inputArguments);
    expect(finished.code).toBe(1);
    expect(finished.stdout).toMatch(/failed: ScopeMissing: .*lacks the scope user:admin/);
    expect(sayingOf(here, finished)).toMatch(
      /\d of 9 changes done, 1 failed, \d not done\n.*Make a token with org:admin/,
    );
  });

  test('without the scope org:admin is refused before anything is written', async () => {
    const here = await open(tokenWith(scopes.filter((scope) => scope !== 'org:admin')));
    expect(await refusal(here, here.inputArguments)).toMatch(
      /ScopeMissing.*lacks the scope org:admin[^]*Make a token with org:admin/,
    );
  });

  test('without any scope of a user is reported before anything is written', async () => {
    const here = await open(tokenWith(scopes.filter((scope) => !scope.startsWith('user:'))));
    expect(await refusal(here, here.inputArguments)).toMatch(
      /ScopeMissing.*lacks the scope user:read[^]*Make a token with/,
    );
  });
});

describe('an address', () => {
  test('of a plain port that is called with TLS names the other scheme', async () => {
    const here = await open();
    // Without a scheme it is https, and the port is kept.
    await here.integration({ quayHostname: here.quay.url.replace('http://', '') });
    const said = await refusal(here, here.inputArguments);
    expect(said).toMatch(/InvalidHostname.*does not speak TLS on this port: wrong version number\n.*http:\/\//);
  });

  test('where nobody listens names host and port', async () => {
    const here = await open();
    await here.integration({ quayHostname: 'http://127.0.0.1:1' });
    expect(await refusal(here, here.inputArguments)).toMatch(
      /QuayUnreachable.*127\.0\.0\.1:1 gave no answer[^]*Check host and port/,
    );
  });
});

describe('TLS', () => {
  test('is verified; a CA that is given, and insecureRegistry, let it pass; no scheme means https', async () => {
    const [ours, theirs] = await Promise.all([certificate(), certificate()]);
    const here = await open({ tls: { key: ours.private, cert: ours.cert } });
    await here.write('ours.pem', ours.cert);
    await here.write('theirs.pem', theirs.cert);
    await here.write('key.pem', ours.private);
    const untrusted =
      /TLSVerificationFailed.*is not trusted \(self-signed certificate\)\n.*certificateAuthority name the CA/;
    expect(await refusal(here, here.inputArguments)).toMatch(untrusted);
    expect(await refusal(here, [...here.inputArguments, '--ca-file', 'theirs.pem'])).toMatch(untrusted);
    const said = await refusal(here, [...here.inputArguments, '--ca-file', 'key.pem']);
    expect(said).toMatch(/key\.pem holds no PEM certificate[^]*BEGIN CERTIFICATE/);
    expect(said).not.toContain(ours.private.split('\n')[1]);
    await here.integration({ quayHostname: here.quay.url.replace('https://', '') });
    expect((await here.run('plan', ...here.inputArguments, '--ca-file', 'ours.pem')).code).toBe(2);
    await here.integration({ insecureRegistry: true });
    expect((await here.run('plan', ...here.inputArguments)).code).toBe(2);
  });

  test('that is called without it names the other scheme', async () => {
    const { private: key, cert } = await certificate();
    const here = await open({ tls: { key, cert } });
    await here.integration({ quayHostname: here.quay.url.replace('https://', 'http://') });
    expect(await refusal(here, here.inputArguments)).toMatch(
      /QuayUnreachable[^]*if it speaks TLS on this port.*https:\/\//,
    );
  });
});

describe('an answer', () => {
  const page = { body: '<html><body>Sign in</body></html>', headers: { 'content-type': 'text/html' }, times: 99 };

  test.each([
    ['a page instead of JSON', { ...page, status: 200 }, /UnexpectedAnswer.*status 200, text\/html\n.*that of a Quay/],
    ['a page of a proxy', { ...page, status: 502 }, /QuayUnavailable.*answered 502\n.*cannot serve at the moment/],
    ['cut in the middle', { truncate: true, times: 99 }, /UnexpectedAnswer[^]*nothing in between changes its answers/],
    ['no answer at all', { reset: true, times: 99 }, /QuayUnreachable.*gave no answer[^]*Check whether Quay runs/],
    [
      'a wait for an hour',
      { status: 429, headers: { 'retry-after': '3600' }, times: 99 },
      /RateLimited.*answered 429, and asks to wait 3600 s\n.*try again later/,
    ],
  ])('that is %s stops before anything is written', async (_, fault, expected) => {
    const here = await open();
    here.quay.faults.inject(fault);
    expect(await refusal(here, here.inputArguments)).toMatch(expected);
  });

  test('of 429 is waited for, with Retry-After and without, and so is a 503', async () => {
    const here = await open();
    here.quay.faults.inject({ status: 429, headers: { 'retry-after': '1' } });
    here.quay.faults.inject({ method: 'PUT', status: 429 });
    here.quay.faults.inject({ method: 'PUT', status: 503, after: 2 });
    const { code, stderr } = await here.run('apply', ...here.inputArguments);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect((await here.run('plan', ...here.inputArguments)).code).toBe(0);
  });
});
