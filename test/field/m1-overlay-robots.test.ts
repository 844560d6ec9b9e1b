import { describe, expect, test } from '@jest/globals';
import { wrongNames } from '../../src/desired/stated-names.js';
import { clusterId, robotName } from '../../src/names/index.js';
import { cluster, documentOf, namespace, rendered, streams } from '../fixtures/snapshot.js';

const live = cluster([namespace('web')], streams('web/app'));
const withRobots = (...robots: readonly object[]) =>
  rendered({ cluster: live, overlays: new Map([['web', { spec: { robots } }]]) });
const robotsOf = (...robots: readonly object[]) => documentOf(withRobots(...robots), 'web').spec.robots;

describe('M1: an overlay adds a robot for a service account', () => {
  test('M1: by the account alone, and the names follow from it', () => {
    const rendering = withRobots({ role: 'write', pullSecret: { serviceAccount: 'pipeline' } });
    expect(rendering.problems).toEqual([]);
    const document = documentOf(rendering, 'web');
    expect(document.spec.robots).toContainEqual({
      name: 'pipeline',
      role: 'write',
      pullSecret: { name: 'pipeline-quay-openshift', serviceAccount: 'pipeline' },
    });
    // What the operator holds every document against before it gives a token away.
    expect(wrongNames(document, clusterId('openshift'))).toEqual([]);
  });

  test('M1: also one whose name Quay does not take', () => {
    const [robot] = robotsOf({ role: 'read', pullSecret: { serviceAccount: 'a' } });
    expect(robot).toMatchObject({ name: robotName('a'), pullSecret: { name: 'a-quay-openshift' } });
  });

  test('M1: with the names that it has anyway', () => {
    const pullSecret = { name: 'pipeline-quay-openshift', serviceAccount: 'pipeline' };
    expect(robotsOf({ name: 'pipeline', pullSecret })).toContainEqual({ name: 'pipeline', pullSecret });
  });

  test('M1: and changes the role of one that the integration brings, naming it by its account', () => {
    const [builder] = robotsOf({ role: 'admin', pullSecret: { serviceAccount: 'builder' } });
    expect(builder).toMatchObject({ name: 'builder', role: 'admin', pullSecret: { name: 'builder-quay-openshift' } });
  });

  test.each([
    [{ name: 'mine', pullSecret: { serviceAccount: 'pipeline' } }, 'name', 'is mine', 'here it has to be pipeline'],
    [
      { pullSecret: { name: 'bootstrap-token', serviceAccount: 'pipeline' } },
      'pullSecret.name',
      'is bootstrap-token',
      'here it has to be pipeline-quay-openshift',
    ],
    [
      { name: 'builder', pullSecret: { serviceAccount: 'pipeline' } },
      'pullSecret',
      'may not change it',
      'leave it out',
    ],
    [{ name: 'second', pullSecret: { serviceAccount: 'builder' } }, 'name', 'is second', 'here it has to be builder'],
  ])('M1: but not under a name of his choice: %j', (robot, path, message, hint) => {
    expect(withRobots(robot).problems).toContainEqual(
      expect.objectContaining({
        path: `spec.robots[0].${path}`,
        message: expect.stringContaining(message),
        hint: expect.stringContaining(hint),
        reason: 'OverlayInvalid',
      }),
    );
  });

  test.each([[{ pullSecret: {} }], [{ pullSecret: { serviceAccount: 7 } }], [{ name: 'x', pullSecret: 'pipeline' }]])(
    'M1: what is no account is told by the schema: %j',
    (robot) => {
      expect(withRobots(robot).problems.length).toBeGreaterThan(0);
    },
  );
});
