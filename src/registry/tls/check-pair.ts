import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { type Fault, faultsOf, type FaultText } from '../faults.js';
import { certificatesIn } from './certificates-in.js';
import { covers } from './covers.js';

/** A certificate with its key, and what it is for. */
export interface PairInput {
  /** What carries both: `Secret/bundle`. */
  readonly object: string;
  /** Keys in it. */
  readonly paths: { readonly certificate: string; readonly key: string };
  /** The certificate and those that sign it, as PEM; undefined when it is not there. */
  readonly certificate: Uint8Array | string | undefined;
  readonly key: Uint8Array | string | undefined;
  /** Names and addresses that clients call, without port. */
  readonly hostnames: readonly string[];
  /** Absent: dates are not judged. */
  readonly now?: Date | undefined;
}

/** Within these days before its end a certificate is worth a warning. */
const soonDays = 30;

/** Everything that is wrong with a pair: halves, form, key, order of the chain, dates, names. Never throws. */
export function checkPair(input: PairInput): readonly Fault[] {
  return pairFaults(input).map(faultsOf(input.object, 'ComponentCreationFailed'));
}

function pairFaults(input: PairInput): readonly FaultText[] {
  const { paths, certificate, key } = input;
  if (certificate === undefined && key === undefined) return [];
  if (certificate === undefined || key === undefined) {
    const [lacking, other] =
      certificate === undefined ? [paths.certificate, paths.key] : [paths.key, paths.certificate];
    return [{ path: lacking, message: `is missing beside ${other}`, hint: 'Give both, or neither.' }];
  }
  const chain = certificatesIn(certificate);
  const privateKey = keyIn(key);
  const hint = 'Give the certificate as PEM, the chain behind it.';
  return [
    ...(typeof chain === 'string' ? [{ path: paths.certificate, message: chain, hint }] : chainFaults(input, chain)),
    ...(typeof privateKey === 'string'
      ? [{ path: paths.key, message: privateKey, hint: 'Give the private key as PEM, without a passphrase.' }]
      : []),
    ...(typeof chain === 'string' || typeof privateKey === 'string' ? [] : keyFaults(input, chain, privateKey)),
  ];
}

function chainFaults(input: PairInput, chain: readonly X509Certificate[]): readonly FaultText[] {
  const { certificate: path } = input.paths;
  const [leaf] = chain;
  return [
    ...orderFaults(path, chain),
    ...chain.flatMap((one) => dateFaults(path, one, input.now)),
    ...(leaf === undefined ? [] : nameFaults(input, leaf)),
  ];
}

function keyIn(pem: Uint8Array | string): KeyObject | string {
  const text = typeof pem === 'string' ? pem : Buffer.from(pem).toString('utf8');
  if (/ENCRYPTED/.test(text)) return 'is encrypted';
  try {
    return createPrivateKey(text);
  } catch {
    return 'is no private key';
  }
}

function keyFaults({ paths }: PairInput, chain: readonly X509Certificate[], key: KeyObject): readonly FaultText[] {
  const at = chain.findIndex((one) => one.checkPrivateKey(key));
  if (at === 0) return [];
  if (at < 0)
    return [{ path: paths.key, message: 'does not belong to the certificate', hint: 'Give the key it was made with.' }];
  const hint = 'Put the certificate of the server first, then what signed it.';
  return [{ path: paths.certificate, message: 'has the certificate of this key behind others', hint }];
}

function orderFaults(path: string, chain: readonly X509Certificate[]): readonly FaultText[] {
  const at = chain.findIndex((one, index) => {
    const next = chain[index + 1];
    return next !== undefined && !isSignedBy(one, next);
  });
  if (at < 0) return [];
  const hint = 'Order the chain: each certificate is followed by the one that signed it.';
  return [{ path, message: `has a chain out of order behind certificate ${at + 1}`, hint }];
}

/** By name and by signature: two authorities may have one name. */
function isSignedBy(one: X509Certificate, signer: X509Certificate): boolean {
  try {
    return one.checkIssued(signer) && one.verify(signer.publicKey);
  } catch {
    return false;
  }
}

function dateFaults(path: string, certificate: X509Certificate, now: Date | undefined): readonly FaultText[] {
  if (now === undefined) return [];
  const [from, to] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
  const whose = certificate.subject.replaceAll('\n', ', ');
  if (now < from)
    return [{ path, message: `is not valid before ${day(from)} (${whose})`, hint: 'Check date and clock.' }];
  if (now > to) return [{ path, message: `expired on ${day(to)} (${whose})`, hint: 'Renew it.' }];
  const days = Math.floor((to.getTime() - now.getTime()) / 86_400_000);
  if (days >= soonDays) return [];
  return [{ path, message: `expires in ${days} days (${whose})`, hint: 'Renew it soon.', severity: 'warning' }];
}

const day = (date: Date): string => date.toISOString().slice(0, 10);

function nameFaults({ paths, hostnames }: PairInput, leaf: X509Certificate): readonly FaultText[] {
  const path = paths.certificate;
  if (leaf.subjectAltName === undefined) {
    const hint = 'Clients read the subject alternative names only: have the certificate made with them.';
    return hostnames.length === 0 ? [] : [{ path, message: 'has only a common name', hint }];
  }
  const names = leaf.subjectAltName;
  return hostnames
    .filter((host) => !covers(leaf, host))
    .map((host) => ({
      path,
      message: `is not for ${host}`,
      hint: `It names ${names}; have it made for ${host} as well.`,
    }));
}
