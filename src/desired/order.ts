/** The same list sorted by name, in the order of code units, which no locale changes. */
export function byName<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The same list sorted by namespace. */
export function byNamespace<T extends { readonly namespace: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.namespace < b.namespace ? -1 : a.namespace > b.namespace ? 1 : 0));
}
