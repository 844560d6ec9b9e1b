import { type Fault } from '../faults.js';
import { type Bundle } from '../inputs.js';

/**
 * Leaves out what only follows from another fault: that a key is lacking where config.yaml could not be read, since then nobody
 * knows; where another fault is about the key; and a second time.
 */
export function toldOnce(faults: readonly Fault[], { unread }: Bundle): readonly Fault[] {
  const said = new Set(faults.flatMap(({ lacking, path }) => (lacking === undefined ? [path] : [])));
  return faults.flatMap(({ lacking, ...fault }) => {
    if (lacking === undefined) return [fault];
    if (unread === true || said.has(lacking)) return [];
    said.add(lacking);
    return [fault];
  });
}
