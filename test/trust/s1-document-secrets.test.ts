import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { type QuayOrganization } from '../../src/api/index.js';
import { integrationSecrets, resolveSecrets, type ResolvedSecrets } from '../../src/integration/index.js';
import { type SecretObject } from '../../src/kube/index.js';
import { document } from '../fixtures/playground.js';
import { integration, store } from '../fixtures/integration.js';

const canary = 'c4n4ry';
const namespace = 'quayside';
const allow = (organizations = 'openshift_shop', uses = 'mirror'): Partial<SecretObject> => ({
  labels: { 'quayside.dev/document-secret': 'true' },
  annotations: { 'quayside.dev/organizations': organizations, 'quayside.dev/uses': uses },
});

const mirrored = (name: string, key = 'password'): QuayOrganization =>
  document('shop', [], {
    robots: [{ name: 'puller', role: 'write' }],
    repositories: [
      {
        name: 'ubi',
        mirror: {
          externalReference: 'mirror.example.com/ubi',
          interval: '1d',
          startDate: '2026-01-01T00:00:00Z',
          tags: ['latest'],
          robot: 'puller',
          username: 'me',
          passwordSecretRef: { name, key },
        },
      },
    ],
  });
const mirror = { organization: 'openshift_shop', use: 'mirror' } as const;

/** Resolves what a document names, where a Secret `mine` says this of itself. */
const resolve = (
  said: Partial<SecretObject>,
  { name = 'mine', integrations = [integration()] as readonly object[] } = {},
): Promise<ResolvedSecrets> =>
  resolveSecrets(
    {
      store: store({ [`quayside/${name}`]: { password: `${canary} \n` } }, {}, { [`quayside/${name}`]: said }),
      namespace,
      integrations: integrationSecrets(integrations, namespace),
    },
    [mirrored(name)],
  );
const told = ({ problems }: ResolvedSecrets): readonly string[] =>
  problems.map(({ organization, managedItem, error: { code, message, hint } }) =>
    [organization, managedItem, code, message, hint].join('|'),
  );

describe('S1: a Secret that documents name', () => {
  test.each(['openshift_shop', '*', 'openshift_*', 'other, *_shop'])('may be used by %s', async (organizations) => {
    const resolved = await resolve(allow(organizations, 'proxy-cache, mirror'));
    expect(resolved.value({ name: 'mine', key: 'password' }, mirror)).toBe(`${canary} `);
    expect(resolved.problems).toEqual([]);
    expect(inspect(resolved, { depth: 9, showHidden: true })).not.toContain(canary);
  });

  test.each<[string, Partial<SecretObject>, string, string]>([
    [
      'says nothing of itself',
      {},
      'it lacks the label quayside.dev/document-secret=true, it lacks the annotation quayside.dev/organizations, it lacks the annotation quayside.dev/uses',
      'kubectl label secret mine -n quayside quayside.dev/document-secret=true --overwrite && ' +
        'kubectl annotate secret mine -n quayside quayside.dev/organizations=openshift_shop quayside.dev/uses=mirror --overwrite',
    ],
    [
      'has the label with another value',
      { ...allow(), labels: { 'quayside.dev/document-secret': 'yes' } },
      'it lacks the label quayside.dev/document-secret=true',
      'kubectl label secret mine -n quayside quayside.dev/document-secret=true --overwrite',
    ],
    [
      'is for other organizations',
      allow('openshift_shop-*,shop'),
      'openshift_shop is not in its annotation quayside.dev/organizations',
      "kubectl annotate secret mine -n quayside quayside.dev/organizations='openshift_shop-*,shop,openshift_shop' --overwrite",
    ],
    [
      'has no organizations: there is no default',
      { ...allow(), annotations: { 'quayside.dev/uses': 'mirror' } },
      'it lacks the annotation quayside.dev/organizations',
      'kubectl annotate secret mine -n quayside quayside.dev/organizations=openshift_shop --overwrite',
    ],
    [
      'is for other uses, of which none is a pattern',
      allow('*', 'notification,*'),
      'mirror is not in its annotation quayside.dev/uses',
      "kubectl annotate secret mine -n quayside quayside.dev/uses='notification,*,mirror' --overwrite",
    ],
  ])('is refused where it %s', async (_, said, lacks, command) => {
    const resolved = await resolve(said);
    expect(told(resolved)).toEqual([
      `openshift_shop|mirror/ubi|SecretNotAllowed|Secret quayside/mine may not be used: ${lacks}|Whoever owns it allows it with: ${command}`,
    ]);
    expect(() => resolved.value({ name: 'mine', key: 'password' }, mirror)).toThrow('Secret quayside/mine may not');
    expect(inspect(resolved, { depth: 9, showHidden: true })).not.toContain(canary);
  });

  test('is not given to another organization, another use, or under another key than was asked for', async () => {
    const resolved = await resolve(allow('*', 'mirror,notification'));
    const ref = { name: 'mine', key: 'password' };
    for (const [one, user] of [
      [ref, { organization: 'openshift_other', use: 'mirror' }],
      [ref, { organization: 'openshift_shop', use: 'notification' }],
      [{ name: 'mine', key: 'other' }, mirror],
    ] as const)
      expect(() => resolved.value(one, user)).toThrow('was not asked for');
  });

  test('that is missing is told as missing, and one without the key only once it is allowed', async () => {
    const whence = { store: store({ 'quayside/mine': { a: canary } }), namespace, integrations: new Map() };
    const resolved = await resolveSecrets(whence, [mirrored('gone'), mirrored('mine', 'b')]);
    expect(resolved.problems.map(({ error }) => error.message)).toEqual([
      'there is no Secret quayside/gone',
      expect.stringContaining('Secret quayside/mine may not be used'),
    ]);
    expect(told(resolved).join()).not.toContain('It has');
  });

  test('is read once, however many documents name it', async () => {
    const asked: string[] = [];
    const { secret, configMap } = store({ 'quayside/mine': { password: canary } }, {}, { 'quayside/mine': allow() });
    const counting = {
      configMap,
      secret: (of: string, name: string) => {
        asked.push(name);
        return secret(of, name);
      },
    };
    const whence = { store: counting, namespace, integrations: new Map() };
    await resolveSecrets(whence, [mirrored('mine'), mirrored('mine'), mirrored('mine', 'other')]);
    expect(asked).toEqual(['mine']);
  });

  test('cannot have a name that would be another path or another command', async () => {
    const whence = { store: store({}), namespace, integrations: new Map() };
    const names = ['..', 'a/../b', '$(id)', 'A'];
    const { problems } = await resolveSecrets(
      whence,
      names.map((name) => mirrored(name)),
    );
    expect(problems.map(({ error }) => error.code)).toEqual(names.map(() => 'SecretNotAllowed'));
  });
});

describe('S1: refused however it is labelled', () => {
  const raw = (spec: object): object => ({ metadata: { name: 'broken' }, spec });
  test.each<[string, object]>([
    ['the token of Quay', integration({ credentialsSecret: { namespace, name: 'mine' } })],
    ["the predecessor's", raw({ credentialsSecretName: 'quayside/mine' })],
    ['the certificate authority', integration({ certificateAuthority: { secret: { namespace, name: 'mine' } } })],
    ['the login of Git', integration({ git: { url: 'https://git.example.com/a', secretRef: { name: 'mine' } } })],
    ['the key that signs', raw({ git: { signing: { secretRef: { name: 'mine', key: 'k' } } } })],
    [
      'what a field names that is still to come',
      raw({ git: { forge: [{ webhook: { secretRef: { name: 'mine' } } }] } }),
    ],
    [
      'what an object names that breaks the schema',
      raw({ quayHostname: 1, credentialsSecret: { namespace, name: 'mine' } }),
    ],
  ])('an integration names %s', async (_, object) => {
    const resolved = await resolve(allow('*'), { integrations: [object] });
    expect(told(resolved)).toEqual([
      expect.stringMatching(/belongs to QuayIntegration (quay|broken): no document may/),
    ]);
    expect(told(resolved).join()).not.toContain('kubectl');
  });

  test.each<[string, Partial<SecretObject>, string?]>([
    ['a Secret that Quayside makes', { labels: { ...allow().labels, 'app.kubernetes.io/managed-by': 'quayside' } }],
    ['a certificate', { type: 'kubernetes.io/tls' }],
    ['a token of a service account', { type: 'kubernetes.io/service-account-token' }],
    ['the keys of the marks', {}, 'quayside-ownership'],
  ])('the Secret is %s', async (_, said, name = 'mine') => {
    const resolved = await resolve({ ...allow('*'), ...said }, { name });
    expect(told(resolved)).toEqual([expect.stringContaining('no document may use it')]);
  });

  test("a Secret of the same name in another namespace is nobody's", async () => {
    const elsewhere = integration({ credentialsSecret: { namespace: 'other', name: 'mine' } });
    expect((await resolve(allow(), { integrations: [elsewhere] })).problems).toEqual([]);
  });
});
