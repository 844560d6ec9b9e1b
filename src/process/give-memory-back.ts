/**
 * Gives back what a large piece of work has left. Node would keep it for the next one, which may be minutes away, and in a
 * container memory that lies about is memory that others lack. Does nothing without Node's `--expose-gc`.
 */
export async function giveMemoryBack(): Promise<void> {
  await globalThis.gc?.({ type: 'major', execution: 'async', flavor: 'last-resort' });
}
