import type { OwnershipStatement } from '../api/index.js';
import {
  type Claim,
  digestOf,
  isAdoptedFromPredecessor,
  type PendingOwnership,
  saysTheSame,
  upToDate,
  type Verdict,
  winner,
  writeMark,
} from '../ownership/index.js';
import type { Owning } from './owning.js';
import type { Ownership, RefusedOwnership } from './ownership.js';
import { newSerial } from './seal.js';

/** What a verdict comes to. */
export function decideVerdict(
  owning: Owning,
  verdict: Exclude<Verdict, { kind: 'AdoptionRules' | 'NotAdministrator' }>,
): Ownership {
  switch (verdict.kind) {
    case 'Create':
      return begin(owning, 'Create', 'created', 'it was not there');
    case 'Ours':
      return ours(owning, verdict.statement, verdict.inventory);
    case 'Restore':
      return ours(owning, verdict.statement, 'Remembered');
    case 'OwnedElsewhere':
      return refuse(owning, 'OwnedElsewhere', verdict.why, elsewhereHint);
    case 'Uncertain':
    case 'Migrate':
      return agreed(owning, 'OwnershipUncertain', verdict, () => claimed(owning, verdict));
    case 'NamespaceReplaced':
      return agreed(owning, 'NamespaceReplaced', verdict, () => ours(owning, verdict.statement, 'Remembered'));
  }
}

/** A new statement about what is made or taken over now. */
export function begin(
  owning: Owning,
  decision: 'Create' | 'TakeOver',
  origin: OwnershipStatement['origin'],
  evidence: string,
): Ownership {
  const { run, document, expected } = owning;
  const bare: OwnershipStatement = {
    organization: document.spec.name,
    clusterUID: expected.clusterUID,
    clusterID: expected.clusterID,
    namespace: expected.namespace,
    namespaceUID: '',
    requester: '',
    origin,
    evidence: evidence.slice(0, 300),
    // A plan says the same every time.
    serial: run.readOnly ? '' : newSerial(),
    revision: 1,
  };
  const statement = upToDate(expected, bare);
  return {
    decision,
    statement,
    confirmed: { ...statement, revision: 0 },
    marker: textOf(owning, statement),
    ...(decision === 'TakeOver' && { why: evidence }),
  };
}

/** One that is ours: its mark is written where it says less than what holds. */
function ours(owning: Owning, held: OwnershipStatement, inventory: 'Remembered' | 'Empty'): Ownership {
  const { expected, mark, remembered, document } = owning;
  const { holding, pending } = promoted(owning, held);
  const wanted = upToDate(expected, holding);
  const statement = saysTheSame(wanted, holding)
    ? { ...wanted, revision: Math.max(1, holding.revision) }
    : { ...wanted, revision: holding.revision + 1 };
  const isCurrent =
    mark.kind === 'Valid' &&
    saysTheSame(mark.statement, statement) &&
    mark.statement.revision === statement.revision &&
    mark.integration === document.spec.integration;
  return {
    decision: 'Ours',
    statement,
    confirmed: holding,
    ...(!isCurrent && { marker: textOf(owning, statement) }),
    inventory: inventory === 'Remembered' ? remembered.inventory : emptyFor(statement),
    ...(pending && { pending }),
  };
}

/** One that was adopted from a predecessor is as if we had made it once a person agrees to that. */
function promoted(
  { run }: Owning,
  held: OwnershipStatement,
): { readonly holding: OwnershipStatement; readonly pending?: PendingOwnership } {
  if (!isAdoptedFromPredecessor(held)) return { holding: held };
  const { organization, evidence: why, serial, revision } = held;
  const seen = digestOf([serial, revision]);
  const pending: PendingOwnership = { organization, reason: 'AdoptionPending', origin: 'predecessor', why, seen };
  if (!run.agrees(pending)) return { holding: held, pending };
  const evidence = `a person agreed: ${why}`.slice(0, 300);
  return { holding: { ...held, origin: 'predecessor', evidence, revision: revision + 1 } };
}

/** Of one that was adopted all counts as found, and is not narrowed; of any other nothing is ours to remove. */
function emptyFor({ origin }: OwnershipStatement): { readonly managedItems: readonly string[] } | undefined {
  return origin === 'adopted' ? undefined : { managedItems: [] };
}

/** One that a person agreed is ours: from now on it has a serial that no copy has. */
function claimed(owning: Owning, { statement, why }: Claim): Ownership {
  const { remembered, run } = owning;
  const other = remembered.statement;
  // Both as of the same revision, so that the most careful word holds.
  const { origin } = winner({ ...statement, revision: 0 }, other && { ...other, revision: 0 });
  const revision = Math.max(statement.revision, other?.revision ?? 0);
  const evidence = `a person agreed: ${why}`.slice(0, 300);
  const serial = run.readOnly ? '' : newSerial();
  const fresh = { ...statement, origin, evidence, serial, revision, namespaceUID: '', requester: '' };
  return ours(owning, { ...fresh, revision: revision + 1 }, 'Empty');
}

function textOf({ run, document }: Owning, statement: OwnershipStatement): string {
  return writeMark(statement, document.spec.integration, run.readOnly ? undefined : run.input.ownership.signer);
}

/** Refuses an organization until a person agrees to exactly what was seen. */
export function agreed(
  owning: Owning,
  reason: PendingOwnership['reason'],
  { why, statement }: { readonly why: string; readonly statement: Pick<OwnershipStatement, 'origin'> },
  go: () => Ownership,
): Ownership {
  const { mark, remembered, owners, expected, document } = owning;
  const pending: PendingOwnership = {
    organization: document.spec.name,
    reason,
    origin: statement.origin,
    why,
    seen: digestOf([mark, remembered.statement ?? null, owners ?? null, expected.namespaceUID ?? null]),
  };
  if (owning.run.agrees(pending)) return go();
  const hint =
    'agree to the whole list with its hash (quayside.dev/accept-ownership, or --accept-ownership), or rename one of the two';
  return { ...refuse(owning, reason, why, hint), pending };
}

const elsewhereHint =
  'no adoption policy applies. Ask its owner; if it is yours, delete its team quayside, and it is judged without a mark';

/** Nothing is written, and no token is handed out. */
export function refuse(
  { document }: Owning,
  reason: RefusedOwnership['reason'],
  why: string,
  hint: string,
): RefusedOwnership {
  return {
    decision: 'Refused',
    reason,
    message: `organization ${document.spec.name} exists, but ${why}, so nothing is written to it; ${hint}`,
  };
}
