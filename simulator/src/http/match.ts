import { type Route } from './route.js';

/** A route that fits a path, whatever its methods. */
export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the routes that fit a path, the most specific first. */
export type Matcher = (segments: readonly string[]) => readonly Match[];

interface Node {
  readonly statics: Map<string, Node>;
  parameter: Node | undefined;
  readonly routes: { readonly route: Route; readonly names: readonly string[] }[];
}

interface Tail {
  readonly route: Route;
  readonly parts: readonly string[];
}

const prefix = ['api', 'v1', 'repository'];
const repositoryPath = [...prefix, '{repository}'];

/**
 * Files the routes. A repository path takes any number of segments, so its sub-resources are told by the end of the
 * path, and a path may fit several: the caller picks by method, which is how one falls through to the repository.
 */
export function createMatcher(routes: readonly Route[]): Matcher {
  const root = node();
  const tails = new Map<string, Tail[]>();
  for (const route of routes) {
    const parts = route.template.split('/').slice(1);
    if (repositoryPath.every((part, index) => parts[index] === part)) {
      const rest = parts.slice(repositoryPath.length);
      const first = rest[0] ?? '';
      tails.set(first, [...(tails.get(first) ?? []), { route, parts: rest }]);
    } else {
      file(root, route, parts);
    }
  }
  return (segments) => [...fixed(root, segments, 0, []), ...repositoryMatches(tails, segments)];
}

function node(): Node {
  return { statics: new Map(), parameter: undefined, routes: [] };
}

function file(root: Node, route: Route, parts: readonly string[]): void {
  const names: string[] = [];
  let at = root;
  for (const part of parts.flatMap((entry) => (entry === '{repository}' ? ['{namespace}', entry] : [entry]))) {
    if (part.startsWith('{')) {
      names.push(part.slice(1, -1));
      at.parameter ??= node();
      at = at.parameter;
    } else {
      const next = at.statics.get(part) ?? node();
      at.statics.set(part, next);
      at = next;
    }
  }
  at.routes.push({ route, names });
}

function fixed(at: Node, segments: readonly string[], index: number, values: readonly string[]): readonly Match[] {
  const segment = segments[index];
  if (segment === undefined) {
    return at.routes.map(({ route, names }) => ({
      route,
      params: Object.fromEntries(names.map((name, position) => [name, values[position] ?? ''])),
    }));
  }
  const next = at.statics.get(segment);
  const exact = next ? fixed(next, segments, index + 1, values) : [];
  if (!at.parameter || segment === '') return exact;
  const loose = fixed(at.parameter, segments, index + 1, [...values, segment]);
  return exact.length === 0 ? loose : [...exact, ...loose];
}

function repositoryMatches(tails: ReadonlyMap<string, readonly Tail[]>, segments: readonly string[]): readonly Match[] {
  if (!prefix.every((part, index) => segments[index] === part)) return [];
  const path = segments.slice(prefix.length);
  const found: Match[] = [];
  const gap = path.indexOf('');
  // Namespace and at least one segment of the name, none of them empty, then the sub-resource: the longest first.
  for (let cut = 2; cut <= (gap === -1 ? path.length : gap); cut += 1) {
    const rest = path.slice(cut);
    for (const tail of tails.get(rest[0] ?? '') ?? []) {
      const values = rest.length === tail.parts.length ? tailValues(tail, rest) : undefined;
      if (values) found.push({ route: tail.route, params: { ...values, ...repositoryParams(path.slice(0, cut)) } });
    }
  }
  return found;
}

function tailValues(tail: Tail, rest: readonly string[]): Record<string, string> | undefined {
  const values: Record<string, string> = {};
  for (const [index, part] of tail.parts.entries()) {
    const segment = rest[index] ?? '';
    if (part.startsWith('{') && segment !== '') values[part.slice(1, -1)] = segment;
    else if (part !== segment) return undefined;
  }
  return values;
}

/** Namespace and name; what is not ASCII is transliterated before it is looked up. */
function repositoryParams(path: readonly string[]): { readonly namespace: string; readonly repository: string } {
  const [namespace = '', ...name] = path.map(transliterated);
  return { namespace, repository: name.join('/') };
}

function transliterated(segment: string): string {
  return segment.normalize('NFKD').replace(/[^\p{ASCII}]/gu, '');
}
