import { everyone, noted, signerOf, trusted } from './bundle.js';
import { type Certificate, pemOf } from './certificate.js';
import { type Facts } from './facts.js';
import { backdated, isDue, outOfTime, settling } from './lifetimes.js';
import { type Pair } from './pair.js';
import { withoutRevoked } from './revoke.js';

/** One write, and why it is made. */
export type Step =
  | { readonly act: 'MakeAuthority'; readonly why: string }
  | { readonly act: 'StoreBundle'; readonly why: string }
  | { readonly act: 'Publish'; readonly configuration: string; readonly why: string }
  | { readonly act: 'MakeLeaf'; readonly why: string };

/** The steps, in this order; after each write they are planned again. */
export interface Plan {
  readonly steps: readonly Step[];
  /** Whom clients are to trust once this is done, as far as they exist already. */
  readonly bundle: string;
  /** What of it our own Secret notes: one that is only published is never learned. */
  readonly stored: string;
  /** Why something that is needed cannot be done. */
  readonly refusal?: string;
}

/** How far a plan may go: the Job only makes what is missing or cannot be used. */
export interface Scope {
  readonly renew: boolean;
  /** Fingerprints of authorities that nobody is to trust any more: what they signed is replaced at once. */
  readonly revoked?: ReadonlySet<string>;
}

/** What has to be done about the certificates at this moment. A CA is always published before a leaf of it is used. */
export function planFor(given: Facts, now: number, scope: Scope): Plan {
  const facts = withoutRevoked(given, scope.revoked);
  const needs = needsOf(facts, now, scope);
  const clients = trusted(facts, needs.caPair, now);
  const bundle = pemOf(clients);
  const ours = noted(facts);
  const stored = pemOf(clients.filter(({ id }) => ours.some((one) => one.id === id)));
  const texts = { bundle, stored };
  // A CA that somebody else created, of a kind that cannot sign for us: it is not ours to replace.
  const foreign = facts.caPair.state === 'Good' && !facts.caPair.elliptic;
  if (!foreign) {
    const steps = [...keeping(facts, needs, clients), ...making(needs), ...publishing(facts, needs, texts)];
    return { steps: [...steps, ...signing(needs)], ...texts };
  }
  const steps = publishing(facts, { ...needs, replaced: undefined }, texts);
  const needed = needs.replaced ?? needs.leaf;
  return { steps, ...texts, ...(needed !== undefined && { refusal: noCurve }) };
}

const noCurve = 'the key of the CA is not on an elliptic curve, so it cannot sign certificates here';
const notYetTrusted = 'the CA bundle for clients has changed';

/** Why things are to be made; undefined where they are not. */
interface Needs {
  readonly replaced: string | undefined;
  /** The one there is, unless it is to be replaced. */
  readonly caPair: Certificate | undefined;
  readonly leaf: string | undefined;
  /** Whether there is no leaf that could be used until then. */
  readonly urgent: boolean;
}

function needsOf(facts: Facts, now: number, { renew }: Scope): Needs {
  const trouble = leafTrouble(facts, now);
  const urgent = trouble !== undefined;
  const replaced = caProblem(facts.caPair, now, renew || urgent);
  const caPair = replaced === undefined && facts.caPair.state === 'Good' ? facts.caPair.certificate : undefined;
  return { replaced, caPair, urgent, leaf: trouble ?? (renew ? leafDue(facts, caPair, now) : undefined) };
}

/** A CA that clients still need is noted in the other Secret before its own Secret is written over. */
function keeping(
  { caPair, stored }: Facts,
  { replaced, urgent }: Needs,
  clients: readonly Certificate[],
): readonly Step[] {
  const own = 'certificate' in caPair ? caPair.certificate : undefined;
  if (replaced === undefined || urgent || own?.canSign !== true) return [];
  const isIn = (certificates: readonly Certificate[]): boolean => certificates.some(({ id }) => id === own.id);
  return isIn(clients) && !isIn(stored.certificates)
    ? [{ act: 'StoreBundle', why: 'the CA that is to be replaced signed the leaf that is in use' }]
    : [];
}

function making({ replaced }: Needs): readonly Step[] {
  return replaced === undefined ? [] : [{ act: 'MakeAuthority', why: replaced }];
}

function publishing(
  facts: Facts,
  { replaced, urgent }: Needs,
  { bundle, stored }: Pick<Plan, 'bundle' | 'stored'>,
): readonly Step[] {
  // One that is still to be made changes whatever is published.
  const differs = (text: string, wanted: string): boolean =>
    replaced !== undefined || (wanted !== '' && text !== wanted);
  // Where a leaf is made at once, its write brings the bundle along.
  const storing: readonly Step[] =
    !urgent && differs(facts.stored.text, stored) ? [{ act: 'StoreBundle', why: notYetTrusted }] : [];
  const published = facts.configurations
    .filter(({ webhooks }) => webhooks.some(({ text }) => differs(text, bundle)))
    .map(({ name }): Step => ({ act: 'Publish', configuration: name, why: notYetTrusted }));
  return [...storing, ...published];
}

function signing({ leaf }: Needs): readonly Step[] {
  return leaf === undefined ? [] : [{ act: 'MakeLeaf', why: leaf }];
}

/** Why the CA is to be replaced. */
function caProblem(caPair: Pair, now: number, renew: boolean): string | undefined {
  if (caPair.state === 'Missing') return 'there is none';
  if (caPair.state === 'Broken') return caPair.why;
  const late = outOfTime(caPair.certificate, now);
  if (late !== undefined) return late;
  return renew && isDue(caPair.certificate, now) ? 'two thirds of its lifetime are over' : undefined;
}

/** Why the leaf cannot be used. */
function leafTrouble(facts: Facts, now: number): string | undefined {
  const { leaf } = facts;
  if (leaf.state === 'Missing') return 'there is none';
  if (leaf.state === 'Broken') return leaf.why;
  const late = outOfTime(leaf.certificate, now);
  if (late !== undefined) return late;
  const isValid = (one: Certificate): boolean => outOfTime(one, now) === undefined;
  if (signerOf(leaf, noted(facts).filter(isValid)) !== undefined) return undefined;
  return signerOf(leaf, everyone(facts).filter(isValid)) === undefined
    ? 'no client trusts the CA that signed it'
    : 'the CA that signed it is published, but not in our own Secrets';
}

/** Why a leaf that can be used is to be replaced all the same. */
function leafDue(facts: Facts, caPair: Certificate | undefined, now: number): string | undefined {
  if (facts.leaf.state !== 'Good' || caPair === undefined) return undefined;
  const { certificate } = facts.leaf;
  const signer = signerOf(facts.leaf, everyone(facts));
  const notAfter = Math.min(certificate.notAfter, signer?.notAfter ?? certificate.notAfter);
  if (!isDue({ notBefore: certificate.notBefore, notAfter }, now)) return undefined;
  const heardOf = signer?.id === caPair.id || now >= caPair.notBefore + backdated + settling;
  return heardOf ? 'two thirds of its lifetime are over' : undefined;
}
