import { describe, expect, test } from '@jest/globals';
import { inspect } from 'node:util';
import { type Fields } from '../../../src/json/index.js';
import { claimAgainst, claimedTwice, isRight } from '../../../src/pull-secrets/check-secret.js';
import { pullSecretState, pullSecretWatch } from '../../../src/pull-secrets/pull-secret-state.js';
import { secretObject, desiredSecrets } from '../../../src/pull-secrets/desired-secret.js';
import { type RobotToken } from '../../../src/quay/index.js';
import { host, organizationOf, tokensOf } from './fixture.js';

const namespace = 'shop';
const [declared] = desiredSecrets(organizationOf(namespace, ['builder']), host);
if (declared === undefined) throw new Error('the organization states a pull secret');
const token = tokensOf(['builder']).get('builder') as RobotToken;
const right = secretObject(declared, token);
const encode = (value: unknown): Fields => ({
  '.dockerconfigjson': Buffer.from(JSON.stringify(value)).toString('base64'),
});
const auth = (user: string): Fields => ({ auth: Buffer.from(`${user}:secret`).toString('base64') });
const entry = { [host]: auth('openshift_shop+builder') };
const live = (auths: Fields, labels: Fields = {}, more: Fields = {}): Fields => ({
  ...right,
  metadata: { namespace, name: declared.name, labels },
  data: encode({ auths }),
  ...more,
});
const managed = { 'app.kubernetes.io/managed-by': 'quayside' };

describe('a secret that is there', () => {
  test.each<readonly [string, Fields]>([
    ['carries our label', live({ [host]: auth('me'), 'registry.example.org': auth('me') }, managed)],
    ['carries the label of this organization', live({}, { ...managed, ...declared.labels })],
    ['has only our own login', live(entry)],
    ['has only our own login, for no host', live({ '': auth('openshift_shop+builder') })],
    ['was ours in another organization object', live(entry, { ...managed, 'quayside.dev/organization': 'old.shop' })],
  ])('is written when it %s', (_, object) => {
    expect(claimAgainst(object, declared)).toBeUndefined();
  });

  test.each<readonly [string, Fields, RegExp]>([
    ['is of another type', live(entry, managed, { type: 'Opaque' }), /type Opaque, which cannot be changed/],
    ['has one more login', live({ ...entry, 'registry.example.org': auth('me') }), /somebody else's/],
    [
      'has one more login by token',
      live({ ...entry, 'registry.example.org': { identitytoken: 'x' } }),
      /somebody else's/,
    ],
    ['has helpers beside it', live(entry, {}, { data: encode({ auths: entry, credHelpers: {} }) }), /somebody else's/],
    ['has the login of another robot', live({ [host]: auth('openshift_shop+deployer') }), /somebody else's/],
    [
      'has our login for another host',
      live({ 'registry.example.org': auth('openshift_shop+builder') }),
      /somebody else's/,
    ],
    ['has no login', live({}), /somebody else's/],
    ['cannot be read', live(entry, {}, { data: { '.dockerconfigjson': 'bm90IGpzb24=' } }), /somebody else's/],
    [
      'belongs to another organization',
      live({ [host]: auth('other+builder') }, { ...managed, 'quayside.dev/organization': 'team-b' }),
      /belongs to the QuayOrganization team-b/,
    ],
  ])('is left as it is when it %s', (_, object, words) => {
    const conflict = claimAgainst(object, declared);
    expect(conflict).toMatchObject({ code: 'Conflict', retryable: false, message: expect.stringMatching(words) });
    expect(conflict?.hint).toContain('builder');
  });
});

describe('a secret as it is kept', () => {
  test('is right only as a whole', () => {
    const state = pullSecretState({ ...right, metadata: { ...(right.metadata as Fields), uid: 'u' } });
    expect(isRight(state, declared, token)).toBe(true);
    expect(isRight(state, declared, undefined)).toBe(true);
    expect(isRight(undefined, declared, token)).toBe(false);
    expect(isRight({ ...state, labels: managed }, declared, token)).toBe(false);
    expect(isRight({ ...state, entries: [...state.entries, ...state.entries] }, declared, token)).toBe(false);
    expect(isRight(state, { ...declared, host: 'elsewhere' }, token)).toBe(false);
    expect(isRight(state, declared, tokensOf(['builder'], 'B').get('builder'))).toBe(false);
  });

  test('is the same as long as nothing of it changes that matters, and shows no token', () => {
    const metadata = right.metadata as Fields;
    const state = pullSecretState(right);
    const labelled = { ...right, metadata: { ...metadata, labels: { ...declared.labels, theirs: 'yes' } } };
    expect(pullSecretWatch.same?.(state, pullSecretState(labelled))).toBe(true);
    expect(pullSecretWatch.same?.(state, pullSecretState({ ...right, data: {} }))).toBe(false);
    expect(pullSecretWatch.same?.(state, pullSecretState({ ...right, metadata: { ...metadata, uid: 'u' } }))).toBe(
      false,
    );
    expect(`${JSON.stringify(state)} ${inspect(state, { depth: 9 })}`).not.toContain('CANARY');
  });
});

test('of two robots with one secret the second is refused', () => {
  const two = organizationOf(namespace, ['a', 'b']).spec.robots.map((robot) => ({
    ...robot,
    pullSecret: { name: 'one', serviceAccount: robot.name },
  }));
  const organization = organizationOf(namespace);
  const secrets = desiredSecrets({ ...organization, spec: { ...organization.spec, robots: two } }, host);
  const refused = claimedTwice(secrets);
  expect([...refused.keys()].map(({ robot }) => robot)).toEqual(['b']);
  expect([...refused.values()]).toMatchObject([{ code: 'Conflict', message: expect.stringContaining('a and b') }]);
});

test('an organization without a namespace declares no pull secrets', () => {
  const { spec, ...rest } = organizationOf(namespace);
  const { namespace: _, ...elsewhere } = spec;
  expect(desiredSecrets({ ...rest, spec: elsewhere }, host)).toEqual([]);
});
