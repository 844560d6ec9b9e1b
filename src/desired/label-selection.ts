import { type LabelSelector } from '../api/index.js';
import { refused, selected, type SelectionDecision } from './selection-decision.js';

type Labels = Readonly<Record<string, string>>;
type Requirement = NonNullable<LabelSelector['matchExpressions']>[number];

/** Selects namespaces by their labels; without a selector all are selected. */
export function labelSelection(selector: LabelSelector | undefined): (labels: Labels) => SelectionDecision {
  const equal = Object.entries(selector?.matchLabels ?? {});
  const requirements = selector?.matchExpressions ?? [];
  return (labels) => {
    const missing = equal.find(([key, value]) => valueOf(labels, key) !== value);
    if (missing !== undefined) return mismatch(`${missing[0]}=${missing[1]}`);
    const failed = requirements.find((requirement) => !meets(labels, requirement));
    return failed === undefined ? selected : mismatch(inWords(failed));
  };
}

function meets(labels: Labels, { key, operator, values = [] }: Requirement): boolean {
  const value = valueOf(labels, key);
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
}

function valueOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

function mismatch(requirement: string): SelectionDecision {
  return refused('LabelsDoNotMatch', `does not meet ${requirement} of namespaceSelector`);
}

function inWords({ key, operator, values = [] }: Requirement): string {
  return operator === 'In' || operator === 'NotIn' ? `${key} ${operator} (${values.join(', ')})` : `${key} ${operator}`;
}
