import { anchorOf, type Certificate } from './certificate.js';
import { type Facts } from './facts.js';
import { backdated, lateServers, lifetimes } from './lifetimes.js';
import { type Pair } from './pair.js';

// Only who keeps removing the authority could ever reach this.
const most = 8;

/**
 * Whom clients are to trust: the authority, the signer of the leaf that is in use, and who may have signed one that some
 * server still shows. The authority is left out when it is about to be replaced and nothing else speaks for it.
 */
export function trusted(facts: Facts, authority: Certificate | undefined, now: number): readonly Certificate[] {
  const known = everyone(facts).filter(({ notAfter }) => notAfter > now);
  const signer = signerOf(facts.leaf, known);
  const firmly = [authority, signer].filter((one) => one !== undefined);
  const others = known
    .filter((one) => one.authority && !firmly.some(({ id }) => id === one.id))
    .filter(() => now < overlapEnd(facts.leaf, authority, now))
    .sort((a, b) => b.notAfter - a.notAfter || (a.id < b.id ? -1 : 1));
  return distinct([...firmly, ...others.slice(0, most - firmly.length)]);
}

/** Whom the leaf leads to, among those that somebody trusts. */
export function signerOf(leaf: Pair, known: readonly Certificate[]): Certificate | undefined {
  return leaf.state === 'Good' ? anchorOf(leaf.certificate, leaf.chain, known) : undefined;
}

/** All that anybody trusts, or was meant to. */
export function everyone({ authority, stored, configurations }: Facts): readonly Certificate[] {
  const own = 'certificate' in authority && authority.certificate !== undefined ? [authority.certificate] : [];
  const published = configurations.flatMap(({ webhooks }) => webhooks.flatMap(({ certificates }) => certificates));
  return distinct([...own, ...stored.certificates, ...published]);
}

/** Until when an authority that is no longer ours may have signed a leaf that is still shown. */
function overlapEnd(leaf: Pair, authority: Certificate | undefined, now: number): number {
  // One that is made only now, or a leaf that is: the overlap begins.
  if (authority === undefined || leaf.state !== 'Good') return now + 1;
  return Math.max(
    authority.notBefore + backdated + lifetimes.leaf,
    leaf.certificate.notBefore + backdated + lateServers,
  );
}

function distinct(certificates: readonly Certificate[]): readonly Certificate[] {
  return [...new Map(certificates.map((one) => [one.id, one])).values()];
}
