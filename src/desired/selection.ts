import { type NamespaceRecord, type QuayIntegrationSpec } from '../api/index.js';
import { labelSelection } from './label-selection.js';
import { listSelection, type Lists } from './list-selection.js';
import { refused, selected, type Verdict } from './selection-decision.js';

/** Judges namespaces by what an integration says: its lists first, then its labels. */
export function selection(
  spec: Lists & Pick<QuayIntegrationSpec, 'namespaceSelector'>,
): (namespace: Pick<NamespaceRecord, 'name' | 'labels'>) => Verdict {
  const byList = listSelection(spec);
  const byLabels = labelSelection(spec.namespaceSelector);
  return ({ name, labels }) => {
    const verdict = byList(name);
    return verdict.selected ? byLabels(labels) : verdict;
  };
}

/** Whether OpenShift has set the project up: one that it names and describes gets its security range a moment later. */
export function readiness({ annotations }: Pick<NamespaceRecord, 'annotations'>): Verdict {
  const has = (name: string): boolean => Object.hasOwn(annotations, `openshift.io/${name}`);
  return has('display-name') && has('description') && !has('sa.scc.mcs')
    ? refused('NamespaceNotReady', 'waits for OpenShift to set the project up')
    : selected;
}
