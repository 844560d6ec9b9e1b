import { anchorOf, type Certificate } from './certificate.js';
import { type Facts } from './facts.js';
import { backdated, lateServers, lifetimes } from './lifetimes.js';
import { type Pair } from './pair.js';

// Only who keeps removing the CA could ever reach this.
const most = 8;

/**
 * The CA bundle for clients: the CA, the signer of the leaf that is in use, and signers of a leaf that some
 * server still shows. The CA is left out when it is about to be replaced and nothing else needs it.
 */
export function trusted(facts: Facts, caPair: Certificate | undefined, now: number): readonly Certificate[] {
  const known = everyone(facts).filter(({ notAfter }) => notAfter > now);
  const signer = signerOf(facts.leaf, known);
  const firmly = [caPair, signer].filter((one) => one !== undefined);
  const others = known
    .filter((one) => one.caPair && !firmly.some(({ id }) => id === one.id))
    .filter(() => now < overlapEnd(facts.leaf, caPair, now))
    .sort((a, b) => b.notAfter - a.notAfter || (a.id < b.id ? -1 : 1));
  return distinct([...firmly, ...others.slice(0, most - firmly.length)]);
}

/** Whom the leaf leads to, among those that somebody trusts. */
export function signerOf(leaf: Pair, known: readonly Certificate[]): Certificate | undefined {
  return leaf.state === 'Good' ? anchorOf(leaf.certificate, leaf.chain, known) : undefined;
}

/** All that anybody trusts, or was meant to. */
export function everyone({ caPair, stored, configurations }: Facts): readonly Certificate[] {
  const own = 'certificate' in caPair && caPair.certificate !== undefined ? [caPair.certificate] : [];
  const published = configurations.flatMap(({ webhooks }) => webhooks.flatMap(({ certificates }) => certificates));
  return distinct([...own, ...stored.certificates, ...published]);
}

/** Until when a former CA may have signed a leaf that is still shown. */
function overlapEnd(leaf: Pair, caPair: Certificate | undefined, now: number): number {
  // One that is made only now, or a leaf that is: the overlap begins.
  if (caPair === undefined || leaf.state !== 'Good') return now + 1;
  return Math.max(caPair.notBefore + backdated + lifetimes.leaf, leaf.certificate.notBefore + backdated + lateServers);
}

function distinct(certificates: readonly Certificate[]): readonly Certificate[] {
  return [...new Map(certificates.map((one) => [one.id, one])).values()];
}
