import { isBuiltInNamespace, type QuayIntegrationSpec } from '../api/index.js';
import { refused, selected, type SelectionDecision } from './selection-decision.js';

/** The two lists of an integration. */
export type Lists = Pick<QuayIntegrationSpec, 'allowlistNamespaces' | 'denylistNamespaces'>;

interface ListSets {
  readonly allowed: ReadonlySet<string>;
  readonly denied: ReadonlySet<string>;
}

type Rule = (namespace: string, lists: ListSets) => SelectionDecision | undefined;

const isDenied: Rule = (namespace, { denied }) =>
  denied.has(namespace) ? refused('NamespaceDenied', 'is on denylistNamespaces') : undefined;

const isAllowed: Rule = (namespace, { allowed }) => (allowed.has(namespace) ? selected : undefined);

const isBuiltIn: Rule = (namespace) =>
  isBuiltInNamespace(namespace)
    ? refused('NamespaceBuiltIn', 'belongs to the platform; allowlistNamespaces can bring it in')
    : undefined;

const isNotOnTheAllowList: Rule = (_namespace, { allowed }) =>
  allowed.size > 0 ? refused('NamespaceNotAllowed', 'is not on allowlistNamespaces') : undefined;

/** The first rule with an answer decides; a namespace that none speaks about is in. */
const rules: readonly Rule[] = [isDenied, isAllowed, isBuiltIn, isNotOnTheAllowList];

/** Selects namespaces by name alone: the built-in ones and the two lists, in the predecessors' order. */
export function listSelection(spec: Lists): (namespace: string) => SelectionDecision {
  const lists = { allowed: new Set(spec.allowlistNamespaces), denied: new Set(spec.denylistNamespaces) };
  return (namespace) => {
    for (const rule of rules) {
      const decision = rule(namespace, lists);
      if (decision !== undefined) return decision;
    }
    return selected;
  };
}
