import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Fields } from '../../src/json/index.js';
import { resourceTypes } from '../../src/kube/index.js';
import { openFixture, type Fixture, specOf } from '../operator/organizations/fixture.js';

const name = 'openshift.shop';
const canary = 'https://hooks.example.com/c4n4ry';
const hook = { title: 'hook', event: 'repo_push', method: 'webhook', urlSecretRef: { name: 'hooks', key: 'url' } };
const stating = (...titles: readonly string[]): object =>
  specOf({
    robots: [{ name: 'builder', role: 'write' }],
    repositories: [{ name: 'web', notifications: titles.map((title) => ({ ...hook, title })) }],
  });
const secret = (annotations: object, url = canary): Fields => ({
  metadata: { namespace: 'quayside', name: 'hooks', labels: { 'quayside.dev/document-secret': 'true' }, annotations },
  data: { url: Buffer.from(url).toString('base64') },
});
const allowed = { 'quayside.dev/organizations': 'openshift_*', 'quayside.dev/uses': 'notification' };

let fixture: Fixture;
beforeEach(async () => {
  fixture = await openFixture();
});
afterEach(async () => fixture.close());

const creations = (): number => {
  const paths =
    fixture.quays
      .get('quay')
      ?.requests.writes()
      .map(({ path }) => path) ?? [];
  return paths.filter((path) => path.endsWith('/web/notification/')).length;
};
const refused = { status: 'False', reason: 'SecretNotAllowed' };

test('S1: a Secret is used from when it says that it may be, and not any more once it says otherwise', async () => {
  fixture.put(resourceTypes.secret, secret({}));
  fixture.state(name, stating('hook'));
  await fixture.ready(name, refused);
  expect(creations()).toBe(0);
  // The rest of the document was done.
  expect(fixture.status(name).inventory).toContain('robot/builder');

  fixture.put(resourceTypes.secret, secret(allowed));
  await fixture.pass(name);
  await fixture.ready(name);
  expect(creations()).toBe(1);

  // Its value changes as well: what is no longer allowed is neither compared nor sent.
  fixture.put(resourceTypes.secret, secret({ ...allowed, 'quayside.dev/uses': 'mirror' }, 'https://other.example.com'));
  fixture.state(name, stating('hook', 'second'));
  fixture.resync(name);
  await fixture.ready(name, refused);
  expect(creations()).toBe(1);
  const hashes = fixture.status(name).secretHashes;
  fixture.put(resourceTypes.secret, secret(allowed));
  fixture.resync(name);
  await fixture.ready(name);
  // Nothing was forgotten meanwhile: the first one is still as it was sent.
  expect(creations()).toBe(2);
  expect(fixture.status(name).secretHashes).toMatchObject(hashes ?? {});
});

test('S1: a refused Secret is told beside another fault', async () => {
  fixture.put(resourceTypes.secret, secret({}));
  const notifications = [hook, { ...hook, title: 'gone', urlSecretRef: { name: 'gone', key: 'url' } }];
  fixture.state(name, specOf({ robots: [], repositories: [{ name: 'web', notifications }] }));
  await fixture.ready(name, { status: 'False', reason: 'CredentialsMissing' });
  const message = fixture.status(name).conditions?.find(({ type }) => type === 'Ready')?.message;
  expect(message).toContain('there is no Secret quayside/gone');
  expect(message).toContain('SecretNotAllowed: notification/web/hook (Secret quayside/hooks may not be used');
});
