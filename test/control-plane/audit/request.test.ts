import { expect, test } from '@jest/globals';
import { countByKind, passes, writes } from './filter.js';
import { requestOf, type AuditedRequest } from './request.js';

const event = {
  stage: 'ResponseComplete',
  verb: 'patch',
  requestURI: '/apis/apps/v1/namespaces/a/deployments/b/status?fieldManager=c',
  user: { username: 'admin' },
  userAgent: 'tool/1.0',
  objectRef: { apiGroup: 'apps', resource: 'deployments', subresource: 'status', namespace: 'a', name: 'b' },
  responseStatus: { code: 200 },
};
const read = (change: object): AuditedRequest | undefined => requestOf(JSON.stringify({ ...event, ...change }));

test('a line tells who asked for what', () => {
  expect(read({})).toMatchObject({ userAgent: 'tool/1.0', user: 'admin', verb: 'patch', group: 'apps', code: 200 });
  expect(read({})).toMatchObject({ resource: 'deployments/status', namespace: 'a', name: 'b' });
});

test('what is no resource is known by its path', () => {
  expect(read({ objectRef: undefined, verb: 'get', requestURI: '/readyz?verbose' })?.resource).toBe('/readyz');
});

test.each([
  ['list', 'ResponseStarted', false],
  ['list', 'ResponseComplete', true],
  ['watch', 'ResponseStarted', true],
  ['watch', 'ResponseComplete', false],
])('an audit line %s at %s counts: %s', (verb, stage, counts) => {
  expect(read({ verb, stage }) !== undefined).toBe(counts);
});

test.each([
  [{}, true],
  [{ userAgent: 'tool' }, true],
  [{ userAgent: 'other' }, false],
  [{ verb: writes, resource: 'deployments/status' }, true],
  [{ verb: writes, resource: 'deployments' }, false],
  [{ verb: ['get', 'list'] }, false],
  [{ namespace: 'a', name: 'b', group: 'apps', user: 'admin' }, true],
])('the filter %j passes a request: %s', (filter, expected) => {
  const request = read({});
  expect(request && passes(filter, request)).toBe(expected);
});

test('requests are counted by verb and resource', () => {
  const requests = [read({}), read({}), read({ verb: 'get' })].filter((request) => request !== undefined);
  expect(countByKind(requests)).toEqual({ 'patch deployments/status': 2, 'get deployments/status': 1 });
});
