import { describe, expect, test } from '@jest/globals';
import { type Declared, declareOrganization } from './authors.js';
import { id, organizations, scene } from './installation.js';
import { canary } from './scene.js';
import { stillReady } from './seen.js';

describe('the author of a QuayOrganization', () => {
  const slack = (name: string, key = 'value'): Declared => ({
    repositories: [
      {
        name: 'web',
        notifications: [{ title: name, event: 'repo_push', method: 'slack', urlSecretRef: { name, key } }],
      },
    ],
  });
  const labels = { 'app.kubernetes.io/managed-by': 'quayside', 'quayside.dev/integration': id };
  const robot = (name: string, serviceAccount = 'default'): Declared => ({
    robots: [{ name: 'builder', role: 'write', pullSecret: { name, serviceAccount } }],
  });

  test.each<[string, string, () => Declared]>([
    ['the token of Quay', 'SecretNotAllowed', () => slack(id, 'token')],
    ['the token of another integration', 'SecretNotAllowed', () => slack(canary, 'token')],
    ['a Git login', 'SecretNotAllowed', () => slack('canary-git')],
    ['a Secret for other organizations', 'SecretNotAllowed', () => slack('canary-document')],
    ['the key that marks are signed with', 'SecretNotAllowed', () => slack('quayside-ownership', 'key')],
    [
      'a tenant’s service account',
      'DocumentInvalid',
      () => ({ metadata: { labels }, namespace: scene.harness.namespace('a'), ...robot(canary) }),
    ],
    [
      'a namespace that is not selected',
      'NotSelected|DocumentInvalid',
      () => ({ metadata: { labels }, namespace: 'kube-system', ...robot('mine') }),
    ],
    ['an organization of people', 'OrganizationNotOurs', () => ({ name: 'people' })],
    [
      'an organization of people, with a forged status',
      'OrganizationNotOurs',
      () => ({ name: 'people2', status: { origin: 'created', registry: new URL(scene.quay.url).host } }),
    ],
    ['an organization of a tenant', 'Conflict', () => ({ name: scene.harness.organization('a') })],
  ])('gets nothing of %s', async (_, reason, spec) => {
    const wanted = spec();
    const { name } = wanted;
    if (name?.startsWith('people')) await scene.asPerson('POST', '/organization/', { name });
    const writes = (): number =>
      scene.simulator.requests.writes().filter(({ path }) => path.includes(`/${name}`)).length;
    const before = writes();
    expect(await declareOrganization(scene, organizations, wanted)).toMatchObject({
      reason: expect.stringMatching(reason),
    });
    if (name?.startsWith('people')) expect(writes()).toBe(before);
    await stillReady(scene, 'a');
  });

  test('writes no status', async () => {
    const path = `/apis/quayside.dev/v1alpha1/quayorganizations/${id}.${scene.harness.namespace('a')}/status`;
    const { status } = await organizations.call('PATCH', path, { status: {} }, 'application/merge-patch+json');
    expect(status).toBe(403);
  });
});
