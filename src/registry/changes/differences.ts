import { unitFactors } from '../quantities.js';

/** One field that differs. */
export interface FieldChange {
  /** In the words of kubectl: `spec.template.spec.containers[quay-app].image`. */
  readonly path: string;
  /** Absent: it is not there. */
  readonly from?: unknown;
  /** Absent: it goes. */
  readonly to?: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * What `wanted` changes. Against a live object only what is wanted counts, since the API server and others fill in more; against
 * another rendering, which is `whole`, what is missing counts as well.
 */
export function differences(wanted: unknown, found: unknown, whole: boolean, path = ''): readonly FieldChange[] {
  if (isFields(wanted) && isFields(found)) return fields(wanted, found, whole, path);
  if (Array.isArray(wanted) && Array.isArray(found)) return lists(wanted, found, whole, path);
  return isEqual(wanted, found, path) ? [] : [change(path, found, wanted)];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function change(path: string, from: unknown, to: unknown): FieldChange {
  return { path, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function fields(wanted: Fields, found: Fields, whole: boolean, path: string): readonly FieldChange[] {
  const names = Object.keys(whole ? { ...found, ...wanted } : wanted).sort();
  return names.flatMap((name) => {
    const below = /^[\w-]+$/.test(name) ? `${path}${path === '' ? '' : '.'}${name}` : `${path}[${name}]`;
    return differences(wanted[name], found[name], whole, below);
  });
}

/** Elements are told apart by their names where all have one: Kubernetes merges such lists by them. */
function lists(
  wanted: readonly unknown[],
  found: readonly unknown[],
  whole: boolean,
  path: string,
): readonly FieldChange[] {
  const key = ['name', 'mountPath', 'containerPort'].find((one) => tellsApart(wanted, one) && tellsApart(found, one));
  if (key === undefined) {
    if (wanted.length !== found.length) return [change(path, found, wanted)];
    return wanted.flatMap((element, at) => differences(element, found[at], whole, `${path}[${at}]`));
  }
  const byKey = (list: readonly unknown[]): ReadonlyMap<string, unknown> =>
    new Map(list.map((element) => [String((element as Fields)[key]), element]));
  const [now, next] = [byKey(found), byKey(wanted)];
  return [...new Set([...next.keys(), ...now.keys()])].flatMap((name) => {
    const [from, to] = [now.get(name), next.get(name)];
    return from === undefined || to === undefined
      ? [change(`${path}[${name}]`, from, to)]
      : differences(to, from, whole, `${path}[${name}]`);
  });
}

function tellsApart(list: readonly unknown[], key: string): boolean {
  const values = list.map((element) => (isFields(element) ? element[key] : undefined));
  return !values.includes(undefined) && new Set(values).size === list.length;
}

function isEqual(wanted: unknown, found: unknown, path: string): boolean {
  if (wanted === found || JSON.stringify(wanted) === JSON.stringify(found)) return true;
  // What has nothing in it is left out by the API server.
  if (found === undefined && isNothing(wanted)) return true;
  return /\b(?:resources|sizeLimit)\b/.test(path) && amount(wanted) !== undefined && amount(wanted) === amount(found);
}

function isNothing(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

/** The number that a quantity stands for: the API server writes `2` where somebody wrote `2000m`. */
function amount(value: unknown): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const [, number, unit = ''] = /^([+-]?[\d.]+)([a-zA-Z]*)$/.exec(String(value)) ?? [];
  const factor = unitFactors[unit];
  return number === undefined || factor === undefined ? undefined : Number((Number(number) * factor).toPrecision(12));
}
