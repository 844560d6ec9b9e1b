import { constants, createHash, sign, verify, type KeyObject } from 'node:crypto';
import { curveOf, curves, publicKeyOf, type SshPublicKey } from './public-key.js';
import { WireReader, wireNumber, wireString } from './wire.js';

// https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.sshsig
const magic = Buffer.from('SSHSIG');
const version = 1;
// What is signed for git is good for nothing else.
const namespace = 'git';
const begin = '-----BEGIN SSH SIGNATURE-----';
const end = '-----END SSH SIGNATURE-----';
const hashes = ['sha512', 'sha256'];

/** An armored signature over a commit, as `ssh-keygen -Y sign -n git` makes it. */
export function sshSignature(
  payload: Buffer,
  key: { readonly private: KeyObject; readonly public: SshPublicKey },
): string {
  const made = rawSignature(signedText(payload, 'sha512'), key.private, key.public.type);
  const blob = Buffer.concat([
    ...[magic, Buffer.from([0, 0, 0, version]), wireString(key.public.blob), wireString(namespace)],
    ...[wireString(''), wireString('sha512'), wireString(made)],
  ]);
  const lines = blob.toString('base64').match(/.{1,70}/g) ?? [];
  return [begin, ...lines, end, ''].join('\n');
}

/** The key that made a signature over this; undefined when it is no signature of it by any key. */
export function sshSigner(payload: Buffer, armored: string): SshPublicKey | undefined {
  const lines = armored.trim().split('\n');
  if (lines[0] !== begin || lines.at(-1) !== end) return undefined;
  try {
    const reader = new WireReader(Buffer.from(lines.slice(1, -1).join(''), 'base64'));
    if (!reader.take(magic.length).equals(magic) || reader.number() !== version) return undefined;
    const key = publicKeyOf(reader.string());
    const purpose = reader.text();
    reader.string();
    const hash = reader.text();
    const signature = reader.string();
    if (key === undefined || purpose !== namespace || !hashes.includes(hash) || !reader.isAtEnd()) return undefined;
    return isBy(key, signedText(payload, hash), signature) ? key : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function signedText(payload: Buffer, hash: string): Buffer {
  const digest = createHash(hash).update(payload).digest();
  return Buffer.concat([magic, wireString(namespace), wireString(''), wireString(hash), wireString(digest)]);
}

function rawSignature(text: Buffer, key: KeyObject, type: string): Buffer {
  if (type === 'ssh-ed25519') return Buffer.concat([wireString(type), wireString(sign(null, text, key))]);
  if (type === 'ssh-rsa') return Buffer.concat([wireString('rsa-sha2-512'), wireString(sign('sha512', text, key))]);
  const pair = sign(curves[curveOf(type)]?.hash, text, { key, dsaEncoding: 'ieee-p1363' });
  const half = pair.length / 2;
  const numbers = Buffer.concat([wireNumber(pair.subarray(0, half)), wireNumber(pair.subarray(half))]);
  return Buffer.concat([wireString(type), wireString(numbers)]);
}

function isBy({ type, key, application }: SshPublicKey, text: Buffer, signature: Buffer): boolean {
  const reader = new WireReader(signature);
  const format = reader.text();
  const made = reader.string();
  if (type === 'ssh-rsa') {
    const hash = /^rsa-sha2-(256|512)$/.exec(format)?.[1];
    const padding = constants.RSA_PKCS1_PADDING;
    return hash !== undefined && reader.isAtEnd() && verify(`sha${hash}`, text, { key, padding }, made);
  }
  if (format !== type) return false;
  const covered = application === undefined ? text : tokenText(application, reader, text);
  if (covered === undefined || !reader.isAtEnd()) return false;
  const curve = curves[curveOf(type)];
  if (curve === undefined) return verify(null, covered, key, made);
  const numbers = new WireReader(made);
  const pair = Buffer.concat([padded(numbers.string(), curve.bytes), padded(numbers.string(), curve.bytes)]);
  return numbers.isAtEnd() && verify(curve.hash, covered, { key, dsaEncoding: 'ieee-p1363' }, pair);
}

/** A security token signs more than it is given: what its key is for, whether somebody touched it, and a counter. */
function tokenText(application: string, reader: WireReader, text: Buffer): Buffer | undefined {
  const sha256 = (value: string | Buffer): Buffer => createHash('sha256').update(value).digest();
  const flagsAndCounter = reader.take(5);
  const isTouched = ((flagsAndCounter[0] ?? 0) & 1) === 1;
  if (!isTouched) return undefined;
  return Buffer.concat([sha256(application), flagsAndCounter, sha256(text)]);
}

function padded(number: Buffer, size: number): Buffer {
  const from = number.length > size ? number.length - size : 0;
  return Buffer.concat([Buffer.alloc(Math.max(0, size - number.length)), number.subarray(from)]);
}
