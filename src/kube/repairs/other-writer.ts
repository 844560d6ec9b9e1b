import { type Fields, objectOrEmpty, textOf } from '../../json/index.js';

/** Nobody can be read out of an object that is gone. */
export const deletedByNobodyKnown =
  "it was deleted, and a deleted object names nobody: the API server's audit log says who did that";
const unnamed = 'it names no other field manager that wrote after us';

/** Who but us wrote to an object last, in words, as its `managedFields` tell. */
export function otherWriter(live: Fields | undefined, ours: readonly string[]): string {
  if (live === undefined) return deletedByNobodyKnown;
  const { managedFields } = objectOrEmpty(live.metadata);
  const entries = (Array.isArray(managedFields) ? managedFields : [])
    .map(objectOrEmpty)
    // A status is another's business.
    .filter(({ subresource }) => subresource === undefined);
  const isOurs = ({ manager }: Fields): boolean => ours.includes(textOf(manager) ?? '');
  const last = newest(entries.filter((entry) => !isOurs(entry)));
  const lastOfOurs = newest(entries.filter(isOurs));
  // Whoever wrote before us did not undo what we wrote.
  if (last === undefined || timeOf(last) < timeOf(lastOfOurs)) return unnamed;
  return `the field manager "${shortened(textOf(last.manager) ?? '')}" wrote to it last`;
}

function newest(entries: readonly Fields[]): Fields | undefined {
  return [...entries].sort((one, other) => (timeOf(one) < timeOf(other) ? 1 : -1))[0];
}

/** In the form of the API server, which sorts as text does. */
function timeOf(entry: Fields | undefined): string {
  return textOf(entry?.time) ?? '';
}

// The API server allows 128 characters, and whatever characters they are.
function shortened(manager: string): string {
  return manager.replace(/[^\x20-\x7e]|"/g, '?').slice(0, 128);
}
