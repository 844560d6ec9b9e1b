/** Groups `<name>` and `<namespace>/<name>` by namespace, each name once and in order. */
export function byNamespace(references: readonly string[], home: string): ReadonlyMap<string, readonly string[]> {
  const grouped = new Map<string, string[]>();
  for (const reference of [...new Set(references)].sort()) {
    const [name = '', namespace = home] = reference.split('/').reverse();
    grouped.set(namespace, [...new Set([...(grouped.get(namespace) ?? []), name])].sort());
  }
  return grouped;
}
