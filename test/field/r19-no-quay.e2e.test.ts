import { createServer } from 'node:http';
import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { project, Fixture } from '../support/quayside.js';
import { refusal } from '../cli/bad-input/refusal.js';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.open();
  await fixture.cluster(project('shop'));
});
afterAll(async () => fixture.close());

interface Given {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What `apply` and `doctor` say when something answers all calls with the same. */
async function saidOf({ status, headers = {}, body = '' }: Given): Promise<readonly string[]> {
  const server = createServer((_, response) => response.writeHead(status, headers).end(body)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await fixture.integration({ quayHostname: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    return [
      await refusal(fixture, fixture.inputArguments),
      await refusal(fixture, fixture.inputArguments, { command: 'doctor' }),
    ];
  } finally {
    server.close();
  }
}

const html = { 'content-type': 'text/html' };
const json = { 'content-type': 'application/json' };

test.each([
  [
    "another product's JSON",
    { status: 404, headers: json, body: '{"message":"404 Not Found"}' },
    /status 404, JSON that is not Quay's: 404 Not Found/,
  ],
  [
    'a page without such a path',
    { status: 404, headers: html, body: '<html><title>Harbor</title></html>' },
    /status 404, text\/html, a page with the title "Harbor"/,
  ],
  [
    'a page for everything',
    { status: 200, headers: html, body: '<title>Sign in</title>' },
    /status 200, text\/html, a page with the title "Sign in"/,
  ],
  [
    'a redirect to its own login page',
    { status: 302, headers: { location: '/users/sign_in?back=1' } },
    /status 302, a redirect to http:\/\/127\.0\.0\.1:\d+\/users\/sign_in\n/,
  ],
  [
    'a redirect to the login page of another host',
    { status: 302, headers: { location: 'https://sso.example.com/auth?state=secret' } },
    /status 302, a redirect to https:\/\/sso\.example\.com\/auth\n/,
  ],
  ['an empty 404', { status: 404 }, /status 404, without a type\n/],
] as const)('R19: at an address with %s it is asked whether that is a Quay', async (_, given, what) => {
  for (const said of await saidOf(given)) {
    expect(said).toMatch(/is http:\/\/127\.0\.0\.1:\d+ a Quay\? It answered /);
    expect(said).toMatch(what);
    expect(said).toContain('Check that the address is that of a Quay');
    expect(said).not.toContain('a moment ago');
  }
});

test('R19: an address that has moved as a whole goes on to be named', async () => {
  const [said] = await saidOf({ status: 301, headers: { location: 'https://quay.example.com/api/v1/user/' } });
  expect(said).toContain('Write the address as https://quay.example.com.');
});
