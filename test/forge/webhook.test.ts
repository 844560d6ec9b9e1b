import { createHmac } from 'node:crypto';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ForgeKind } from '../../src/forge/index.js';
import { type HookTarget, receive } from '../../src/hooks/index.js';
import { createBodies } from '../../src/process/index.js';

const secret = 'canary-webhook-secret';
const now = Date.UTC(2026, 0, 1);
const signingToken = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

const targets: Record<string, HookTarget> = {
  github: {
    kind: 'GitHub',
    repository: 'acme/state',
    branches: ['main', 'quayside/openshift/quay'],
    secrets: [secret],
  },
  gitea: { kind: 'Gitea', repository: 'acme/state', branches: ['main'], secrets: [secret, 'the previous one'] },
  gitlab: { kind: 'GitLab', repository: 'acme/state', branches: ['main'], secrets: [secret] },
  signed: {
    kind: 'GitLab',
    repository: 'acme/state',
    branches: ['main'],
    secrets: [secret],
    signingTokens: [signingToken],
  },
  empty: { kind: 'GitHub', repository: 'acme/state', branches: ['main'], secrets: [''] },
};

let url: string;
let close: () => Promise<void>;
let triggered: string[];
let told: string[];
beforeEach(async () => {
  triggered = [];
  told = [];
  const server = createServer((request, response) => {
    void receive(
      {
        bodies: createBodies(1 << 28),
        target: (name) => Promise.resolve(targets[name]),
        trigger: (name) => void triggered.push(name),
        onDelivery: (delivery) => void told.push(JSON.stringify(delivery)),
        now: () => now,
      },
      request,
    ).then(({ status, text }) => response.writeHead(status).end(text));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => new Promise((resolve) => (server.close(() => resolve()), server.closeAllConnections()));
});
afterEach(() => close());

const hmac = (body: string, key = secret): string => createHmac('sha256', key).update(body).digest('hex');

async function post(name: string, headers: Record<string, string>, body: string): Promise<number> {
  const answer = await fetch(`${url}/hooks/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return answer.status;
}

const push = {
  ref: 'refs/heads/main',
  repository: { full_name: 'acme/state' },
  project: { path_with_namespace: 'acme/state' },
  secret: 'canary-body',
};
const text = JSON.stringify(push);

function proof(kind: ForgeKind | 'signed', body: string, key = secret): Record<string, string> {
  switch (kind) {
    case 'GitHub':
      return { 'x-github-event': 'push', 'x-github-delivery': '1', 'x-hub-signature-256': `sha256=${hmac(body, key)}` };
    case 'Gitea':
      return {
        'x-gitea-event': 'push',
        'x-github-event': 'push',
        'x-gitea-signature': hmac(body, key),
        'x-hub-signature-256': 'sha256=0',
      };
    case 'GitLab':
      return { 'x-gitlab-event': 'Push Hook', 'x-gitlab-token': key };
    case 'signed':
      return signed(body, now / 1000);
  }
}

function signed(body: string, at: number, token = signingToken): Record<string, string> {
  const key = Buffer.from(token.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`id-1.${at}.${body}`).digest('base64');
  return {
    'x-gitlab-event': 'Push Hook',
    'webhook-id': 'id-1',
    'webhook-timestamp': String(at),
    'webhook-signature': `v1,other v1,${signature}`,
  };
}

describe('F37 a webhook', () => {
  test.each(['GitHub', 'Gitea', 'GitLab', 'signed'] as const)(
    'of %s with a good proof has somebody look',
    async (kind) => {
      const name = kind.toLowerCase();
      expect(await post(name, proof(kind, text), text)).toBe(202);
      expect(triggered).toEqual([name]);
      expect(told.join()).not.toContain('canary');
    },
  );

  test.each(['GitHub', 'Gitea', 'GitLab'] as const)(
    'of %s with another secret, an empty proof or none is refused',
    async (kind) => {
      const name = kind.toLowerCase();
      const good = proof(kind, text);
      const empty = Object.fromEntries(
        Object.entries(good).map(([key, value]) => [key, /signature|token/.test(key) ? '' : value]),
      );
      expect(await post(name, proof(kind, text, 'another secret'), text)).toBe(401);
      expect(await post(name, empty, text)).toBe(401);
      expect(await post(name, { 'x-github-event': 'push' }, text)).toBe(401);
      if (kind !== 'GitLab') expect(await post(name, good, `${text} `)).toBe(401);
      expect(triggered).toEqual([]);
    },
  );

  test('with SHA-1 alone is refused', async () => {
    const sha1 = createHmac('sha1', secret).update(text).digest('hex');
    expect(await post('github', { 'x-github-event': 'push', 'x-hub-signature': `sha1=${sha1}` }, text)).toBe(401);
  });

  test('of a name that nobody has, or without a secret, is refused in the same way', async () => {
    expect(await post('nobody', proof('GitHub', text), text)).toBe(401);
    expect(await post('empty', proof('GitHub', text, ''), text)).toBe(401);
  });

  test('of GitLab that is signed is not taken with the token alone, nor when it is old', async () => {
    expect(
      await post(
        'signed',
        {
          'x-gitlab-event': 'Push Hook',
          'x-gitlab-token': secret,
          'webhook-id': 'id-1',
          'webhook-timestamp': String(now / 1000),
        },
        text,
      ),
    ).toBe(401);
    expect(await post('signed', signed(text, now / 1000 - 360), text)).toBe(401);
    expect(await post('signed', signed(text, now / 1000 - 240), text)).toBe(202);
  });

  test('is taken with the secret from before its rotation', async () => {
    expect(await post('gitea', proof('Gitea', text, 'the previous one'), text)).toBe(202);
  });

  test('of another repository or branch is accepted, and nobody looks', async () => {
    for (const other of [
      { ...push, repository: { full_name: 'acme/other' } },
      { ...push, ref: 'refs/heads/else' },
      { ref: 7 },
      'text',
      null,
    ]) {
      const body = JSON.stringify(other);
      expect(await post('github', proof('GitHub', body), body)).toBe(202);
    }
    expect(triggered).toEqual([]);
  });

  test('about a request counts, a ping is answered, another event is passed over', async () => {
    const body = JSON.stringify({
      action: 'closed',
      repository: { full_name: 'acme/state' },
      pull_request: { head: { ref: 'quayside/openshift/quay' }, base: { ref: 'main' } },
    });
    const as = (event: string): Record<string, string> => ({ ...proof('GitHub', body), 'x-github-event': event });
    expect(await post('github', as('pull_request'), body)).toBe(202);
    expect(await post('github', as('ping'), body)).toBe(200);
    expect(await post('github', as('star'), body)).toBe(202);
    expect(triggered).toEqual(['github']);
  });

  test('that is a form, has another method or another path is told what is wrong', async () => {
    expect(await post('github', { 'content-type': 'application/x-www-form-urlencoded' }, 'payload=x')).toBe(415);
    expect((await fetch(`${url}/hooks/github`)).status).toBe(405);
    expect((await fetch(`${url}/`)).status).toBe(404);
    expect((await fetch(`${url}/hooks/..%2f..`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${url}//`, { method: 'POST' })).status).toBe(404);
  });

  test('whose body does not come is cut', async () => {
    const status = await new Promise<number | string>((resolve) => {
      const headers = { 'content-type': 'application/json', 'content-length': '100' };
      const asked = send(`${url}/hooks/github`, { method: 'POST', headers }, (answer) =>
        resolve(answer.statusCode ?? 0),
      );
      asked.on('error', (error) => resolve(error.message));
      asked.write('{');
    });
    expect(status).toBe(408);
    expect(triggered).toEqual([]);
  });

  test('that is too large is cut', async () => {
    const status = await new Promise<number | string>((resolve) => {
      const asked = send(
        `${url}/hooks/github`,
        { method: 'POST', headers: { 'content-type': 'application/json' } },
        (answer) => resolve(answer.statusCode ?? 0),
      );
      asked.on('error', (error) => resolve(error.message));
      asked.end(Buffer.alloc(12 * 1024 * 1024, 32));
    });
    expect(status).toBe(413);
    expect(triggered).toEqual([]);
  });
});
