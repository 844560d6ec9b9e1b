import { type FaultText } from '../faults.js';
import { pathOf } from '../paths.js';

/** Whether a name means something to every object of JavaScript, so that no manifest can be made with it. */
export function isUnusable(name: string): boolean {
  return name === 'constructor' || name === '__proto__';
}

/** Labels, annotations and the like with such a name, anywhere in a spec. */
export function unusableNames(value: unknown, steps: readonly (string | number)[] = ['spec']): readonly FaultText[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((inner, at) => unusableNames(inner, [...steps, at]));
  return Object.entries(value).flatMap(([name, inner]): readonly FaultText[] => {
    const inside = [...steps, name];
    const fault = { path: pathOf(inside), message: `${name} cannot be a name here`, hint: 'Use another name.' };
    return [...(isUnusable(name) ? [fault] : []), ...unusableNames(inner, inside)];
  });
}
