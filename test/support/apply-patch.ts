import type { PatchStep } from '../../src/json/index.js';

/** Applies a JSON patch to a copy, as strictly as RFC 6902 asks: what is not there cannot be replaced, removed or entered. */
export function applyPatch(object: unknown, patch: readonly PatchStep[]): unknown {
  const copy = structuredClone(object);
  for (const operation of patch) applyOne(copy, operation);
  return copy;
}

function applyOne(root: unknown, operation: PatchStep): void {
  const steps = operation.path
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = steps.pop() ?? '';
  const parent = steps.reduce((value, step) => child(value, step, operation), root);
  const target = mapping(parent, operation);
  if (operation.op !== 'add' && !Object.hasOwn(target, last)) throw new Error(`nothing at ${operation.path}`);
  if (operation.op === 'remove') delete target[last];
  else target[last] = operation.value;
}

function child(value: unknown, step: string, operation: PatchStep): unknown {
  const parent = mapping(value, operation);
  if (!Object.hasOwn(parent, step)) throw new Error(`no ${step} on the way to ${operation.path}`);
  return parent[step];
}

function mapping(value: unknown, { path }: PatchStep): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Error(`the parent of ${path} is no mapping`);
}
