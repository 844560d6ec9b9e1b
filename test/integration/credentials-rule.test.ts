import { describe, expect, test } from '@jest/globals';
import { credentialsRule } from '../../src/pipeline/credential-uses.js';
import { credentialsRefusal, type CredentialsRule } from '../../src/integration/index.js';
import { type Fields } from '../../src/json/index.js';
import { type SecretObject } from '../../src/kube/index.js';
import { endpointOf } from '../../src/names/index.js';

type Said = Partial<SecretObject>;
type Purpose = 'Quay' | 'Git';

/** Why Secret `operator/shared`, or another one, would not be sent to an address. */
const refusal = (
  url: string,
  {
    uses = [],
    said = {},
    purpose = 'Quay',
    namespace = 'operator',
    name = 'shared',
    namespaces = undefined as string[] | undefined,
    key = 'token',
  }: {
    uses?: Fields[];
    said?: Said;
    purpose?: Purpose;
    namespace?: string;
    name?: string;
    namespaces?: string[];
    key?: string;
  } = {},
) => {
  const to = endpointOf(url);
  if (to === undefined) throw new Error(url);
  const rule: CredentialsRule = credentialsRule({ namespace: 'operator', credentialsNamespaces: namespaces }, uses);
  const secret = { data: new Map([[key, '']]), labels: {}, annotations: {}, type: 'Opaque', ...said };
  return credentialsRefusal({ purpose, namespace, name, to, ...(purpose === 'Quay' && { key }) }, secret, rule);
};

const [early, late] = ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'];
const shared = { namespace: 'operator', name: 'shared' };
const v1 = (name: string, created: string | undefined, spec: object): Fields => ({
  metadata: { name, creationTimestamp: created },
  spec: { credentialsSecret: shared, ...spec },
});
const v1alpha1 = (name: string, created: string, quayHostname: string): Fields => ({
  metadata: { name, creationTimestamp: created },
  spec: { credentialsSecretName: 'operator/shared', quayHostname },
});
const git = (name: string, created: string, spec: object): Fields => ({
  metadata: { name, creationTimestamp: created },
  spec: { quayHostname: 'quay.example.com', git: { secretRef: { name: 'shared' }, ...spec } },
});

const ours = 'https://quay.example.com';
const theirs = 'https://sink.example.com';

describe('without an annotation', () => {
  test.each<[string, Fields[], string | undefined]>([
    ['nobody else names it', [], undefined],
    ['the only one that names it points there', [v1('a', early, { quayHostname: 'sink.example.com' })], undefined],
    [
      'the oldest points there',
      [v1('b', early, { quayHostname: theirs }), v1('a', late, { quayHostname: ours })],
      undefined,
    ],
    [
      'the oldest points elsewhere',
      [v1('a', late, { quayHostname: theirs }), v1('b', early, { quayHostname: ours })],
      'b',
    ],
    [
      'of equals the first by name does',
      [v1('b', early, { quayHostname: theirs }), v1('a', early, { quayHostname: ours })],
      'a',
    ],
    ['one of the old kind is older', [v1('a', late, { quayHostname: theirs }), v1alpha1('z', early, ours)], 'z'],
    [
      'it is superseded by the one that asks',
      [v1('a', late, { quayHostname: theirs }), v1alpha1('a', early, ours)],
      'a',
    ],
    ['another port is meant', [v1('a', early, { quayHostname: `${theirs}:8443` })], 'a'],
    ['the port is written out', [v1('a', early, { quayHostname: 'SINK.example.com:443' })], undefined],
    [
      'what is not created yet is the youngest',
      [v1('a', undefined, { quayHostname: ours }), v1('b', late, { quayHostname: theirs })],
      undefined,
    ],
    ['the address of the oldest cannot be read', [v1('a', early, { quayHostname: 'https://quay/path' })], 'a'],
    ['the oldest has no address', [v1('a', early, {})], 'a'],
    [
      'others name others',
      [{ ...v1('a', early, { quayHostname: ours, credentialsSecret: { namespace: 'operator', name: 'x' } }) }],
      undefined,
    ],
  ])('%s', (_, uses, first) => {
    const found = refusal(theirs, { uses });
    expect(found?.code).toBe(first === undefined ? undefined : 'CredentialsHostMismatch');
    if (first !== undefined) expect(found?.message).toContain(`the integration ${first}`);
  });

  test('it is taken from the operator and from where the predecessor has it, or from the namespaces of the option', () => {
    expect(refusal(ours, { namespace: 'openshift-operators' })).toBeUndefined();
    expect(refusal(ours, { namespace: 'victim' })?.message).toContain('(operator, openshift-operators)');
    expect(refusal(ours, { namespace: 'victim', namespaces: ['victim'] })).toBeUndefined();
    expect(refusal(ours, { namespaces: ['victim'] })?.code).toBe('CredentialsHostMismatch');
    // Git's can only be there.
    expect(refusal(ours, { namespaces: ['victim'], purpose: 'Git' })).toBeUndefined();
  });
});

describe('S8: a Secret that does not say where it may go', () => {
  const keys = (...names: readonly string[]): Said => ({ data: new Map(names.map((name) => [name, ''])) });
  test.each<[string, string, Said, boolean]>([
    ['has the usual key alone', 'token', keys('token'), true],
    ['has the usual key among others', 'token', keys('token', 'ca.crt'), true],
    ['has one key of another name, as an older object may name it', 'quay', keys('quay'), true],
    ['has the asked key among others', 'password', keys('username', 'password'), false],
    ['has another type', 'token', { ...keys('token'), type: 'example.com/key' }, false],
  ])('%s', (_, key, said, taken) => {
    for (const namespace of ['operator', 'openshift-operators']) {
      expect(refusal(theirs, { namespace, key, said }) === undefined).toBe(taken);
      // Who owns it decides otherwise.
      const annotations = { 'quayside.dev/hosts': 'sink.example.com' };
      expect(refusal(theirs, { namespace, key, said: { ...said, annotations } })).toBeUndefined();
    }
  });
});

describe('with an annotation', () => {
  const allowing = (hosts: string): Said => ({ annotations: { 'quayside.dev/hosts': hosts } });

  test.each([
    ['quay.example.com:443', 'https://quay.example.com', true],
    ['quay.example.com', 'https://quay.example.com', true],
    ['quay.example.com', 'http://quay.example.com', true],
    ['quay.example.com:443', 'http://quay.example.com', false],
    ['quay.example.com', 'https://quay.example.com:8443', false],
    [' a.example.com , QUAY.example.com:8443,', 'https://quay.example.com:8443', true],
    ['git.example.com', 'ssh://git@git.example.com', true],
    ['[::1]:8443', 'https://[::1]:8443', true],
    ['bücher.example', 'https://xn--bcher-kva.example', true],
    ['', 'https://quay.example.com', false],
    ['*', 'https://quay.example.com', false],
    ['*.example.com', 'https://quay.example.com', false],
    ['https://quay.example.com', 'https://quay.example.com', false],
    ['quay.example.com:99999', 'https://quay.example.com', false],
    ['me@quay.example.com', 'https://quay.example.com', false],
    ['quay.example.com.evil.example', 'https://quay.example.com', false],
  ])('%j lets it go to %s: %s', (hosts, url, allowed) => {
    for (const namespace of ['operator', 'victim']) {
      expect(refusal(url, { namespace, said: allowing(hosts) }) === undefined).toBe(allowed);
    }
  });

  test('the oldest integration says nothing any more', () => {
    const uses = [v1('a', early, { quayHostname: ours })];
    expect(refusal(theirs, { uses, said: allowing('sink.example.com') })).toBeUndefined();
    expect(refusal(ours, { uses, said: allowing('sink.example.com') })?.hint).toBe(
      'Whoever owns the Secret allows it with: kubectl annotate secret shared -n operator --overwrite quayside.dev/hosts=sink.example.com,quay.example.com:443',
    );
  });

  test('what is no host is shown, and never a command of its own', () => {
    const found = refusal('https://[::1]:8443', { name: "o'; id", said: allowing(`$(id),${'x'.repeat(500)}`) });
    expect(found?.message).toContain(
      'may go to no host, by its annotation quayside.dev/hosts; "$(id)" in it is no host',
    );
    expect(found?.hint).toContain(`secret 'o'\\''; id' -n operator --overwrite quayside.dev/hosts='[::1]:8443'`);
  });
});

describe('what it was made for', () => {
  test.each<[string, Purpose, Parameters<typeof refusal>[1], string | undefined]>([
    ['a key of a service account', 'Quay', { said: { type: 'kubernetes.io/service-account-token' } }, 'type'],
    ['the same for Git', 'Git', { said: { type: 'kubernetes.io/service-account-token' } }, 'type'],
    ['a pull secret', 'Git', { said: { type: 'kubernetes.io/dockerconfigjson' } }, 'type'],
    ['a token to join', 'Quay', { said: { type: 'bootstrap.kubernetes.io/token' } }, 'type'],
    ['a login', 'Quay', { said: { type: 'kubernetes.io/basic-auth' } }, 'type'],
    ['a login for Git', 'Git', { said: { type: 'kubernetes.io/basic-auth' } }, undefined],
    ['what we made', 'Quay', { said: { labels: { 'app.kubernetes.io/managed-by': 'quayside' } } }, 'own'],
    ['the authority by its name', 'Git', { name: 'quayside-webhook-authority' }, 'own'],
    ['the key of the marks', 'Quay', { name: 'quayside-ownership' }, 'own'],
    ['that name elsewhere', 'Quay', { name: 'quayside-ownership', namespace: 'openshift-operators' }, undefined],
    ['a Secret for documents', 'Git', { said: { labels: { 'quayside.dev/document-secret': 'true' } } }, 'documents'],
    ["Git's of an embedded repository", 'Quay', { uses: [git('a', early, {})] }, 'a shows to Git'],
    ["Git's", 'Quay', { uses: [git('a', early, { url: 'https://git.example.com/x.git' })] }, 'a shows to Git'],
    [
      'a key that signs',
      'Quay',
      { uses: [git('a', early, { secretRef: undefined, signing: { secretRef: { name: 'shared' } } })] },
      'Git',
    ],
    ['a token for Quay', 'Git', { uses: [v1('a', early, { quayHostname: ours })] }, 'a shows to Quay'],
    [
      'what a younger one took for Git',
      'Quay',
      { uses: [v1('a', early, { quayHostname: ours }), git('b', late, {})] },
      undefined,
    ],
  ])('%s, asked for %s', (_, purpose, asked, words) => {
    const found = refusal(ours, { ...asked, purpose });
    expect(found?.code).toBe(words === undefined ? undefined : 'CredentialsRefused');
    if (words !== undefined) expect(found?.message).toContain(words);
    // To say where it may go does not make it something else.
    const said = { ...asked?.said, annotations: { 'quayside.dev/hosts': 'quay.example.com' } };
    expect(refusal(ours, { ...asked, said, purpose })?.code).toBe(found?.code);
  });
});

test('S8: a key that an older integration only signs with does not go to the host of a younger one', () => {
  const signing = git('a', early, { secretRef: undefined, signing: { secretRef: { name: 'shared' } } });
  const uses = [signing, git('b', late, { url: 'https://sink.example.com/x.git' })];
  const found = refusal(theirs, { uses, purpose: 'Git' });
  expect(found?.code).toBe('CredentialsHostMismatch');
  expect(found?.message).toContain('first named by the integration a, which sends it to no host');
});

describe("Git's host", () => {
  const uses = (url: string): Fields[] => [git('a', early, { url })];
  const asked = (url: string, first: string): string | undefined =>
    refusal(url, { uses: uses(first), purpose: 'Git' })?.code;

  test.each([
    ['https://git.example.com', 'https://git.example.com/group/state.git', undefined],
    ['https://git.example.com', 'https://bot@GIT.example.com:443/state.git', undefined],
    ['ssh://git@git.example.com', 'git@git.example.com:group/state.git', undefined],
    ['ssh://git@git.example.com', 'ssh://git@git.example.com:2222/state.git', 'CredentialsHostMismatch'],
    ['https://sink.example.com', 'git@git.example.com:group/state.git', 'CredentialsHostMismatch'],
    ['https://sink.example.com', 'ssh://git@sink.ex%61mple.com/state.git', 'CredentialsHostMismatch'],
    ['https://sink.example.com', 'https://exa mple.com/state.git', 'CredentialsHostMismatch'],
    // What stays on this disk has no host.
    ['https://sink.example.com', 'file:///srv/state.git', undefined],
    ['https://sink.example.com', './state.git', undefined],
  ])('%s beside %s', (url, first, code) => {
    expect(asked(url, first)).toBe(code);
  });
});
