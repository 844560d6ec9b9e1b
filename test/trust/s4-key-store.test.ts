import { beforeEach, describe, expect, test } from '@jest/globals';
import { ownershipKeysName, ownershipSecretKey, ownershipSecretName } from '../../src/api/index.js';
import { type Fields } from '../../src/json/index.js';
import { type Call, clusterOver, type KubeClient } from '../../src/kube/index.js';
import { publicPemOf } from '../../src/ownership/index.js';
import { ensureKeys, type KeyPlace, newPrivateKey, rotateKey } from '../../src/ownership/store/index.js';

/** The Secrets and ConfigMaps of one namespace, by name. */
let objects: Map<string, Fields>;
let calls: string[];
/** What somebody else does between our question and our answer. */
let meanwhile: () => void;

const nameIn = (path: string): string => /\/(?:secrets|configmaps)\/([^/?]+)/.exec(path)?.[1] ?? '';
const answer = ({ verb, path, body = {} }: Call): { status: number; body: Fields } => {
  calls.push(`${verb} ${path.split('?')[0] ?? ''}`);
  const sent = body as Fields;
  if (verb === 'create') {
    meanwhile();
    const name = String((sent.metadata as Fields).name);
    if (objects.has(name)) return { status: 409, body: {} };
    objects.set(name, sent);
    return { status: 201, body: sent };
  }
  const found = objects.get(nameIn(path));
  if (found === undefined) return { status: 404, body: { kind: 'Status', reason: 'NotFound' } };
  if (verb === 'patch') {
    objects.set(nameIn(path), { ...found, data: { ...(found.data as object), ...(sent.data as object) } });
  }
  return { status: 200, body: found };
};
const client: Pick<KubeClient, 'call'> = { call: (call) => Promise.resolve(answer(call)) };
const cluster = clusterOver({ ...client, server: 'http://test' }, { close: () => Promise.resolve() });
const place = (refusal: () => string | undefined = () => undefined): KeyPlace => ({
  client,
  cluster,
  namespace: 'quayside',
  refusal,
});
const secretWith = (pem: string): Fields => ({
  metadata: { name: ownershipSecretName, resourceVersion: '1' },
  data: { [ownershipSecretKey]: Buffer.from(pem).toString('base64') },
});
const listed = (): readonly string[] => Object.keys(objects.get(ownershipKeysName)?.data ?? {});

beforeEach(() => {
  objects = new Map();
  calls = [];
  meanwhile = () => undefined;
});

describe('S4: the key of the operator', () => {
  test('S4: is made once, and its public half is listed', async () => {
    const first = await ensureKeys(place());
    expect(first.signer).toBeDefined();
    expect(listed()).toEqual([first.signer?.keyID]);
    calls = [];
    expect((await ensureKeys(place())).signer?.keyID).toBe(first.signer?.keyID);
    expect(calls.filter((call) => !call.startsWith('get'))).toEqual([]);
  });

  test('S4: is that of the other process, where two make one at once', async () => {
    const pem = newPrivateKey();
    meanwhile = () => {
      meanwhile = () => undefined;
      objects.set(ownershipSecretName, secretWith(pem));
    };
    const { signer } = await ensureKeys(place());
    expect(listed()).toEqual([signer?.keyID]);
    expect(objects.get(ownershipSecretName)).toEqual(secretWith(pem));
  });

  test.each<[string, () => void, string | undefined]>([
    ['a status is signed', () => undefined, 'the status of QuayOrganization x is signed'],
    [
      'public keys are listed',
      () => objects.set(ownershipKeysName, { data: { k: publicPemOf(newPrivateKey()) } }),
      undefined,
    ],
  ])('S4: is never made while %s, and the problem says what to do', async (_, prepare, refusal) => {
    prepare();
    const keys = await ensureKeys(place(() => refusal));
    expect(keys.signer).toBeUndefined();
    expect(keys.problem).toMatch(
      /quayside\/quayside-ownership is missing.*Restore it.*quayside ownership rotate --lost/,
    );
    expect(calls.filter((call) => !call.startsWith('get'))).toEqual([]);
  });

  test('S4: that cannot be read is a problem with a next step, and no other one is made', async () => {
    objects.set(ownershipSecretName, secretWith('not a key'));
    const keys = await ensureKeys(place());
    expect(keys.signer).toBeUndefined();
    expect(keys.problem).toMatch(/quayside\/quayside-ownership.*no Ed25519 private key.*quayside ownership create/);
    expect(keys.problem).not.toContain('not a key');
    objects.delete(ownershipSecretName);
    objects.set(ownershipKeysName, { data: { x: '-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----\n' } });
    expect((await ensureKeys(place())).problem).toContain('no Ed25519 public key');
    expect(objects.has(ownershipSecretName)).toBe(false);
  });

  test('S4: is exchanged, and the one before is still accepted', async () => {
    const before = await ensureKeys(place());
    objects.set(ownershipSecretName, { ...objects.get(ownershipSecretName), metadata: { resourceVersion: '1' } });
    const rotation = { client, namespace: 'quayside', lost: false };
    await rotateKey({ ...rotation, dryRun: true });
    expect((await ensureKeys(place())).signer?.keyID).toBe(before.signer?.keyID);
    await rotateKey({ ...rotation, dryRun: false });
    const after = await ensureKeys(place());
    expect(after.signer?.keyID).not.toBe(before.signer?.keyID);
    expect([...(after.publicKeys?.keys() ?? [])].sort()).toEqual([before.signer?.keyID, after.signer?.keyID].sort());
  });

  test('S4: that is lost is made again only for who says so', async () => {
    const rotation = { client, namespace: 'quayside', dryRun: false };
    await expect(rotateKey({ ...rotation, lost: false })).rejects.toMatchObject({ code: 'OwnershipKeyMissing' });
    await rotateKey({ ...rotation, lost: true });
    expect((await ensureKeys(place(() => 'it is signed'))).signer).toBeDefined();
  });

  test('S4: that somebody took for lost is still accepted where it was there', async () => {
    const before = (await ensureKeys(place())).signer?.keyID ?? '';
    objects.set(ownershipSecretName, { ...objects.get(ownershipSecretName), metadata: { resourceVersion: '1' } });
    objects.delete(ownershipKeysName);
    await rotateKey({ client, namespace: 'quayside', dryRun: false, lost: true });
    expect([...((await ensureKeys(place())).publicKeys?.keys() ?? [])]).toContain(before);
    // What cannot be read is lost indeed.
    objects.set(ownershipSecretName, { ...secretWith('not a key'), metadata: { resourceVersion: '2' } });
    await rotateKey({ client, namespace: 'quayside', dryRun: false, lost: true });
    expect((await ensureKeys(place())).signer).toBeDefined();
  });
});
