import * as z from 'zod';
import {
  checker,
  objectMeta,
  organizationListKeys,
  quayOrganizationOverlay,
  quayOrganizationSpec,
  type Checked,
  type QuayOrganization,
} from '../api/index.js';
import { type Problem } from '../errors/index.js';
import { type ClusterId } from '../names/index.js';
import { firstFaults, isObject, mergeObjects, type Json, type JsonObject } from '../state/index.js';
import { byName } from './order.js';
import { namedRobots } from './overlay-robots.js';
import { protectedChanges } from './protected-fields.js';

/** An overlay as people write it. */
export const overlayDocument = z.strictObject({
  apiVersion: z.literal('quayside.dev/v1alpha1').optional(),
  kind: z.literal('QuayOrganization').optional(),
  metadata: z
    .strictObject({
      name: z.string().optional(),
      labels: z.record(z.string(), z.string()).optional(),
      annotations: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  spec: quayOrganizationOverlay.optional(),
});

const checkOverlay = checker(overlayDocument);
const checkSpec = checker(quayOrganizationSpec);

/** What is wrong with an overlay by itself, whatever it is laid over. */
export function overlayFaults(
  written: unknown,
  { id, source }: { readonly id: ClusterId; readonly source: string },
): readonly Problem[] {
  const value = isObject(written as Json) ? namedRobots(written as JsonObject, id) : written;
  const overlay = checkOverlay(withoutNulls(value ?? {}), source);
  return overlay.ok ? [] : firstFaults(overlay.problems, source).map(underSpec);
}

/** The derived document with a person's overlay merged over it, or what is wrong with the overlay. */
export function applyOverlay(
  derived: QuayOrganization,
  written: unknown,
  { id, source }: { readonly id: ClusterId; readonly source: string },
): Checked<QuayOrganization> {
  if (written === null || written === undefined) return { ok: true, value: derived };
  const value = isObject(written as Json) ? namedRobots(written as JsonObject, id) : written;
  const declared = isObject(value as Json) ? withoutEmptyParts(value as JsonObject) : {};
  const faults = overlayFaults(written, { id, source });
  const places = new Set(faults.map(({ path }) => path));
  const changes = protectedChanges(derived, declared, id).filter(({ path }) => !places.has(path));
  // Both at once: who corrects one file need not come back for it.
  const problems = [...faults, ...firstFaults(changes, source).map((problem) => ({ ...problem, source }))];
  if (problems.length > 0) return { ok: false, problems };

  const { name, labels } = derived.metadata;
  const base = { metadata: { name, labels }, spec: derived.spec };
  const { spec, metadata } = mergeObjects(base, declared, organizationListKeys);
  const merged = checkSpec(spec, source);
  if (!merged.ok) return { ok: false, problems: firstFaults(merged.problems, source).map(inSpec) };
  const { robots, teams, repositories } = merged.value;
  return {
    ok: true,
    value: {
      ...derived,
      metadata: objectMeta.parse(metadata),
      spec: { ...merged.value, robots: byName(robots), teams: byName(teams), repositories: byName(repositories) },
    },
  };
}

/** A line `spec:` with nothing below it says nothing; it does not remove the spec. */
function withoutEmptyParts(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null));
}

/** A null removes a field of the derived document, so the schema need not see it. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([field, inner]) => [field, withoutNulls(inner)]),
  );
}

/** The commonest slip is to leave out the line `spec:`. */
function underSpec(problem: Problem): Problem {
  return Object.hasOwn(quayOrganizationSpec.shape, problem.path)
    ? { ...problem, hint: `write it below spec: spec.${problem.path}` }
    : problem;
}

function inSpec(problem: Problem): Problem {
  return { ...problem, path: problem.path === '' ? 'spec' : `spec.${problem.path}` };
}
