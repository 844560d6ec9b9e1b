import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { home } from '../fixtures/operator/cluster.js';
import { type Condition } from '../fixtures/operator/objects.js';
import { registryAt } from '../fixtures/registry-at.js';
import { type Loopback } from '../support/loopback.js';
import { integrate } from './authors.js';
import { begun } from './begun.js';
import { behaviours, foreignServer } from './foreign-servers.js';
import { id, integrations, scene } from './installation.js';
import { leaksIn } from './leaks.js';
import { canary } from './scene.js';
import { stillReady } from './seen.js';

/** A program that leaves a file behind when it is run. */
const program = (): string => join(scene.folder, 'was-run');
/** Where he listens, with a token that is his own at the Quay of everybody. */
const atHisHost = (credentialsSecret: object): object => ({ ...registryAt(scene.sink.url), credentialsSecret });
const withGit = (git: object): object => ({
  ...registryAt(scene.quay.url),
  credentialsSecret: { namespace: home, name: id },
  git,
});

const refused = /^(CredentialsHostMismatch|CredentialsRefused)$/;
const secrets: readonly [string, () => object][] = [
  ['the token of another integration', () => atHisHost({ namespace: home, name: id })],
  ['a token that is not used', () => atHisHost({ namespace: home, name: canary })],
  ['a Secret of another namespace', () => atHisHost({ namespace: 'victim', name: canary })],
  ['a Secret of the system', () => atHisHost({ namespace: 'kube-system', name: canary, key: 'password' })],
  ['a Secret that names its hosts', () => atHisHost({ namespace: 'openshift-operators', name: canary })],
  [
    'a Secret of another operator',
    () => atHisHost({ namespace: 'openshift-operators', name: 'canary-login', key: 'password' }),
  ],
  ['a Secret for documents', () => atHisHost({ namespace: home, name: 'canary-document', key: 'value' })],
  ['the key that marks are signed with', () => atHisHost({ namespace: home, name: 'quayside-ownership', key: 'key' })],
  ['a Git login as a token', () => atHisHost({ namespace: home, name: 'canary-git', key: 'password' })],
  ['by the old kind', () => ({ ...registryAt(scene.sink.url), credentialsSecretName: `victim/${canary}` })],
  ['a Git login', () => withGit({ url: `${scene.sink.url}/state.git`, secretRef: { name: 'canary-git' } })],
  ['a token as a Git login', () => withGit({ url: `${scene.sink.url}/state.git`, secretRef: { name: id } })],
  ['a Git key', () => withGit({ url: `ssh://git@${scene.sink.host}/x.git`, secretRef: { name: 'canary-git' } })],
];
const programs: readonly [string, () => string][] = [
  ['as a transport', () => `ext::sh -c touch% ${program()}`],
  ['as an option', () => `--upload-pack=touch ${program()}`],
  ['as an option of ssh', () => `ssh://-oProxyCommand=touch ${program()}/x.git`],
  ['in a repository of the operator', () => `file://${scene.folder}/state/../tmp/../x.git`],
];
const attempts = begun(() => [
  ...secrets.map(([name, spec]) => [name, integrate(scene, integrations, spec())] as const),
  ...programs.map(([name, url]) => [name, integrate(scene, integrations, withGit({ url: url() }))] as const),
]);

describe('the author of a QuayIntegration', () => {
  test.each(secrets)('gets at no Secret of others: %s', async (name) => {
    const { reason, message } = await attempts(name);
    expect(reason).toMatch(refused);
    expect(leaksIn({ message }, { ...scene.secrets, token: scene.harness.token() })).toEqual([]);
    expect(scene.sink.asked).toEqual([]);
  });

  test.each(programs)('runs no program: %s', async (name) => {
    await attempts(name);
    expect(existsSync(program())).toBe(false);
    await stillReady(scene, 'a');
  });
});

describe.each(['Quay', 'Git'])('a %s server', (kind) => {
  const servers: Loopback[] = [];
  const meet = async (behaviour: string): Promise<Condition> => {
    const server = await foreignServer(behaviour, scene.sink.url);
    servers.push(server);
    const name = `own-${kind.toLowerCase()}-${behaviours.indexOf(behaviour)}`;
    await scene.plant(home, name);
    const ofQuay = { ...registryAt(server.url), credentialsSecret: { namespace: home, name } };
    const ofGit = withGit({ url: `${server.url}/state.git`, secretRef: { name } });
    return integrate(scene, integrations, kind === 'Quay' ? ofQuay : ofGit);
  };
  // Not before the others are over: who is sent elsewhere asks the host of the attacker, without a login.
  const meetings = begun(() => behaviours.map((behaviour) => [behaviour, meet(behaviour)]));
  afterAll(async () => Promise.all(servers.map(({ close }) => close())));

  test.each(behaviours)('has nothing printed, and no credential sent to another place: it %s', async (behaviour) => {
    const { message } = await meetings(behaviour);
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(leaksIn({ message, log: scene.log() }, scene.secrets)).toEqual([]);
    expect(scene.sink.asked.filter(({ authorization }) => authorization !== undefined)).toEqual([]);
    await stillReady(scene, 'a');
  });
});
