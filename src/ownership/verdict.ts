import { type OwnershipStatement } from '../api/index.js';
import { type Expected, strangerIn, tenancyOf } from './expected.js';
import { type Mark, markerTeam } from './mark.js';
import { type OwnersEvidence, strangersAmong } from './owners.js';
import { winner } from './statement.js';

/** What was seen and is remembered of an organization. */
export interface VerdictFacts {
  readonly expected: Expected;
  readonly seen:
    | { readonly state: 'Absent' }
    | { readonly state: 'Hidden'; readonly message: string }
    | {
        readonly state: 'Observed';
        readonly mark: Mark;
        /** Whether a robot of the remembered inventory is still there, and our pull Secret holds its current token. */
        readonly hasKnownRobot: boolean;
      };
  /** What a status or record states whose signature is valid. */
  readonly remembered?: OwnershipStatement | undefined;
  /** Absent where they were not read. */
  readonly owners?: OwnersEvidence | undefined;
}

/** Something says that it is ours, and not enough proves it. */
export interface Claim {
  readonly kind: 'Uncertain' | 'Migrate';
  readonly statement: OwnershipStatement;
  readonly why: string;
}

/** Whose an organization is. Where a statement stands beside, it is what a person may agree to, or what holds. */
export type Verdict =
  | { readonly kind: 'NotAdministrator' }
  | { readonly kind: 'Create' }
  | { readonly kind: 'AdoptionRules' }
  /** `inventory`: whether what is remembered of its content holds. */
  | { readonly kind: 'Ours'; readonly statement: OwnershipStatement; readonly inventory: 'Remembered' | 'Empty' }
  | { readonly kind: 'Restore'; readonly statement: OwnershipStatement }
  | Claim
  | { readonly kind: 'NamespaceReplaced'; readonly statement: OwnershipStatement; readonly why: string }
  | { readonly kind: 'OwnedElsewhere'; readonly why: string };

/** The table of rule O, row by row. */
export function judge(facts: VerdictFacts): Verdict {
  const { seen, expected, remembered: recorded } = facts;
  if (seen.state === 'Hidden') return { kind: 'NotAdministrator' };
  if (seen.state === 'Absent') return { kind: 'Create' };
  const { mark } = seen;
  // Before the mark was written nothing was ours: a creation that was cut there is no memory of one.
  const isAnnounced = recorded?.revision === 0 && !(mark.kind === 'Valid' && mark.statement.serial === recorded.serial);
  const remembered = isAnnounced ? undefined : recorded;
  switch (mark.kind) {
    case 'None':
      return remembered === undefined
        ? { kind: 'AdoptionRules' }
        : withTenancy(expected, withoutMark(remembered, seen.hasKnownRobot, facts.owners));
    case 'Invalid':
      return elsewhere(mark.why, facts.owners);
    case 'Unproven':
      return unproven(facts, mark);
    case 'Valid':
      return withTenancy(expected, marked(facts, mark.statement, remembered));
  }
}

/** Whether who owns the organization decides, or is to be told with a refusal: only then that costs calls. */
export function ownersMatter({ seen, remembered, expected }: Omit<VerdictFacts, 'owners'>): boolean {
  if (seen.state !== 'Observed') return false;
  const { mark } = seen;
  if (mark.kind !== 'Valid') return true;
  return strangerIn(expected, mark.statement) !== undefined || remembered?.serial !== mark.statement.serial;
}

/** Whose it is decides nothing there; a person has to know whom to ask. */
function elsewhere(why: string, owners: OwnersEvidence | undefined): Verdict {
  const others = owners === undefined ? undefined : strangersAmong(owners);
  const words = others === undefined ? why : `${why}, and ${others}`;
  return { kind: 'OwnedElsewhere', why: `its team "${markerTeam}" is not ours: ${words}` };
}

/** Anybody can make one of that name with such a robot: a user of Quay not the token, the owner of a namespace not the owners. */
function withoutMark(
  remembered: OwnershipStatement,
  hasKnownRobot: boolean,
  owners: OwnersEvidence | undefined,
): Verdict {
  const others = owners === undefined ? 'its owners were not read' : strangersAmong(owners);
  if (hasKnownRobot && others === undefined) return { kind: 'Restore', statement: remembered };
  const lacks = others ?? 'no pull Secret of ours has the current token of a robot that we made in it';
  const why = `it has no team "${markerTeam}", and ${lacks}: it may be another one of the same name`;
  return { kind: 'Uncertain', statement: remembered, why };
}

function unproven(
  { expected, owners }: VerdictFacts,
  { statement, why }: Extract<Mark, { kind: 'Unproven' }>,
): Verdict {
  const stranger = strangerIn(expected, statement);
  if (stranger !== undefined) return elsewhere(`it names ${stranger}, and ${why}`, owners);
  if (owners === undefined) return elsewhere(`${why}, and its owners were not read`, owners);
  return strangersAmong(owners) === undefined
    ? { kind: 'Migrate', statement, why: `its mark names us, and ${why}` }
    : elsewhere(why, owners);
}

function marked(
  { expected, owners }: VerdictFacts,
  mark: OwnershipStatement,
  remembered: OwnershipStatement | undefined,
): Verdict {
  const stranger = strangerIn(expected, mark);
  if (stranger !== undefined) return elsewhere(`it names ${stranger}`, owners);
  if (remembered?.serial === mark.serial)
    return { kind: 'Ours', statement: winner(mark, remembered), inventory: 'Remembered' };
  // A person said that this cluster takes the place of that one.
  const isAgreed = mark.clusterUID !== expected.clusterUID;
  if (remembered !== undefined && !isAgreed) {
    const why = 'its mark is another one than we remember: it was made again, or its mark is a copy';
    return { kind: 'Uncertain', statement: mark, why };
  }
  const others = owners === undefined ? 'its owners were not read' : strangersAmong(owners);
  if (others === undefined || isAgreed) return { kind: 'Ours', statement: mark, inventory: 'Empty' };
  return { kind: 'Uncertain', statement: mark, why: `nothing is remembered of it, and ${others}` };
}

/** One whose namespace is another one now is continued only for the same person. */
function withTenancy(expected: Expected, verdict: Verdict): Verdict {
  if (verdict.kind !== 'Ours' && verdict.kind !== 'Restore') return verdict;
  if (tenancyOf(expected, verdict.statement) !== 'Other') return verdict;
  const why = `namespace ${expected.namespace} was deleted and created again, not by the same requester`;
  return { kind: 'NamespaceReplaced', statement: verdict.statement, why };
}
