import { afterEach, describe, expect, test } from '@jest/globals';
import { asksForEmail, nothingMore, type Quay } from '../../src/quay/index.js';
import { clientOf, serveHTTP } from '../support/loopback.js';
import { rejection } from './playground.js';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

type Routes = Readonly<Record<string, { readonly status?: number; readonly body: unknown }>>;

/** A Quay of which only a few routes matter; the rest is the page of its web interface. */
async function oldQuay(routes: Routes): Promise<{ readonly quay: Quay; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = await serveHTTP((request, response) => {
    const key = `${request.method} ${request.url}`;
    asked.push(key);
    const { status = 200, body } = routes[key] ?? { status: 404, body: '<!doctype html>' };
    const page = typeof body === 'string';
    response.writeHead(status, { 'content-type': page ? 'text/html' : 'application/json' });
    response.end(page ? body : JSON.stringify(body));
  });
  const { quay } = clientOf(server.url);
  open.push(() => quay.close(), server.close);
  return { quay, asked };
}

const paths = Object.fromEntries(
  [
    '/api/v1/organization/{orgname}',
    '/api/v1/organization/{orgname}/quota',
    '/api/v1/organization/{orgname}/proxycache',
    '/api/v1/repository/{repository}/mirror',
  ].map((path) => [path, {}]),
);

describe('features', () => {
  test('before 3.8 they are read from the list of routes', async () => {
    const { quay, asked } = await oldQuay({ 'GET /api/v1/discovery': { body: { paths } } });
    expect(await quay.features()).toMatchObject({
      version: '',
      quota: true,
      proxyCache: true,
      mirror: true,
      autoPrune: false,
      federation: false,
    });
    await quay.features();
    expect(asked).toEqual(['GET /config', 'GET /api/v1/discovery']);
  });

  test('a server that is no Quay says so', async () => {
    const { quay } = await oldQuay({});
    expect(await rejection(quay.features())).toMatchObject({ code: 'UnexpectedAnswer' });
  });

  test('3.12: auto-pruning knows no patterns, and a pattern is refused rather than lost', async () => {
    const features = { AUTO_PRUNE: true, QUOTA_MANAGEMENT: true, SUPER_USERS: true, SUPERUSERS_FULL_ACCESS: true };
    const { quay, asked } = await oldQuay({
      'GET /config': { body: { features, version_number: 'Quay v3.12.4' } },
      'GET /api/v1/discovery': { body: { paths } },
    });
    expect(await quay.features()).toMatchObject({
      version: 'v3.12.4',
      autoPrune: true,
      autoPrunePatterns: false,
      quota: true,
      superusersFullAccess: true,
      fullOrganizationBodies: false,
    });
    const change = {
      type: 'CreateAutoPrune',
      policy: { numberOfTags: 5, tagPattern: 'v.*', tagPatternMatches: true },
    } as const;
    expect(await rejection(quay.apply('acme', change, () => ''))).toMatchObject({
      code: 'FeatureDisabled',
      message: expect.stringContaining('3.13'),
    });
    expect(asked.filter((call) => call.startsWith('POST'))).toEqual([]);
  });

  test('a failure is not remembered', async () => {
    const routes: Record<string, { status?: number; body: unknown }> = {
      'GET /config': { status: 503, body: '<html>' },
    };
    const { quay } = await oldQuay(routes);
    expect(await rejection(quay.features())).toMatchObject({ code: 'QuayUnavailable' });
    routes['GET /config'] = { body: { features: { IMMUTABLE_TAGS: false } } };
    expect(await quay.features()).toMatchObject({ immutability: false, federation: true });
  });
});

describe('organizations', () => {
  test('up to 3.17 with mailing, Quay asks for an address', async () => {
    const { quay } = await oldQuay({
      'POST /api/v1/organization/': { status: 400, body: { detail: 'Email address is required' } },
      'GET /api/v1/organization/acme': { status: 404, body: { detail: 'Not Found' } },
    });
    const error = await rejection(quay.apply('acme', { type: 'CreateOrganization' }, () => ''));
    expect(error).toMatchObject({ code: 'QuayRefused', retryable: false });
    expect(asksForEmail(error)).toBe(true);
    expect(asksForEmail(new Error('Email address is required'))).toBe(false);
  });

  test('the address that up to 3.17 is invented is no address; missing keys are no fault', async () => {
    const { quay } = await oldQuay({
      'GET /api/v1/organization/acme': {
        body: {
          name: 'acme',
          email: '0b8a7e2c-1f9d-4c6b-9a3e-5d2f7c8b1a04',
          is_admin: true,
          tag_expiration_s: 0,
          teams: { owners: { name: 'owners', description: '', role: 'admin' } },
        },
      },
      'GET /api/v1/organization/acme/prototypes': { body: { prototypes: [] } },
      'GET /api/v1/organization/acme/robots?permissions=true&token=false': {
        body: { robots: [{ name: 'acme+ci', description: null }] },
      },
      'GET /api/v1/repository?namespace=acme': {
        body: { repositories: [{ namespace: 'acme', name: 'app', is_public: true, description: null }] },
      },
    });
    expect(await quay.observe('acme', nothingMore)).toMatchObject({
      organization: {
        email: '',
        robots: [{ name: 'ci', description: '', repositories: [] }],
        repositories: [{ name: 'app', visibility: 'public', description: '', state: 'NORMAL' }],
      },
    });
  });

  test('up to 3.15 a superuser sees only the public side, and reads why', async () => {
    const { quay } = await oldQuay({
      'GET /api/v1/organization/acme': { body: { name: 'acme', email: '', is_admin: false, is_member: false } },
      'GET /api/v1/user/': { body: { username: 'admin', super_user: true, organizations: [], can_create_repo: true } },
    });
    expect(await quay.observe('acme', nothingMore)).toEqual({
      state: 'Hidden',
      message: expect.stringContaining('older than 3.16'),
    });
  });
});
