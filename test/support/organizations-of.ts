import type { Simulator } from '@quayside/simulator';

/** The organizations that a simulated Quay holds, by name. */
export function organizationsOf(quay: Simulator): readonly string[] {
  const { namespaces } = quay.snapshot();
  return [...namespaces.values()].flatMap(({ organization, name }) => (organization ? [name] : [])).sort();
}
