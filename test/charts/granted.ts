import { type Rule } from '../../charts/access/rule.js';
import type { AuditedRequest } from '../control-plane/audit/request.js';
import { type Written } from './synthesized.js';

/** One thing that a service account may do: a verb on a resource, everywhere or in a namespace, on any object or one. */
export interface Right {
  readonly account: string;
  readonly verb: string;
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
}

/** A right in words. */
export function wordsOf({ account, verb, resource, namespace, name }: Right): string {
  return [account, verb, resource, name, namespace && `in ${namespace}`].filter((word) => word !== '').join(' ');
}

/** All that the roles of an installation give, one by one. */
export function rightsOf(objects: readonly Written[]): readonly Right[] {
  return objects.flatMap(({ roleRef, subjects = [], metadata: { namespace = '' } }) => {
    if (roleRef === undefined) return [];
    const role = objects.find(
      ({ kind, metadata }) =>
        kind === roleRef.kind && metadata.name === roleRef.name && (metadata.namespace ?? '') === namespace,
    );
    return subjects.flatMap(({ name }) =>
      (role?.rules ?? []).flatMap((rule) => rightsIn(rule).map((right) => ({ ...right, account: name, namespace }))),
    );
  });
}

function rightsIn({
  apiGroups,
  resources,
  verbs,
  resourceNames = [''],
}: Rule): readonly Omit<Right, 'account' | 'namespace'>[] {
  return apiGroups.flatMap((group) =>
    resources.flatMap((resource) =>
      verbs.flatMap((verb) =>
        resourceNames.map((name) => ({ verb, name, resource: group === '' ? resource : `${resource}.${group}` })),
      ),
    ),
  );
}

/** Whether a request leaned on a right. */
export function uses(request: AuditedRequest, right: Right): boolean {
  const [resource = '', subresource] = request.resource.split('/');
  const full = [[resource, request.group].filter((part) => part !== '').join('.'), subresource];
  const [plain = '', below] = right.resource.split('/');
  const [belowName, ...group] = (below ?? '').split('.');
  const wanted = below === undefined ? [plain, undefined] : [[plain, ...group].join('.'), belowName];
  return (
    request.user.endsWith(`:${right.account}`) &&
    request.verb === right.verb &&
    full[0] === wanted[0] &&
    full[1] === wanted[1] &&
    (right.namespace === '' || right.namespace === request.namespace) &&
    (right.name === '' || right.name === nameOf(request))
  );
}

/** Lists and watches name their object in the query. */
function nameOf({ name, uri }: AuditedRequest): string {
  const selector = new URLSearchParams(uri.split('?')[1] ?? '').get('fieldSelector') ?? '';
  return name === '' ? (/metadata\.name=([^,]+)/.exec(selector)?.[1] ?? '') : name;
}
