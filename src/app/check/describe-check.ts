import { describePlan, several, summarize } from '../../plan/index.js';
import { oneLine } from '../../text/index.js';
import { shorten } from '../shorten.js';
import { type CheckResult } from './check.js';

/** What was checked, and what would become of it. */
export function describeCheck({ state, folder, checked, isWithCluster, change, plans }: CheckResult): string {
  const counted = `${several(checked.overlays, 'overlay')} and ${several(checked.documents, 'document')}`;
  const lines = [`Checked: ${counted} in ${folder} of ${state}`];
  if (!isWithCluster) lines.push('Cluster: not read; its namespaces are taken to be those that have documents.');
  if (change === undefined)
    return [...lines, '', 'Nothing is changed before the problems are solved.'].map(oneLine).join('\n');
  const files = [
    ...change.added.map((path) => `  + ${path}`),
    ...change.changed.map((path) => `  ~ ${path}`),
    ...change.removed.map((path) => `  - ${path}`),
  ];
  if (files.length === 0) return [...lines, '', 'No document would change.'].map(oneLine).join('\n');
  const organizations = plans.flatMap((plan) => {
    const told = describePlan(plan);
    return told.length === 0 ? [] : ['', plan.organization, ...told];
  });
  return [...lines, '', 'Would change:', ...shorten(files), ...organizations, '', summarize(plans)]
    .map(oneLine)
    .join('\n');
}

/** Whether the next commit would change anything. */
export function isPending({ change }: CheckResult): boolean {
  return change !== undefined && change.added.length + change.changed.length + change.removed.length > 0;
}
