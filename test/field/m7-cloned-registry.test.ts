import { expect, test } from '@jest/globals';
import {
  buildCloneAnnotation,
  buildDestinationAnnotation,
  buildManagedAnnotation,
  inPredecessorsDomain,
} from '../../src/api/index.js';
import { decide } from '../../src/builds/index.js';
import { buildTo, situation } from '../fixtures/builds/decisions.js';
import { applyPatch } from '../support/apply-patch.js';

const current = 'quay.example.test:8443/openshift_shop/httpd:2.4';
const earlier = 'registry.old.example/openshift_shop/httpd:2.4';

/** A clone of a Build that was pointed at an image, as OpenShift makes it: with all annotations of its original. */
function clone(image: string, annotations: Readonly<Record<string, string>> = {}, pushSecret?: string): object {
  const known = { [buildManagedAnnotation]: 'true', [buildDestinationAnnotation]: 'shop/httpd:2.4' };
  const object = buildTo(
    { kind: 'DockerImage', name: image },
    { metadata: { annotations: { ...known, [buildCloneAnnotation]: 'httpd-0', ...annotations } } },
  ) as { spec: { output: object } };
  if (pushSecret !== undefined) Object.assign(object.spec.output, { pushSecret: { name: pushSecret } });
  return object;
}

const outputOf = (object: object): unknown => {
  const decision = decide(object, 'shop', situation());
  if (decision.decision !== 'Rewritten') return decision;
  return (applyPatch(object, decision.patch) as { spec: { output: unknown } }).spec.output;
};

test.each([
  ['another registry', earlier],
  ['another organization', 'quay.example.test:8443/other_shop/httpd:2.4'],
])('M7: a clone of a Build that was pushed to %s is pushed to where Builds go now', (_, image) => {
  expect(outputOf(clone(image))).toEqual({ to: { kind: 'DockerImage', name: current } });
});

test('M7: the push secret that OpenShift chose for its original goes, as that of any clone', () => {
  expect(outputOf(clone(earlier, {}, 'builder-dockercfg-x7k2p'))).toEqual({
    to: { kind: 'DockerImage', name: current },
  });
});

test('M7: a clone of a Build of the predecessor is read as well', () => {
  const [managed, destination] = [buildManagedAnnotation, buildDestinationAnnotation].map(inPredecessorsDomain);
  const object = buildTo(
    { kind: 'DockerImage', name: earlier },
    {
      metadata: {
        annotations: { [managed ?? '']: 'true', [destination ?? '']: 'shop/httpd:2.4', [buildCloneAnnotation]: 'x' },
      },
    },
  );
  expect(outputOf(object)).toMatchObject({ to: { name: current } });
});

const untouched = { decision: 'Unchanged', reason: 'OtherOutput' };

test('M7: a clone that goes to the right place is left alone', () => {
  expect(outputOf(clone(current))).toEqual(untouched);
});

test.each([
  ['that somebody points elsewhere himself', { [buildManagedAnnotation]: 'false' }],
  ['of a Build in another namespace', { [buildDestinationAnnotation]: 'other/httpd:2.4' }],
  ['whose destination is none', { [buildDestinationAnnotation]: 'shop' }],
  ['whose destination is no tag', { [buildDestinationAnnotation]: 'shop/HTTPD:!' }],
])('M7: a clone %s is left alone', (_, annotations) => {
  expect(outputOf(clone(earlier, annotations))).toEqual(untouched);
});

test('M7: a Build to an image that is no clone is left alone, whatever it says of itself', () => {
  const annotations = { [buildManagedAnnotation]: 'true', [buildDestinationAnnotation]: 'shop/httpd:2.4' };
  const object = buildTo({ kind: 'DockerImage', name: earlier }, { metadata: { annotations } });
  expect(outputOf(object)).toEqual(untouched);
});

test('M7: the patch fits once, and then there is nothing left to do', () => {
  const object = clone(earlier);
  const decision = decide(object, 'shop', situation());
  if (decision.decision !== 'Rewritten') throw new Error(JSON.stringify(decision));
  expect(decide(applyPatch(object, decision.patch), 'shop', situation())).toEqual(untouched);
});
