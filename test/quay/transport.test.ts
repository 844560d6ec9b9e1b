import { afterEach, describe, expect, test } from '@jest/globals';
import type { FinishedCall } from '../../src/quay/index.js';
import {
  certificateFor,
  clientOf,
  type Client,
  type Loopback,
  script,
  type Scripted,
  serveHTTP,
  serveHTTP2,
  serveHTTPS,
  serveTCP,
  user,
} from '../support/loopback.js';
import { rejection } from './playground.js';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

async function served(
  server: Promise<Loopback>,
  more: Parameters<typeof clientOf>[1] = {},
): Promise<Client & Loopback> {
  const loopback = await server;
  const client = clientOf(loopback.url, more);
  open.push(() => client.quay.close(), loopback.close);
  return { ...client, ...loopback };
}

async function scripted(...answers: Scripted[]) {
  const play = script(...answers);
  return { ...(await served(serveHTTP(play.handler))), asked: play.asked };
}

const unavailable = { status: 502, body: '<html>bad gateway</html>', headers: { 'content-type': 'text/html' } };

describe('the address', () => {
  test.each([
    ['https://quay.example.com/prefix', 'carries a path'],
    ['https://user:secret@quay.example.com', 'carries a user'],
    ['quay.example.com', 'is no address'],
    ['ftp://quay.example.com', 'needs http'],
  ])('refuses %s', (url, words) => {
    expect(() => clientOf(url)).toThrow(
      expect.objectContaining({ code: 'InvalidHostname', message: expect.stringContaining(words) }),
    );
    expect(() => clientOf(url)).toThrow(expect.objectContaining({ message: expect.not.stringContaining('secret') }));
  });

  test('refuses a certificate authority that holds no certificate, before anything is sent', () => {
    expect(() => clientOf('https://quay.example.com', { ca: 'not a certificate' })).toThrow(
      expect.objectContaining({ code: 'TLSVerificationFailed' }),
    );
  });
});

describe('TLS', () => {
  const answer = script(user).handler;

  test('a certificate that is not trusted is refused, with the cure', async () => {
    const { quay, waits } = await served(serveHTTPS(await certificateFor('127.0.0.1'), answer));
    expect(await rejection(quay.whoAmI())).toMatchObject({
      code: 'TLSVerificationFailed',
      retryable: false,
      hint: expect.stringContaining('certificateAuthority'),
    });
    expect(waits).toEqual([]);
  });

  test('the certificate authority of the integration is trusted beside the system', async () => {
    const certificate = await certificateFor('127.0.0.1');
    const { quay } = await served(serveHTTPS(certificate, answer), { ca: certificate.cert });
    expect(await quay.whoAmI()).toMatchObject({ username: 'admin' });
  });

  test('another authority, another host and an expired certificate are refused', async () => {
    const ca = (await certificateFor('127.0.0.1')).cert;
    const wrongHost = await certificateFor('other.example.com');
    const expired = await certificateFor('127.0.0.1', new Date('2020-01-01'));
    const cases: [Promise<Loopback>, string][] = [
      [serveHTTPS(await certificateFor('127.0.0.1'), answer), ca],
      [serveHTTPS(wrongHost, answer), wrongHost.cert],
      [serveHTTPS(expired, answer), expired.cert],
    ];
    for (const [server, trusted] of cases) {
      const { quay } = await served(server, { ca: trusted });
      expect(await rejection(quay.whoAmI())).toMatchObject({ code: 'TLSVerificationFailed' });
    }
  });

  test('insecure skips the verification', async () => {
    const { quay } = await served(serveHTTPS(await certificateFor('other.example.com'), answer), { insecure: true });
    expect(await quay.whoAmI()).toMatchObject({ username: 'admin' });
  });

  test('HTTP/2 is spoken where it is offered, many calls on one connection', async () => {
    const certificate = await certificateFor('127.0.0.1');
    const versions: string[] = [];
    const sockets = new Set<number | undefined>();
    const handler: Parameters<typeof serveHTTP2>[1] = (request, response) => {
      versions.push(request.httpVersion);
      sockets.add(request.socket.remotePort);
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end('{"message":"Not Found"}');
    };
    const { quay } = await served(serveHTTP2(certificate, handler), { ca: certificate.cert });
    await Promise.all(Array.from({ length: 30 }, () => quay.owners('acme')));
    expect(new Set(versions)).toEqual(new Set(['2.0']));
    expect(sockets.size).toBe(1);
  });

  test('plain HTTP on a port of TLS, and TLS on a port of plain HTTP, are told apart from a dead host', async () => {
    const plain = await served(serveHTTP(answer));
    const overTLS = clientOf(plain.url.replace('http:', 'https:'));
    open.push(() => overTLS.quay.close());
    expect(await rejection(overTLS.quay.whoAmI())).toMatchObject({
      code: 'InvalidHostname',
      hint: expect.stringContaining('http://'),
    });

    const tls = await served(serveHTTPS(await certificateFor('127.0.0.1'), answer));
    const overPlain = clientOf(tls.url.replace('https:', 'http:'));
    open.push(() => overPlain.quay.close());
    expect(await rejection(overPlain.quay.whoAmI())).toMatchObject({ hint: expect.stringContaining('https://') });
  });

  test('a proxy that says so itself is understood', async () => {
    const { quay } = await scripted({
      status: 400,
      body: '<html>The plain HTTP request was sent to HTTPS port</html>',
    });
    expect(await rejection(quay.whoAmI())).toMatchObject({
      code: 'InvalidHostname',
      hint: expect.stringContaining('https://'),
    });
  });
});

describe('redirects', () => {
  test('are never followed; one to https names the address to write', async () => {
    const { quay, asked } = await scripted({
      status: 302,
      headers: { location: 'https://quay.example.com/api/v1/user/' },
    });
    expect(await rejection(quay.whoAmI())).toMatchObject({
      code: 'InvalidHostname',
      hint: 'Write the address as https://quay.example.com.',
    });
    expect(asked).toHaveLength(1);
  });
});

describe('no answer', () => {
  test('nothing listening: tried five times, then QuayUnreachable', async () => {
    const gone = await serveHTTP(() => undefined);
    await gone.close();
    const { quay, waits } = clientOf(gone.url);
    open.push(() => quay.close());
    expect(await rejection(quay.whoAmI())).toMatchObject({ code: 'QuayUnreachable', retryable: true });
    expect(waits).toEqual([500, 1000, 2000, 4000]);
  });

  test('an unknown host names DNS', async () => {
    const { quay } = clientOf('http://quay.invalid');
    open.push(() => quay.close());
    expect(await rejection(quay.whoAmI())).toMatchObject({
      code: 'QuayUnreachable',
      hint: expect.stringContaining('DNS'),
    });
  });

  test('a half-open server is given up after the timeout', async () => {
    const { quay } = await served(
      serveTCP(() => undefined),
      { timeouts: { headers: 300 } },
    );
    const start = performance.now();
    expect(await rejection(quay.whoAmI())).toMatchObject({
      code: 'QuayUnreachable',
      message: expect.stringContaining('in time'),
    });
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  test('so is one that pauses inside an answer', async () => {
    const { quay } = await served(
      serveHTTP((_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"username":"ad');
      }),
      { timeouts: { body: 300 } },
    );
    expect(await rejection(quay.whoAmI())).toMatchObject({ code: 'QuayUnreachable', retryable: true });
  });

  test('so is one that speaks HTTP/2', async () => {
    const certificate = await certificateFor('127.0.0.1');
    const { quay } = await served(
      serveHTTP2(certificate, () => undefined),
      { ca: certificate.cert, timeouts: { headers: 300 } },
    );
    expect(await rejection(quay.whoAmI())).toMatchObject({
      code: 'QuayUnreachable',
      message: expect.stringContaining('in time'),
    });
  });

  test('a server that closes after every answer, as Quay behind its stock proxy does, loses no call', async () => {
    const certificate = await certificateFor('127.0.0.1');
    for (const secure of [false, true]) {
      const answer: Parameters<typeof serveHTTP>[0] = (_request, response) => {
        response.writeHead(404, { 'content-type': 'application/json', connection: 'close' });
        response.end('{"message":"Not Found"}');
      };
      const { quay, waits } = await served(secure ? serveHTTPS(certificate, answer) : serveHTTP(answer), {
        ca: certificate.cert,
      });
      await Promise.all(Array.from({ length: 100 }, () => quay.owners('acme')));
      expect(quay.calls.reads).toBe(100);
      expect(waits).toEqual([]);
    }
  });

  test('a connection that is cut is opened again', async () => {
    const { quay, asked } = await scripted({ status: 0, cut: true }, user);
    expect(await quay.whoAmI()).toMatchObject({ username: 'admin' });
    expect(asked).toHaveLength(2);
  });

  test('an answer that ends early is read again', async () => {
    let calls = 0;
    const { quay } = await served(
      serveHTTP((_request, response) => {
        calls += 1;
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
        response.write('{"username":"ad');
        if (calls === 1) response.socket?.end();
        else response.end('min","organizations":[]}'.padEnd(500 - 15));
      }),
    );
    expect(await quay.whoAmI()).toMatchObject({ username: 'admin' });
  });
});

describe('closing', () => {
  test('calls on their way and later ones fail at once', async () => {
    const { quay, waits } = await served(serveHTTP(() => undefined));
    const waiting = rejection(quay.whoAmI());
    await new Promise((resolve) => setTimeout(resolve, 50));
    await quay.close();
    expect(await waiting).toMatchObject({ code: 'QuayUnreachable' });
    expect(await rejection(quay.owners('acme'))).toMatchObject({ code: 'QuayUnreachable' });
    expect(waits).toEqual([]);
  });
});

describe('answers that are none of Quay', () => {
  test.each<[string, Scripted]>([
    ['a page', { status: 200, body: '<!doctype html><p>hello', headers: { 'content-type': 'text/html' } }],
    ['half of the JSON', { status: 200, body: '{"username": "adm' }],
    ['JSON of another shape', { status: 200, body: { username: 5 } }],
    ['a list', { status: 200, body: [] }],
    ['nothing', { status: 200, body: '' }],
    ['a page that forbids', { status: 403, body: '<html>blocked by the firewall</html>' }],
    ['a page that knows nothing', { status: 404, body: '<html>nginx</html>' }],
    ['a status nobody knows', { status: 418, body: 'teapot' }],
  ])('%s is UnexpectedAnswer', async (_name, answer) => {
    const { quay } = await scripted(answer);
    expect(await rejection(quay.whoAmI())).toMatchObject({
      code: 'UnexpectedAnswer',
      message: expect.stringContaining('GET /api/v1/user/'),
    });
  });
});

describe('repeating', () => {
  test('502, 503 and 504 are tried five times with growing pauses', async () => {
    for (const status of [502, 503, 504]) {
      const { quay, asked, waits } = await scripted({ ...unavailable, status });
      expect(await rejection(quay.whoAmI())).toMatchObject({ code: 'QuayUnavailable', retryable: true });
      expect(asked).toHaveLength(5);
      expect(waits).toEqual([500, 1000, 2000, 4000]);
    }
  });

  test('500 is tried once more when reading, never when writing', async () => {
    const reading = await scripted({ status: 500, body: '<html>' });
    expect(await rejection(reading.quay.whoAmI())).toMatchObject({ code: 'QuayUnavailable' });
    expect(reading.asked).toHaveLength(2);
    const writing = await scripted({ status: 500, body: '<html>' });
    const change = { type: 'PutTeam', team: 'devs', role: 'member', exists: false } as const;
    expect(await rejection(writing.quay.apply('acme', change, () => ''))).toMatchObject({ code: 'QuayUnavailable' });
    // A second one on purpose: two that create at once may both see an error.
    expect(writing.asked).toHaveLength(2);
  });

  test('a read-only registry is not asked again at once', async () => {
    const { quay, asked } = await scripted({
      status: 503,
      body: { message: 'System is read-only', is_readonly: true },
    });
    const change = { type: 'UpdateOrganization', email: 'a@example.com' } as const;
    expect(await rejection(quay.apply('acme', change, () => ''))).toMatchObject({
      code: 'QuayUnavailable',
      hint: expect.stringContaining('read-only'),
    });
    expect(asked).toHaveLength(1);
  });

  test('the deletion of an organization is read, not repeated', async () => {
    const { quay, asked } = await scripted(unavailable, { status: 404, body: { status: 404, detail: 'Not Found' } });
    await quay.apply('acme', { type: 'DeleteOrganization' }, () => '');
    expect(asked).toEqual(['DELETE /api/v1/organization/acme', 'GET /api/v1/organization/acme']);
  });
});

describe('429', () => {
  const page = '<html>429 Too Many Requests</html>';

  test('without Retry-After: five tries, at five calls a second', async () => {
    const { quay, asked, waits } = await scripted({ status: 429, body: page });
    expect(await rejection(quay.whoAmI())).toMatchObject({ code: 'RateLimited', retryable: true });
    expect(asked).toHaveLength(5);
    expect(waits.slice(0, 1)).toEqual([500]);
  });

  test('with seconds, and with a date', async () => {
    const seconds = await scripted({ status: 429, body: page, headers: { 'retry-after': '7' } }, user);
    await seconds.quay.whoAmI();
    expect(seconds.waits[0]).toBe(7000);
    const date = new Date(Date.now() + 20_000).toUTCString();
    const dated = await scripted({ status: 429, body: page, headers: { 'retry-after': date } }, user);
    await dated.quay.whoAmI();
    expect(dated.waits[0]).toBeGreaterThan(15_000);
    expect(dated.waits[0]).toBeLessThanOrEqual(20_000);
  });

  test('a long pause is handed on instead of waited for', async () => {
    const { quay, asked } = await scripted({ status: 429, body: page, headers: { 'retry-after': '3600' } });
    expect(await rejection(quay.whoAmI())).toMatchObject({ code: 'RateLimited', retryAfter: 3600 });
    expect(asked).toHaveLength(1);
  });

  test('a call that was refused this way is safe to repeat, whatever it does', async () => {
    const { quay, asked } = await scripted({ status: 429, body: page }, { status: 200, body: {} });
    const change = { type: 'CreateDefaultPermission', kind: 'team', name: 'devs', creator: '', role: 'read' } as const;
    await quay.apply('acme', change, () => '');
    expect(asked).toEqual(['POST /api/v1/organization/acme/prototypes', 'POST /api/v1/organization/acme/prototypes']);
  });
});

describe('pace', () => {
  test('no more calls are on their way than eight', async () => {
    let now = 0;
    let most = 0;
    const { quay } = await served(
      serveHTTP((_request, response) => {
        now += 1;
        most = Math.max(most, now);
        setTimeout(() => {
          now -= 1;
          response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"Not Found"}');
        }, 5);
      }),
    );
    await Promise.all(Array.from({ length: 60 }, () => quay.owners('acme')));
    expect(most).toBe(8);
  });

  test('callsPerSecond spaces the calls', async () => {
    let clock = 0;
    const play = script({ status: 404, body: { message: 'Not Found' } });
    const { quay } = await served(serveHTTP(play.handler), {
      callsPerSecond: 10,
      now: () => clock,
      delay: async (milliseconds) => {
        clock += milliseconds;
      },
    });
    for (let call = 0; call < 21; call += 1) await quay.owners('acme');
    expect(clock).toBe(2000);
  });

  test('after a complaint five calls a second, and slowly more when it stays quiet', async () => {
    let clock = 0;
    const play = script({ status: 429, body: '<html>' }, { status: 404, body: { message: 'Not Found' } });
    const { quay } = await served(serveHTTP(play.handler), {
      now: () => clock,
      delay: async (milliseconds) => {
        clock += milliseconds;
      },
    });
    await quay.owners('acme');
    const second = async (calls: number): Promise<number> => {
      const start = clock;
      for (let call = 0; call < calls; call += 1) await quay.owners('acme');
      return clock - start;
    };
    expect(await second(10)).toBeCloseTo(2000, 0);
    clock += 30_000;
    expect(await second(11)).toBeLessThanOrEqual(1100);
    clock += 600_000;
    expect(await second(1000)).toBeLessThan(10);
  });
});

describe('counting', () => {
  test('every exchange is counted with its route, without names', async () => {
    const calls: FinishedCall[] = [];
    const play = script(unavailable, { status: 404, body: { message: 'Not Found' } });
    const { quay } = await served(serveHTTP(play.handler), { onCall: (call) => calls.push(call) });
    await quay.owners('acme');
    expect(quay.calls).toEqual({ reads: 2, writes: 0 });
    expect(calls.map(({ method, route, status }) => [method, route, status])).toEqual([
      ['GET', '/api/v1/organization/{organization}/team/{team}/members', 502],
      ['GET', '/api/v1/organization/{organization}/team/{team}/members', 404],
    ]);
  });
});
