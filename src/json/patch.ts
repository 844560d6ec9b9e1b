/** One step of a JSON patch (RFC 6902). */
export type PatchStep =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/** The path to a field, with the characters escaped that mean something in it. */
export function pointer(...names: readonly (string | number)[]): string {
  return names.map((name) => `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Puts a value at the end of a list, which is made when it is not there. */
export function appended(list: readonly unknown[] | undefined, path: string, value: unknown): PatchStep {
  return list === undefined ? { op: 'add', path, value: [value] } : { op: 'add', path: `${path}/-`, value };
}

/** Takes items out of a list; from its end, so that those before them keep their places. */
export function removed(path: string, places: readonly number[]): readonly PatchStep[] {
  return [...places].sort((a, b) => b - a).map((place) => ({ op: 'remove', path: `${path}/${place}` }));
}
