import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { toError } from '../errors/index.js';
import { type Certificate, certificatesIn } from './certificate.js';

/** A certificate and its key as they are in a Secret, without a check of their validity period; the key itself is not in here. */
export type Pair =
  | { readonly state: 'Missing' }
  | { readonly state: 'Broken'; readonly why: string; readonly certificate?: Certificate }
  | GoodPair;

/** A certificate whose key is there and fits. */
export interface GoodPair {
  readonly state: 'Good';
  readonly certificate: Certificate;
  /** What is sent along with it. */
  readonly chain: readonly Certificate[];
  /** Whether it can sign for us: only with a key on an elliptic curve. */
  readonly elliptic: boolean;
}

const serverAuthentication = '1.3.6.1.5.5.7.3.1';

/** Checks the two texts of a Secret of type `kubernetes.io/tls`. */
export function pairOf(certificateText = '', keyText = ''): Pair {
  if (certificateText.trim() === '' && keyText.trim() === '') return { state: 'Missing' };
  const [certificate, ...chain] = certificatesIn(certificateText);
  if (certificate === undefined) return { state: 'Broken', why: 'tls.crt holds no certificate' };
  const key = keyOf(keyText);
  if (key === undefined) return { state: 'Broken', why: 'tls.key holds no private key that can be read', certificate };
  if (!new X509Certificate(certificate.pem).checkPrivateKey(key)) {
    return { state: 'Broken', why: 'tls.key is not the key of tls.crt', certificate };
  }
  const refused = refusalOfTls(certificateText, keyText);
  if (refused !== undefined) return { state: 'Broken', why: `TLS refuses it: ${refused}`, certificate };
  return { state: 'Good', certificate, chain, elliptic: key.asymmetricKeyType === 'ec' };
}

/** The same for the pair of a CA. */
export function caOf(certificateText?: string, keyText?: string): Pair {
  const pair = pairOf(certificateText, keyText);
  if (pair.state !== 'Good' || pair.certificate.canSign) return pair;
  return { state: 'Broken', why: 'the certificate may not sign others', certificate: pair.certificate };
}

/** The same for the pair of a server, which has to be good for its names. */
export function leafOf(names: readonly string[], certificateText?: string, keyText?: string): Pair {
  const pair = pairOf(certificateText, keyText);
  if (pair.state !== 'Good') return pair;
  const { certificate } = pair;
  const parsed = new X509Certificate(certificate.pem);
  const lacking = names.filter((name) => parsed.checkHost(name, { subject: 'never' }) === undefined);
  if (lacking.length > 0) {
    return { state: 'Broken', why: `the certificate does not name ${lacking.join(', ')}`, certificate };
  }
  // The runtime gives undefined where a certificate does not limit what it is for, whatever its types say.
  const purposes: readonly string[] | undefined = parsed.keyUsage;
  if (purposes !== undefined && !purposes.includes(serverAuthentication)) {
    return { state: 'Broken', why: 'the certificate is not meant for servers', certificate };
  }
  return pair;
}

/** Why no server could show this pair: a key that is too short, a signature that is too weak. */
function refusalOfTls(cert: string, key: string): string | undefined {
  try {
    createSecureContext({ cert, key });
    return undefined;
  } catch (error) {
    return toError(error).message.replace(/^error:[0-9A-F]+:/, '');
  }
}

function keyOf(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text);
  } catch {
    // The reason could repeat what could not be read.
    return undefined;
  }
}
