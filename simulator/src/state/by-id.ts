interface Identified {
  readonly id: number;
}

/** Position of the first entry whose id is not below this one; the list is in the order of ids. */
export function positionOf(list: readonly Identified[], id: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle]?.id ?? Infinity) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts an entry where its id belongs. */
export function insertById<Entry extends Identified>(list: Entry[], entry: Entry): void {
  list.splice(positionOf(list, entry.id), 0, entry);
}

/** Takes an entry out. */
export function removeById(list: Identified[], entry: Identified): void {
  const position = positionOf(list, entry.id);
  if (list[position] === entry) list.splice(position, 1);
}
