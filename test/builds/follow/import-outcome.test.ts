import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { annotationSteps } from '../../../src/builds/follow/mark-build.js';
import { importOutcome } from '../../../src/builds/follow/import-outcome.js';
import { failures } from '../../control-plane/stand-ins/images/registry.js';

const answer = (status: unknown, image?: unknown): Record<string, unknown> => ({
  status: { images: [{ status, image }] },
});

test.each([
  [failures.unauthorized, 'Unauthorized'],
  [{ ...failures.unauthorized, reason: 'Forbidden' }, 'Unauthorized'],
  [failures.badToken, 'Unauthorized'],
  [failures.notFound, 'NotFound'],
  [failures.certificate, 'Certificate'],
  [{ status: 'Failure', reason: 'InternalError', message: 'dial tcp: i/o timeout' }, 'Other'],
])('the import answer %j is %s', (status, obstacle) => {
  expect(importOutcome(answer(status))).toEqual({ result: 'Failed', obstacle, message: status.message });
});

test('a successful import has the digest of the answer', () => {
  const image = { metadata: { name: 'sha256:abc' } };
  expect(importOutcome(answer({ status: 'Success' }, image))).toEqual({ result: 'Imported', digest: 'sha256:abc' });
});

test('an empty import answer is no success', () => {
  fc.assert(
    fc.property(fc.anything(), (anything) => {
      expect(importOutcome({ status: anything }).result).toBe('Failed');
      expect(importOutcome(answer(anything)).result).toBe('Failed');
    }),
  );
});

test('an annotation of a Build is added to existing annotations, or with the first of them, or not at all', () => {
  const path = '/metadata/annotations';
  expect(annotationSteps({}, { 'a/b': 'c' })).toEqual([{ op: 'add', path, value: { 'a/b': 'c' } }]);
  expect(annotationSteps({ annotations: { d: 'e' } }, { 'a/b': 'c' })).toEqual([
    { op: 'add', path: `${path}/a~1b`, value: 'c' },
  ]);
  expect(annotationSteps({ annotations: { 'a/b': 'c' } }, { 'a/b': 'c' })).toEqual([]);
});
