import { describe, expect, test } from '@jest/globals';
import { admissionReach, builtInNamespacesReach, isBuiltInNamespace } from '../../src/api/index.js';
import { listSelection } from '../../src/desired/index.js';

const builtIn = [
  'default',
  'openshift',
  'management-infra',
  'kube-system',
  'kube-public',
  'kube-x',
  'openshift-builds',
];

describe('the reach of the webhook', () => {
  test('leaves out what an integration without lists leaves out, and nothing else', () => {
    const select = listSelection({});
    for (const name of [...builtIn, 'shop', 'kube', 'openshiftx', 'my-openshift-x', 'default-2']) {
      expect([name, isBuiltInNamespace(name)]).toEqual([name, !select(name).selected]);
    }
  });

  test('is the same for built-in namespaces, but for which they are', () => {
    const { namespaceSelector, matchConditions, ...everywhere } = admissionReach('Fail');
    const own = builtInNamespacesReach(['openshift', 'default'], 'Fail');
    expect(own).toMatchObject(everywhere);
    expect(own.namespaceSelector.matchExpressions).toEqual([
      { key: 'kubernetes.io/metadata.name', operator: 'In', values: ['default', 'openshift'] },
    ]);
    expect(namespaceSelector.matchExpressions).toMatchObject([{ operator: 'NotIn' }]);
    expect(own.matchConditions).toEqual(matchConditions.slice(1));
  });

  test('fails open unless somebody says otherwise, and is not asked about updates', () => {
    expect(admissionReach()).toMatchObject({
      failurePolicy: 'Ignore',
      sideEffects: 'None',
      rules: [{ operations: ['CREATE'] }],
    });
  });
});
