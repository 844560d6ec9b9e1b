/** The first lines, and how many more there are. */
export function shorten(lines: readonly string[], longest = 20): readonly string[] {
  return lines.length <= longest ? lines : [...lines.slice(0, longest), `  … and ${lines.length - longest} more`];
}
