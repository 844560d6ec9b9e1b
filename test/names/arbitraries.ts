import fc from 'fast-check';
import { clusterId } from '../../src/names/index.js';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** What Kubernetes takes as a namespace, rich in hyphens. */
export const namespace: fc.Arbitrary<string> = fc.oneof(
  fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/),
  fc.stringMatching(/^[ab](?:[ab-]{0,6}[ab])?$/),
  fc.constantFrom(...letters, 'a--b', 'xn--p1ai', 'team---x', 'e2e-demo', 'a'.repeat(63)),
);

/** What Kubernetes takes as the name of a service account. */
export const serviceAccount: fc.Arbitrary<string> = fc.oneof(
  namespace,
  fc.constantFrom('builder', 'default', 'deployer', 'pipeline.runner', 'a.b-c', 'x'.repeat(253), `${'y'.repeat(252)}z`),
  fc.array(namespace, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.')),
);

/** Anything that somebody could write as a cluster ID and that `clusterId` takes. */
export const clusterIdText: fc.Arbitrary<string> = fc
  .oneof(
    fc.constantFrom(
      'openshift',
      'Prod',
      'prod_',
      'prod-',
      'eu.west',
      'a__b',
      'my cluster',
      'ÅÄÖ',
      'q',
      '../up',
      '\u212a',
      'Σ',
    ),
    fc.string({ minLength: 1, maxLength: 40 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  )
  .filter(isTaken);

function isTaken(text: string): boolean {
  try {
    return clusterId(text) !== '';
  } catch {
    return false;
  }
}
