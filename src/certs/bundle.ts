import { anchorOf, type Certificate } from './certificate.js';
import { type Facts } from './facts.js';
import { backdated, lateServers, lifetimes } from './lifetimes.js';
import { type Pair } from './pair.js';

// Only who keeps removing the CA could ever reach this.
const most = 8;

/**
 * The CA bundle for clients: the CA, the signer of the leaf that is in use, and noted signers of a leaf that some
 * server still shows. The CA is left out when it is about to be replaced and nothing else needs it. One that is only
 * published, by whomever, is trusted while it is the signer of the leaf, and no longer.
 */
export function trusted(facts: Facts, caPair: Certificate | undefined, now: number): readonly Certificate[] {
  const valid = ({ notAfter }: Certificate): boolean => notAfter > now;
  const signer = signerOf(facts.leaf, everyone(facts).filter(valid));
  const firmly = [caPair, signer].filter((one) => one !== undefined);
  const others = noted(facts)
    .filter(valid)
    .filter((one) => one.canSign && !firmly.some(({ id }) => id === one.id))
    .filter(() => now < overlapEnd(facts.leaf, caPair, now))
    .sort((a, b) => b.notAfter - a.notAfter || (a.id < b.id ? -1 : 1));
  return distinct([...firmly, ...others.slice(0, most - firmly.length)]);
}

/** Whom the leaf leads to, among those that somebody trusts. */
export function signerOf(leaf: Pair, known: readonly Certificate[]): Certificate | undefined {
  return leaf.state === 'Good' ? anchorOf(leaf.certificate, leaf.chain, known) : undefined;
}

/** What our own Secrets say that clients are to trust. */
export function noted({ caPair, stored }: Facts): readonly Certificate[] {
  const own = 'certificate' in caPair && caPair.certificate !== undefined ? [caPair.certificate] : [];
  return distinct([...own, ...stored.certificates]);
}

/** All that anybody trusts, or was meant to: also what others published. */
export function everyone(facts: Facts): readonly Certificate[] {
  const published = facts.configurations.flatMap(({ webhooks }) =>
    webhooks.flatMap(({ certificates }) => certificates),
  );
  return distinct([...noted(facts), ...published]);
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
