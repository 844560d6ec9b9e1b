import { type Origin, type OwnershipStatement } from '../api/index.js';
import { type OwnersEvidence, strangersAmong } from './owners.js';

/** What a cluster holds of a predecessor's work. */
export interface PredecessorEvidence {
  /** The predecessor's finalizer on the namespace; project administrators can set one too. */
  readonly finalizer?: string | undefined;
  /** Robots whose current token a Secret of the namespace holds. */
  readonly currentTokens: readonly string[];
}

/** What decides about an organization without a mark. */
export interface AdoptionFacts {
  readonly adoption: 'Predecessor' | 'Always' | 'Never';
  /** Nothing in it but what Quay itself puts into a new organization. */
  readonly isUntouched: boolean;
  /** Whether it has the robots and the default permissions of a predecessor. */
  readonly hasPredecessorsContent: boolean;
  readonly owners: OwnersEvidence;
  readonly predecessor?: PredecessorEvidence | undefined;
}

/** `Pending`: what a namespace shows is not enough to hand out tokens; a person may agree. */
export type Adoption =
  | { readonly kind: 'Adopt'; readonly origin: Origin; readonly evidence: string }
  | { readonly kind: 'Pending'; readonly evidence: string; readonly why: string }
  | { readonly kind: 'Refused' };

/** What the evidence of one begins with that a predecessor made, and nothing in Quay proves that it did so alone. */
const unproven = "a predecessor's, not proven in Quay: ";

/** Whether it was adopted because it is a predecessor's: a person may agree that it is as good as made by us. */
export function isAdoptedFromPredecessor({ origin, evidence }: OwnershipStatement): boolean {
  return origin === 'adopted' && evidence.startsWith(unproven);
}

export const predecessorRobots = ['builder', 'default', 'deployer'] as const;

/** The adoption rules: what somebody with a namespace can bring alone never gives him what he did not have. */
export function decideAdoption(facts: AdoptionFacts): Adoption {
  const { adoption, owners, predecessor, isUntouched } = facts;
  const others = strangersAmong(owners);
  if (isUntouched && others === undefined) {
    const evidence = `it was empty and ${owners.tokenUser} was its only owner: its creation was interrupted`;
    return { kind: 'Adopt', origin: 'created', evidence };
  }
  const found = adoption === 'Never' ? undefined : fromPredecessor(facts, predecessor, others);
  if (adoption === 'Always' && found?.kind !== 'Adopt')
    return { kind: 'Adopt', origin: 'adopted', evidence: 'the adoption policy is Always' };
  return found ?? { kind: 'Refused' };
}

function fromPredecessor(
  { hasPredecessorsContent, owners }: AdoptionFacts,
  { finalizer, currentTokens }: PredecessorEvidence = { currentTokens: [] },
  others: string | undefined,
): Adoption | undefined {
  const hasAllTokens = predecessorRobots.every((robot) => currentTokens.includes(robot));
  if (finalizer === undefined && !hasAllTokens) return undefined;
  const shown = [
    ...(finalizer === undefined ? [] : [`the namespace carries ${finalizer}`]),
    ...(hasAllTokens ? ['its Secrets hold the current tokens of all three robots'] : []),
  ].join(' and ');
  if (others === undefined && hasPredecessorsContent) {
    const evidence = `${shown}, it has a predecessor's robots and default permissions, and ${owners.tokenUser} was its only owner`;
    return { kind: 'Adopt', origin: 'predecessor', evidence };
  }
  const but = others ?? "it lacks a predecessor's robots or default permissions";
  // Whoever holds all tokens has gained nothing by them; a finalizer alone is set with less.
  if (hasAllTokens || others === undefined)
    return { kind: 'Adopt', origin: 'adopted', evidence: `${unproven}${shown}; ${but}` };
  return { kind: 'Pending', evidence: `${shown}; ${but}`, why: `${shown}, but ${but}` };
}
