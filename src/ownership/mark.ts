import { type OwnershipStatement, ownershipStatement } from '../api/index.js';
import { checkSignature, type OwnershipKeys, type Signer } from './keys.js';
import { signedText } from './statement.js';
import { readLines, writeLine } from './lines.js';

/** The team whose description says whose organization this is. It has no members. */
export const markerTeam = 'quayside';

/** What the description of the team in an organization says. */
export type Mark =
  /** There is no such team. */
  | { readonly kind: 'None' }
  | {
      readonly kind: 'Valid';
      readonly statement: OwnershipStatement;
      /** For information; anybody may have edited it. */
      readonly integration: string;
    }
  /** All fields, and no signature that could be checked: of an earlier version, or of a key that is lost. */
  | {
      readonly kind: 'Unproven';
      readonly statement: OwnershipStatement;
      readonly why: string;
      /** The key that is said to have signed it, where one is. */
      readonly keyID?: string;
    }
  | { readonly kind: 'Invalid'; readonly why: string };

/** No mark of ours is nearly as long. */
const longest = 8_192;

const labels = {
  clusterUID: 'cluster UID',
  clusterID: 'cluster ID',
  namespace: 'namespace',
  namespaceUID: 'namespace UID',
  requester: 'requester',
  origin: 'origin',
  evidence: 'evidence',
  serial: 'serial',
  revision: 'revision',
} as const;

/** Those that marks had before they were signed. */
const unsigned = ['clusterUID', 'clusterID', 'namespace', 'origin'] as const;

/** The description of the team: a sentence for the owner of the registry, then one line a value. Without a signer it is only for a plan. */
export function writeMark(statement: OwnershipStatement, integration: string, signer: Signer | undefined): string {
  const { clusterID, namespace } = statement;
  const owner = `${namespace === '' ? '' : `namespace ${quotable(namespace)} of `}cluster ${quotable(clusterID)}`;
  const values = Object.entries(labels).flatMap(([key, label]) => {
    const value = statement[key as keyof typeof labels];
    return value === '' && key !== 'namespace' ? [] : [writeLine(label, String(value))];
  });
  return [
    `Quayside manages this organization for ${owner}. Nobody but Quayside can write this text: it is signed. ` +
      'To exclude this organization, list it in ignore.yaml.',
    '',
    ...values,
    writeLine('integration', integration),
    ...(signer === undefined
      ? []
      : [
          writeLine('key', signer.keyID),
          writeLine('signature', signer.sign(signedText('mark', signer.keyID, statement))),
        ]),
  ].join('\n');
}

const quotable = (value: string): string => writeLine('', value).slice(2);

/** Reads any text that stands in the description of the team in an organization. */
export function readMark(organization: string, description: string, keys: OwnershipKeys): Mark {
  if (description.length > longest) return { kind: 'Invalid', why: 'its text is longer than any of Quayside' };
  const lines = readLines(description);
  const missing = unsigned.find((key) => !lines.has(labels[key]));
  if (missing !== undefined) return { kind: 'Invalid', why: `it has no readable line "${labels[missing]}"` };
  const parsed = ownershipStatement.safeParse(fieldsIn(organization, lines));
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path[0] as keyof typeof labels | undefined;
    return { kind: 'Invalid', why: `its line "${field === undefined ? '' : labels[field]}" cannot be read` };
  }
  return checked(parsed.data, lines, keys);
}

function checked(statement: OwnershipStatement, lines: ReadonlyMap<string, string>, keys: OwnershipKeys): Mark {
  const keyID = lines.get('key') ?? '';
  const signature = lines.get('signature');
  if (signature === undefined) return { kind: 'Unproven', statement, why: 'it is not signed' };
  switch (checkSignature(keys, keyID, signedText('mark', keyID, statement), signature)) {
    case 'Valid':
    case 'Unchecked':
      return { kind: 'Valid', statement, integration: lines.get('integration') ?? '' };
    case 'UnknownKey': {
      const named = /^[0-9a-f]{16}$/.test(keyID) ? keyID : '(unreadable)';
      return { kind: 'Unproven', statement, why: `its key ${named} is not one of ours`, keyID: named };
    }
    case 'Invalid':
      return { kind: 'Invalid', why: 'its signature is not valid: the text was edited, or copied from elsewhere' };
  }
}

function fieldsIn(organization: string, lines: ReadonlyMap<string, string>): object {
  const read = Object.entries(labels).map(([key, label]): [string, string] => [key, lines.get(label) ?? '']);
  const revision = lines.get('revision') ?? '0';
  return { ...Object.fromEntries(read), organization, revision: /^\d{1,9}$/.test(revision) ? Number(revision) : -1 };
}
