import { k8s } from 'cdk8s-plus-27';
import { type Resources } from '../options/fields.js';

const small: Resources = { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '256Mi' } };

/** Resources as Kubernetes takes them. */
export function quantities({ requests, limits }: Resources = small): k8s.ResourceRequirements {
  return { requests: each(requests), limits: each(limits) };
}

function each(amounts: Readonly<Record<string, string | undefined>>): Record<string, k8s.Quantity> {
  const given = Object.entries(amounts).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(given.map(([kind, amount]) => [kind, k8s.Quantity.fromString(amount)]));
}
