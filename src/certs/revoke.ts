import { InvalidInput } from '../errors/index.js';
import { everyone } from './bundle.js';
import { type Certificate } from './certificate.js';
import { type Bundle, type Facts } from './facts.js';
import { type Pair } from './pair.js';

/** The facts as they are without these authorities: a revoked CA cannot sign, and what it signed is trusted by nobody. */
export function withoutRevoked(facts: Facts, revoked: ReadonlySet<string> = new Set()): Facts {
  if (revoked.size === 0) return facts;
  const kept = ({ text, certificates }: Bundle): Bundle => ({
    text,
    certificates: certificates.filter(({ id }) => !revoked.has(id)),
  });
  return {
    ...facts,
    caPair: isRevoked(facts.caPair, revoked) ? { state: 'Broken', why: 'it is revoked' } : facts.caPair,
    stored: kept(facts.stored),
    configurations: facts.configurations.map(({ name, webhooks }) => ({ name, webhooks: webhooks.map(kept) })),
  };
}

/** The authorities that are meant by these texts. `InvalidInput` for one that nobody trusts, with those that somebody does. */
export function revokedIn(facts: Facts, fingerprints: readonly string[]): ReadonlySet<string> {
  const known = everyone(facts);
  return new Set(
    fingerprints.map((text) => known.find(({ id }) => digits(id) === digits(text))?.id ?? unknown(text, known)),
  );
}

function isRevoked(pair: Pair, revoked: ReadonlySet<string>): boolean {
  return 'certificate' in pair && pair.certificate !== undefined && revoked.has(pair.certificate.id);
}

function unknown(text: string, known: readonly Certificate[]): never {
  const those = known.map(({ id, subject }) => `${id} (${subject})`).join(', ');
  const hint = those === '' ? 'No CA is trusted at the moment.' : `Trusted are: ${those}.`;
  throw new InvalidInput([{ path: '--revoke', message: `no trusted CA has the fingerprint ${text}`, hint }]);
}

/** With or without colons, in any case. */
function digits(fingerprint: string): string {
  return fingerprint.replaceAll(':', '').toUpperCase();
}
