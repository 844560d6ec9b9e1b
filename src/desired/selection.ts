import { type NamespaceRecord, type QuayIntegrationSpec } from '../api/index.js';
import { labelSelection } from './label-selection.js';
import { listSelection, type Lists } from './list-selection.js';
import { refused, selected, type SelectionDecision } from './selection-decision.js';

/** Selects namespaces by the spec of an integration: its lists first, then its labels. */
export function selection(
  spec: Lists & Pick<QuayIntegrationSpec, 'namespaceSelector'>,
): (namespace: Pick<NamespaceRecord, 'name' | 'labels'>) => SelectionDecision {
  const byList = listSelection(spec);
  const byLabels = labelSelection(spec.namespaceSelector);
  return ({ name, labels }) => {
    const decision = byList(name);
    return decision.selected ? byLabels(labels) : decision;
  };
}

/** Whether OpenShift has set the project up: one that it names and describes gets its security range a moment later. */
export function readiness({ annotations }: Pick<NamespaceRecord, 'annotations'>): SelectionDecision {
  const has = (name: string): boolean => Object.hasOwn(annotations, `openshift.io/${name}`);
  return has('display-name') && has('description') && !has('sa.scc.mcs')
    ? refused('NamespaceNotReady', 'waits for OpenShift to set the project up')
    : selected;
}
