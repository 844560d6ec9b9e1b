import { type OwnershipStatement, type SignedOwnership, signedOwnership } from '../api/index.js';
import { checkSignature, type OwnershipKeys, type Signer } from './keys.js';
import { signedText } from './statement.js';

/** What stands in a status or a record, and is signed with the statement. */
export interface RecordedContent {
  readonly managedItems: readonly string[];
  readonly secretHashes?: Readonly<Record<string, string>>;
}

function contentOf({ managedItems, secretHashes = {} }: RecordedContent): readonly unknown[] {
  const hashes = Object.entries(secretHashes).sort(([one], [other]) => (one < other ? -1 : 1));
  return [[...managedItems].sort(), hashes];
}

/** Signs a statement together with what was made. */
export function signRecord(signer: Signer, statement: OwnershipStatement, content: RecordedContent): SignedOwnership {
  const { keyID } = signer;
  return { ...statement, keyID, signature: signer.sign(signedText('record', keyID, statement, contentOf(content))) };
}

/** The statement of a record about this organization; undefined where its signature does not prove it, whatever it is. */
export function readRecord(
  keys: OwnershipKeys,
  organization: string,
  recorded: unknown,
  content: RecordedContent,
): OwnershipStatement | undefined {
  const parsed = signedOwnership.safeParse(recorded);
  if (!parsed.success) return undefined;
  const { keyID, signature, ...statement } = parsed.data;
  if (statement.organization !== organization) return undefined;
  const check = checkSignature(keys, keyID, signedText('record', keyID, statement, contentOf(content)), signature);
  return check === 'Valid' || check === 'Unchecked' ? statement : undefined;
}
