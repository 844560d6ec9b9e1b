import { describe, expect, test } from '@jest/globals';
import { labelSelection, listSelection, readiness, selection } from '../../src/desired/index.js';
import { namespace } from '../fixtures/snapshot.js';

const lists = (allow: string[], deny: string[]) => ({ allowlistNamespaces: allow, denylistNamespaces: deny });

describe('listSelection', () => {
  test.each([
    ['a plain namespace is in', 'web', [], [], undefined],
    ['a denied namespace is out', 'web', [], ['web'], 'NamespaceDenied'],
    ['denying is stronger than allowing', 'web', ['web'], ['web'], 'NamespaceDenied'],
    ['default is built in', 'default', [], [], 'NamespaceBuiltIn'],
    ['openshift is built in', 'openshift', [], [], 'NamespaceBuiltIn'],
    ['management-infra is built in', 'management-infra', [], [], 'NamespaceBuiltIn'],
    ['openshift-* is built in', 'openshift-ingress', [], [], 'NamespaceBuiltIn'],
    ['kube-* is built in', 'kube-system', [], [], 'NamespaceBuiltIn'],
    ['openshiftish is not', 'openshiftish', [], [], undefined],
    ['allowing brings a built-in one back', 'openshift-ingress', ['openshift-ingress'], [], undefined],
    ['a built-in one is out before the allow list is asked', 'default', ['web'], [], 'NamespaceBuiltIn'],
    ['with an allow list only its names are in', 'other', ['web'], [], 'NamespaceNotAllowed'],
    ['a name on the allow list is in', 'web', ['web'], [], undefined],
  ])('%s', (_case, name, allow, deny, reason) => {
    const decision = listSelection(lists(allow, deny))(name);
    expect(decision.selected ? undefined : decision.reason).toBe(reason);
  });

  test('absent lists are empty lists', () => {
    expect(listSelection({})('web')).toEqual({ selected: true });
  });
});

describe('labelSelection', () => {
  const labels = { team: 'web', stage: 'prod' };
  const requirement = (operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist', key: string, ...values: string[]) => ({
    matchExpressions: [{ key, operator, values }],
  });

  test.each([
    ['no selector', undefined, true],
    ['an empty selector', {}, true],
    ['an equal label', { matchLabels: { team: 'web' } }, true],
    ['another value', { matchLabels: { team: 'data' } }, false],
    ['In', requirement('In', 'stage', 'test', 'prod'), true],
    ['In without the label', requirement('In', 'zone', 'a'), false],
    ['NotIn', requirement('NotIn', 'stage', 'prod'), false],
    ['NotIn without the label', requirement('NotIn', 'zone', 'a'), true],
    ['Exists', requirement('Exists', 'team'), true],
    ['Exists without the label', requirement('Exists', 'toString'), false],
    ['DoesNotExist', requirement('DoesNotExist', 'team'), false],
    ['DoesNotExist without the label', requirement('DoesNotExist', 'zone'), true],
  ])('%s', (_case, selector, selected) => {
    expect(labelSelection(selector)(labels).selected).toBe(selected);
  });

  test('names what is not met', () => {
    expect(labelSelection(requirement('In', 'stage', 'test'))(labels)).toEqual({
      selected: false,
      reason: 'LabelsDoNotMatch',
      message: 'does not meet stage In (test) of namespaceSelector',
    });
  });
});

test('lists and labels must both agree, an allowed name included', () => {
  const select = selection({ ...lists(['web'], []), namespaceSelector: { matchLabels: { quay: 'yes' } } });
  expect(select(namespace('web', { labels: { quay: 'yes' } })).selected).toBe(true);
  expect(select(namespace('web')).selected).toBe(false);
  expect(select(namespace('other', { labels: { quay: 'yes' } })).selected).toBe(false);
});

describe('readiness', () => {
  const project = { 'openshift.io/display-name': '', 'openshift.io/description': 'x' };

  test.each([
    ['a plain namespace is ready', {}, true],
    ['a project without its security range is not', project, false],
    ['a project with it is', { ...project, 'openshift.io/sa.scc.mcs': 's0:c1,c2' }, true],
    ['a display name alone does not make a project', { 'openshift.io/display-name': 'x' }, true],
  ])('%s', (_case, annotations, ready) => {
    expect(readiness(namespace('web', { annotations })).selected).toBe(ready);
  });
});
