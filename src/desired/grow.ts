import { organizationListKeys, quayOrganizationSpec, type QuayOrganization } from '../api/index.js';
import { isObject, type Json, type JsonObject, type ListKeys } from '../state/index.js';
import { byName } from './order.js';

/**
 * The new document, with everything that the previous one had and it lacks: for as long as some input is unknown, or the
 * history of the state repository is not what it was, what is missing may only be unseen.
 */
export function grow(previous: QuayOrganization | undefined, next: QuayOrganization): QuayOrganization {
  if (previous?.spec.name !== next.spec.name) return next;
  const fields = organizationListKeys['spec']?.fields;
  const grown = grownFields(previous.spec, next.spec, fields);
  // Through the schema, for the order of the fields.
  const checked = quayOrganizationSpec.safeParse(grown);
  // Both together may be more than there can be.
  if (!checked.success) return { ...next, spec: previous.spec };
  if (JSON.stringify(checked.data) === JSON.stringify(quayOrganizationSpec.parse(next.spec))) return next;
  const { robots, teams, repositories } = checked.data;
  const sorted = { robots: byName(robots), teams: byName(teams), repositories: byName(repositories) };
  return { ...next, spec: { ...checked.data, ...sorted } };
}

function grownFields(before: JsonObject, now: JsonObject, keys: ListKeys = {}): JsonObject {
  const both = Object.entries({ ...before, ...now });
  return Object.fromEntries(
    both.map(([field, value]) => [field, value && grownField(before[field], value, keys[field])]),
  );
}

function grownField(before: Json | undefined, now: Json, { keys, fields }: ListKeys[string] = {}): Json {
  if (isList(before) && isList(now)) {
    const identity = (item: Json): string =>
      JSON.stringify(keys && isObject(item) ? keys.map((key) => item[key] ?? null) : item);
    const earlier = new Map(before.map((item) => [identity(item), item]));
    const known = new Set(now.map(identity));
    return [
      ...now.map((item) => grownItem(earlier.get(identity(item)), item, fields)),
      ...before.filter((item) => !known.has(identity(item))),
    ];
  }
  // One without lists of items, such as a mirror, is one value: half of another would make no sense in it.
  return fields === undefined ? now : grownItem(before, now, fields);
}

function grownItem(before: Json | undefined, now: Json, fields: ListKeys | undefined): Json {
  return isObject(before) && isObject(now) ? grownFields(before, now, fields) : now;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
