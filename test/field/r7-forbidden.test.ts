import { expect, test } from '@jest/globals';
import { RefusedError } from '../../src/errors/index.js';
import { failure } from '../../src/kube/client/answer.js';
import { type Call } from '../../src/kube/client/call.js';

const call: Call = { verb: 'patch', resource: 'secrets', path: '/api/v1/namespaces/shop/secrets/x' };

const answered = (message: string | undefined, status = 403) =>
  failure(call, { status, body: message === undefined ? {} : { kind: 'Status', message, code: status } });

test.each([
  'secrets "x" is forbidden: User "system:serviceaccount:quayside:quayside" cannot patch resource "secrets" in API group "" in the namespace "shop"',
  'secrets is forbidden: User "dev" cannot list resource "secrets" in API group "" at the cluster scope: RBAC: clusterrole.rbac.authorization.k8s.io "gone" not found',
  'forbidden: User "system:anonymous" cannot get path "/api"',
  'roles.rbac.authorization.k8s.io "r" is forbidden: user "dev" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n{APIGroups:[""]}',
])('R7: a missing right is told as one: %s', (message) => {
  expect(answered(message)).toMatchObject({
    code: 'ClusterAccessForbidden',
    message,
    hint: 'Give this account the right to patch secrets.',
  });
});

test.each([
  'secrets "x" is forbidden: exceeded quota: team-a, requested: secrets=1, used: secrets=5, limited: secrets=5',
  'secrets "x" is forbidden: status unknown for quota: team-a, resources: secrets',
])('R7: a full quota is named, and tried again: %s', (message) => {
  const error = answered(message);
  expect(error).toMatchObject({ code: 'QuotaExceeded', message, retryable: true });
  expect(error.hint).toContain('the quota team-a,');
});

const policies: readonly (readonly [number, string])[] = [
  [
    403,
    `secrets "x" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: User "x" cannot do it`,
  ],
  [422, `secrets "x" is invalid: : ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no secrets here`],
  [403, 'admission webhook "validate.kyverno.svc-fail" denied the request: no secrets here'],
  [400, 'admission webhook "gatekeeper.sh" denied the request: [must-have-owner] no secrets here'],
  [403, 'pods "x" is forbidden: violates PodSecurity "restricted:latest": privileged'],
  [403, 'secrets "x" is forbidden: failed quota: team-a: must specify limits.memory'],
  [403, 'builds.build.openshift.io "x" is forbidden: build strategy Docker is not allowed'],
];

test.each(policies)('R7: what a policy refuses with %d is told in its words: %s', (status, message) => {
  const error = answered(message, status);
  expect(error).toBeInstanceOf(RefusedError);
  expect(error).toMatchObject({ code: 'RefusedByPolicy', message, retryable: false });
});

test('R7: a 403 that is not of the API server is no missing right', () => {
  expect(answered(undefined)).toMatchObject({ code: 'ClusterAnswerUnexpected', retryable: false });
  expect(failure(call, { status: 403, body: { message: 'blocked by the firewall' } })).toMatchObject({
    code: 'ClusterAnswerUnexpected',
    message: expect.stringContaining('blocked by the firewall'),
  });
});

test('R7: what does not fit a schema goes on to be told as that', () => {
  expect(answered('Secret "x" is invalid: type: field is immutable', 422).code).toBe('ClusterAnswerUnexpected');
});
