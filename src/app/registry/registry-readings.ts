import {
  checkRegistry,
  type Component,
  type ComponentKind,
  componentKind,
  override,
} from '../../api/registry/index.js';
import { type QuayRegistry } from '../../api/index.js';
import { type Problem } from '../../errors/index.js';
import { type Fields, isRecord, objectOrEmpty, textOf } from '../../json/index.js';
import { nameOf } from './objects-in-files.js';

/** What an object may say: one value where it is accepted; where not, one for each way in which what was refused may be meant. */
export interface Readings<T> {
  readonly values: readonly [T, ...T[]];
  readonly problems: readonly Problem[];
  /** Of each component in the values, which one of the object it is. */
  readonly places: readonly number[];
}

/** The name of a registry whose own cannot be one. */
export const unnamed = 'unnamed';

const kinds = componentKind.options;

/**
 * Reads a registry that the schema may have refused, so that its other faults and those of its bundle are found as well. Whether a
 * component is managed is not known where its entry was refused: then there is a reading with it, and one without.
 */
export function registryReadings(object: Fields): Readings<QuayRegistry> {
  const checked = checkRegistry(object);
  if (checked.ok) return { values: [checked.value], problems: [], places: identity };
  const { problems } = checked;
  const spec = objectOrEmpty(object.spec);
  const { entries, unknown } = readableEntries(spec);
  const values = unknown.size === 0 ? [true] : [true, false];
  const [first, ...others] = values.map((managed) => {
    const listed = entries.map(({ entry }) => entry);
    const own = listed.map((entry) => (unknown.has(entry.kind) ? asManaged(entry, managed) : entry));
    const more = [...unknown].filter((kind) => !listed.some((entry) => entry.kind === kind));
    return accepted(object, problems, [...own, ...more.map((kind) => ({ kind, managed }))]);
  });
  const places = entries.map(({ at }) => at);
  return { values: [first ?? accepted(object, problems, []), ...others], problems, places };
}

/** Of an accepted object every component is where it was. */
const identity: readonly number[] = [];

interface Entries {
  readonly entries: readonly { readonly entry: Component; readonly at: number }[];
  /** Components of which it is not known whether they are managed. */
  readonly unknown: ReadonlySet<ComponentKind>;
}

function readableEntries(spec: Fields): Entries {
  const { components, configBundleSecret: _, ...others } = spec;
  const unknown = new Set<ComponentKind>();
  if (!Array.isArray(components)) {
    // What else stands there may have been meant as the list.
    const isKnown = components === undefined && Object.keys(others).length === 0;
    return { entries: [], unknown: isKnown ? unknown : new Set(kinds) };
  }
  const entries = (components as readonly unknown[]).flatMap((value, at) => {
    const entry = readable(objectOrEmpty(value), unknown);
    return entry === undefined ? [] : [{ entry, at }];
  });
  const stated = new Set(entries.map(({ entry }) => entry.kind));
  if (entries.length < components.length)
    kinds.filter((kind) => !stated.has(kind)).forEach((kind) => unknown.add(kind));
  return { entries, unknown };
}

function readable({ kind: stated, managed, overrides, secretRef }: Fields, unknown: Set<ComponentKind>) {
  const kind = kinds.find((one) => one === stated);
  if (kind === undefined) return undefined;
  const name = textOf(objectOrEmpty(secretRef).name);
  const isReferred = managed === false && name !== undefined && name !== '';
  if (typeof managed !== 'boolean' || (secretRef !== undefined && !isReferred)) unknown.add(kind);
  const isManaged = managed !== false;
  const entry: Component = {
    kind,
    managed: isManaged,
    ...(isManaged && isRecord(overrides) && { overrides: readableOverrides(overrides) }),
    ...(isReferred && { secretRef: { name } }),
  };
  return entry;
}

/** Each override for itself: a refused one takes no other with it. */
function readableOverrides(stated: Fields): NonNullable<Component['overrides']> {
  const parsed = Object.entries(stated).map(([name, value]) => override.safeParse({ [name]: value }));
  return Object.assign({}, ...parsed.map(({ data }) => data ?? {})) as NonNullable<Component['overrides']>;
}

function asManaged({ kind, overrides }: Component, managed: boolean): Component {
  return { kind, managed, ...(managed && overrides && { overrides }) };
}

function accepted(object: Fields, problems: readonly Problem[], components: readonly Component[]): QuayRegistry {
  const isRefused = (field: string): boolean => problems.some(({ path }) => path.startsWith(field));
  const { name = '', namespace } = nameOf(object);
  const bundle = textOf(objectOrEmpty(object.spec).configBundleSecret);
  const own = { name: /^.{1,253}$/.test(name) ? name : unnamed, ...(namespace !== undefined && { namespace }) };
  const bare: QuayRegistry = {
    apiVersion: 'quay.redhat.com/v1',
    kind: 'QuayRegistry',
    metadata: own,
    spec: { components: [...components], ...(bundle !== undefined && { configBundleSecret: bundle }) },
  };
  const whole = {
    ...bare,
    ...(isRecord(object.metadata) && !isRefused('metadata') && { metadata: object.metadata }),
    ...(object.status !== undefined && !isRefused('status') && { status: object.status }),
  };
  const checked = checkRegistry(whole);
  return checked.ok ? checked.value : bare;
}
