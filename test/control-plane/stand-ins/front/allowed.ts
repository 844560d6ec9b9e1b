import type { Reply } from '../../proxy/serve.js';
import type { Api } from './api.js';

/** What somebody wants to do, in the words of RBAC. */
export interface Attributes {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace: string;
  readonly name?: string;
}

/** Asks the API server whether the caller may do this; gives the refusal when not. */
export async function refused(caller: Api, resourceAttributes: Attributes): Promise<Reply | undefined> {
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes },
  };
  const answer = await caller.call('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', review);
  if (answer.status !== 201) return answer;
  if ((answer.body.status as { allowed?: boolean }).allowed === true) return undefined;
  const { verb, group, resource, subresource, namespace, name = '' } = resourceAttributes;
  const what = subresource === undefined ? resource : `${resource}/${subresource}`;
  const message = `${what}.${group} "${name}" is forbidden: User "caller" cannot ${verb} resource "${what}" in API group "${group}" in the namespace "${namespace}"`;
  return {
    status: 403,
    body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason: 'Forbidden', code: 403 },
  };
}
