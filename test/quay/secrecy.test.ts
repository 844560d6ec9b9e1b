import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Change } from '../../src/plan/change.js';
import { nothingMore, type Quay, RobotToken } from '../../src/quay/index.js';
import { clientOf, script, serveHTTP, serveTCP, type Loopback, type Scripted } from '../support/loopback.js';
import { rejection } from './playground.js';

const canary = {
  oauth: 'CanaryOAuthTokenCanaryOAuthTokenCanary42',
  robot: 'CANARYROBOT'.repeat(6).slice(0, 64),
  password: 'canary-password',
  url: 'https://hooks.example.com/services/canary-path',
};

/** Every way in which an error or a value gets into a log. */
function everyPrintOf(value: unknown): string {
  const error = value as Partial<Error>;
  return [
    String(value),
    JSON.stringify(value),
    JSON.stringify(value, Object.getOwnPropertyNames(Object(value))),
    inspect(value, { depth: 20, showHidden: true, getters: true }),
    error.stack ?? '',
    inspect(error.cause, { depth: 20, showHidden: true }),
  ].join('\n');
}

function expectNoCanary(value: unknown): void {
  const printed = everyPrintOf(value);
  for (const secret of Object.values(canary)) expect(printed).not.toContain(secret);
}

const changes: Change[] = [
  { type: 'CreateRobot', robot: 'ci', description: '' },
  { type: 'CreateOrganization' },
  {
    type: 'SetProxyCache',
    replace: false,
    proxyCache: {
      upstreamRegistry: 'r.example.com',
      expirationSeconds: 1,
      insecure: false,
      username: 'u',
      passwordSecretRef: { name: 'a', key: 'password' },
    },
  },
  {
    type: 'CreateNotification',
    repository: 'app',
    notification: { title: 't', event: 'repo_push', method: 'slack', urlSecretRef: { name: 'a', key: 'url' } },
  },
];

const secretOf = ({ key }: { readonly key: string }): string => (key === 'url' ? canary.url : canary.password);

/** What a promise comes to, one way or the other. */
const resultOf = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

/** What a hostile or broken Quay could echo. */
const echo = `${canary.oauth} ${canary.robot}`;

/** The same with what the call carried. */
function echoTo(path = ''): string {
  if (path.includes('/proxycache')) return `${echo} ${canary.password}`;
  return path.includes('/notification') ? `${echo} ${canary.url} /services/canary-path` : echo;
}

const features = {
  status: 200,
  body: { features: { PROXY_CACHE: true, IMMUTABLE_TAGS: true }, config: {} },
};

describe('no credential is printed', () => {
  const open: Loopback[] = [];
  const clients: Quay[] = [];
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close()));
    await Promise.all(open.map((server) => server.close()));
  });

  async function against(server: Promise<Loopback>): Promise<Quay> {
    const loopback = await server;
    open.push(loopback);
    const { quay } = clientOf(loopback.url, { token: () => canary.oauth });
    clients.push(quay);
    return quay;
  }

  test.each([
    ['refuses in words', { status: 400, body: { detail: echo } }],
    ['refuses over many lines', { status: 400, body: { message: `first ${echo}\nsecond ${echo}` } }],
    ['denies', { status: 403, body: { detail: echo, error_type: 'insufficient_scope' } }],
    ['does not know the token', { status: 403, body: { error: `CSRF ${echo}` } }],
    ['answers half of the JSON', { status: 200, body: `{"name": "acme+ci", "token": "${canary.robot}` }],
    [
      'answers another shape',
      { status: 200, body: { name: 'other+ci', token: canary.robot, upstream_registry: 7, notifications: echo } },
    ],
    ['answers a page', { status: 200, body: `<html>${echo}</html>` }],
    ['breaks', { status: 500, body: `<html>${echo}</html>` }],
    ['redirects', { status: 302, headers: { location: `https://other.example.com/?${canary.oauth}` } }],
  ])('when Quay %s', async (_what, answer) => {
    const quay = await against(
      serveHTTP((request, response) => {
        const played: Scripted = request.url === '/config' ? features : answer;
        const { status, body = '', headers } = played;
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        const text = typeof body === 'string' ? body : JSON.stringify(body);
        response.end(text.replaceAll(echo, echoTo(request.url)));
      }),
    );
    for (const change of changes) expectNoCanary(await resultOf(quay.apply('acme', change, secretOf)));
    expectNoCanary(await rejection(quay.observe('acme', nothingMore, { tokens: true })));
    expectNoCanary(await rejection(quay.whoAmI()));
    expectNoCanary(quay);
  });

  test('when the answer is no HTTP at all', async () => {
    const quay = await against(
      serveTCP((socket) => socket.once('data', () => socket.end(`HTTP/1.1 ${echo}\r\n${echo}\r\n\r\n`))),
    );
    expectNoCanary(await rejection(quay.whoAmI()));
  });

  test('when the token cannot be sent', async () => {
    const { quay } = clientOf('http://127.0.0.1:1', { token: () => `${canary.oauth}\n${canary.robot}` });
    clients.push(quay);
    const error = await rejection(quay.whoAmI());
    expect(error).toMatchObject({ code: 'TokenRejected' });
    expectNoCanary(error);
  });

  test('in an observation with tokens, and in what an apply gives back', async () => {
    const robot = { name: 'acme+ci', description: '', token: canary.robot, repositories: [] };
    const organization = { name: 'acme', email: '', is_admin: true, teams: {}, tag_expiration_s: 0 };
    const play = script(
      { status: 200, body: organization },
      { status: 200, body: { prototypes: [], repositories: [] } },
      { status: 200, body: { prototypes: [], repositories: [] } },
      { status: 200, body: { robots: [robot] } },
      { status: 201, body: robot },
    );
    const quay = await against(serveHTTP(play.handler));
    const observation = await quay.observe('acme', nothingMore, { tokens: true });
    expect(observation).toMatchObject({ state: 'Observed' });
    expectNoCanary(observation);
    expect(observation.state === 'Observed' && observation.tokens?.get('ci')?.reveal()).toBe(canary.robot);
    const applied = await quay.apply('acme', { type: 'CreateRobot', robot: 'ci', description: '' }, secretOf);
    expectNoCanary(applied);
    expect(applied.token?.reveal()).toBe(canary.robot);
  });
});

describe('a robot token', () => {
  let token: RobotToken;
  beforeAll(() => {
    token = new RobotToken(canary.robot);
  });

  test('is given only to whoever asks for it', () => {
    expect(token.reveal()).toBe(canary.robot);
    expect(String(token)).toBe('[redacted]');
    expect(inspect({ token })).toBe('{ token: [redacted] }');
    expect(JSON.stringify({ token })).toBe('{"token":"[redacted]"}');
    expectNoCanary({ ...token });
    expectNoCanary(structuredClone({ token: token.toJSON() }));
  });
});
