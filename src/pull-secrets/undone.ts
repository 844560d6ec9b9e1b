/** Why something is missing that was put right a short time ago. */
export function undone(what: string): string {
  return `${what} again; it is put right a little later`;
}
