import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { WireReader } from './wire.js';

/** A public key of SSH. */
export interface SshPublicKey {
  /** `ssh-ed25519`, `ecdsa-sha2-nistp256`, `sk-ssh-ed25519@openssh.com`, … */
  readonly type: string;
  /** As the protocol writes it. */
  readonly blob: Buffer;
  /** As `ssh-keygen -l` shows it: `SHA256:…`. */
  readonly fingerprint: string;
  readonly key: KeyObject;
  /** What a key in a security token was made for; its signatures cover that too. */
  readonly application: string | undefined;
}

/** The curves of ECDSA, by their names in SSH: the name in a JWK, the bytes of a coordinate, and the hash that goes with it. */
export const curves: Readonly<Record<string, { readonly crv: string; readonly bytes: number; readonly hash: string }>> =
  {
    nistp256: { crv: 'P-256', bytes: 32, hash: 'sha256' },
    nistp384: { crv: 'P-384', bytes: 48, hash: 'sha384' },
    nistp521: { crv: 'P-521', bytes: 66, hash: 'sha512' },
  };

/** The curve that a type of key names. */
export function curveOf(type: string): string {
  return /^(?:ecdsa-sha2-|sk-ecdsa-sha2-)(nistp\d+)(?:@openssh\.com)?$/.exec(type)?.[1] ?? '';
}

/** Reads a line as `authorized_keys` has it (`ssh-ed25519 AAAA… comment`); undefined when it is none, or of a type that is not known. */
export function readPublicKey(line: string): SshPublicKey | undefined {
  const [type = '', encoded = ''] = line.trim().split(/\s+/);
  const key = publicKeyOf(Buffer.from(encoded, 'base64'));
  return key?.type === type ? key : undefined;
}

/** The key in a blob; undefined when there is none, or one of a type that is not known. */
export function publicKeyOf(blob: Buffer): SshPublicKey | undefined {
  try {
    const reader = new WireReader(blob);
    const type = reader.text();
    const key = readKey(type, reader);
    if (key === undefined) return undefined;
    const application = type.startsWith('sk-') ? reader.text() : undefined;
    if (!reader.isAtEnd()) return undefined;
    const fingerprint = `SHA256:${createHash('sha256').update(blob).digest('base64').replaceAll('=', '')}`;
    return { type, blob, fingerprint, key, application };
  } catch {
    // Cut off, or a point that is on no curve.
    return undefined;
  }
}

function readKey(type: string, reader: WireReader): KeyObject | undefined {
  if (type === 'ssh-ed25519' || type === 'sk-ssh-ed25519@openssh.com') {
    return jwk({ kty: 'OKP', crv: 'Ed25519', x: part(reader.string()) });
  }
  if (type === 'ssh-rsa') {
    const [e, n] = [unsigned(reader.string()), unsigned(reader.string())];
    return jwk({ kty: 'RSA', n: part(n), e: part(e) });
  }
  const curve = curveOf(type);
  const { crv, bytes } = curves[curve] ?? { crv: '', bytes: 0 };
  if (crv === '' || reader.text() !== curve) return undefined;
  const point = reader.string();
  if (point.length !== 1 + 2 * bytes || point[0] !== 4) return undefined;
  return jwk({ kty: 'EC', crv, x: part(point.subarray(1, 1 + bytes)), y: part(point.subarray(1 + bytes)) });
}

function jwk(key: Record<string, string>): KeyObject {
  return createPublicKey({ key, format: 'jwk' });
}

function part(bytes: Buffer): string {
  return bytes.toString('base64url');
}

/** Without the zero that keeps it from passing for negative. */
function unsigned(number: Buffer): Buffer {
  return number[0] === 0 ? number.subarray(1) : number;
}
