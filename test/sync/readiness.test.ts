import { describe, expect, test } from '@jest/globals';
import { resourceTypes } from '../../src/kube/index.js';
import { applySetId, readinessOf } from '../../src/sync/index.js';

const condition = (type: string, status = 'True', reason = ''): object => ({ type, status, reason });
const of = (apiVersion: string, kind: string, status: object, spec: object = {}, metadata: object = {}) =>
  readinessOf({ apiVersion, kind, metadata: { generation: 2, ...metadata }, spec, status });

describe('an object is ready', () => {
  const rolledOut = { observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2 };
  const cases: readonly [string, ReturnType<typeof of>, string][] = [
    ['of a kind without a status', readinessOf({ apiVersion: 'v1', kind: 'ConfigMap', metadata: {} }), 'Current'],
    ['that is being deleted', of('v1', 'ConfigMap', {}, {}, { deletionTimestamp: 'now' }), 'InProgress'],
    ['whose status is of an earlier generation', of('x/v1', 'X', { observedGeneration: 1 }), 'InProgress'],
    ['that is reconciling', of('x/v1', 'X', { conditions: [condition('Reconciling')] }), 'InProgress'],
    ['that is stalled', of('x/v1', 'X', { conditions: [condition('Stalled')] }), 'Failed'],
    ['that is not ready', of('x/v1', 'X', { conditions: [condition('Ready', 'False')] }), 'InProgress'],
    ['that is ready', of('x/v1', 'X', { conditions: [condition('Ready')] }), 'Current'],
    ['that was just created', of('apps/v1', 'Deployment', {}), 'InProgress'],
    ['that is rolled out', of('apps/v1', 'Deployment', rolledOut, { replicas: 2 }), 'Current'],
    ['with an old replica', of('apps/v1', 'Deployment', { ...rolledOut, replicas: 3 }, { replicas: 2 }), 'InProgress'],
    [
      'that did not roll out in time',
      of('apps/v1', 'Deployment', { conditions: [condition('Progressing', 'False', 'ProgressDeadlineExceeded')] }),
      'Failed',
    ],
    [
      'that replaces its pods',
      of('apps/v1', 'StatefulSet', {
        observedGeneration: 2,
        readyReplicas: 1,
        updateRevision: 'b',
        currentRevision: 'a',
      }),
      'InProgress',
    ],
    ['that has its pods', of('apps/v1', 'StatefulSet', { observedGeneration: 2, readyReplicas: 1 }), 'Current'],
    [
      'that runs on every node',
      of('apps/v1', 'DaemonSet', { desiredNumberScheduled: 1, updatedNumberScheduled: 1, numberAvailable: 1 }),
      'Current',
    ],
    ['that was not scheduled yet', of('apps/v1', 'DaemonSet', {}), 'InProgress'],
    ['that runs', of('batch/v1', 'Job', { active: 1 }), 'InProgress'],
    ['that is complete', of('batch/v1', 'Job', { conditions: [condition('Complete')] }), 'Current'],
    ['that failed', of('batch/v1', 'Job', { conditions: [condition('Failed')] }), 'Failed'],
    ['that is pending', of('v1', 'PersistentVolumeClaim', { phase: 'Pending' }), 'InProgress'],
    ['that is bound', of('v1', 'PersistentVolumeClaim', { phase: 'Bound' }), 'Current'],
    ['that waits for its address', of('v1', 'Service', { loadBalancer: {} }, { type: 'LoadBalancer' }), 'InProgress'],
    ['that needs no address', of('v1', 'Service', {}, { type: 'ClusterIP' }), 'Current'],
    [
      'that is established',
      of('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
        conditions: [condition('NamesAccepted'), condition('Established')],
      }),
      'Current',
    ],
    [
      'whose names are taken',
      of('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { conditions: [condition('NamesAccepted', 'False')] }),
      'Failed',
    ],
  ];
  test.each(cases)('%s: %s', (_, found, expected) => {
    expect(found).toBe(expected);
  });
});

test('the id of an ApplySet is the one that kubectl computes', () => {
  // sha256 of `inventory.shop.ConfigMap.`, as base64 for URLs.
  expect(applySetId({ type: resourceTypes.configMap, named: { namespace: 'shop', name: 'inventory' } })).toBe(
    'applyset-ndYcDPX1Oo9caq8snn5FJBHbjYJWfeghaf92aDi9G98-v1',
  );
});
