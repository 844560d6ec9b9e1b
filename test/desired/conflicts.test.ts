import { expect, test } from '@jest/globals';
import { type QuayOrganization } from '../../src/api/index.js';
import { conflicts, documentProblems } from '../../src/desired/index.js';
import { cluster, documentOf, integration, namespace, rendered } from '../fixtures/snapshot.js';

const web = documentOf(rendered({ cluster: cluster([namespace('web')]) }), 'web');
const place = (source: string, organization: QuayOrganization) => ({ source, organization });
const persons = (spec: Partial<QuayOrganization['spec']>, name = 'mine'): QuayOrganization => ({
  ...web,
  metadata: { name },
  spec: { ...web.spec, ...spec },
});

test('documents of different organizations do not conflict', () => {
  expect(conflicts([place('a', web), place('b', persons({ name: 'other' }))])).toEqual([]);
});

test('two documents for one organization conflict, and both are named', () => {
  expect(conflicts([place('b.yaml', persons({})), place('a.yaml', web)])).toEqual([
    {
      reason: 'Conflict',
      claim: 'organization',
      name: 'openshift_web',
      sources: ['a.yaml', 'b.yaml'],
      message: "the organization openshift_web is claimed by a.yaml and b.yaml (a person's)",
    },
  ]);
});

test('two documents of one object name conflict', () => {
  const other = persons({ name: 'other' }, web.metadata.name);
  expect(conflicts([place('a', web), place('b', other)])).toMatchObject([{ claim: 'object', name: 'openshift.web' }]);
});

test('one name on two registries is no conflict, on one registry it is', () => {
  const documents = [place('a', web), place('b', persons({ integration: 'second' }))];
  expect(conflicts(documents)).toEqual([]);
  expect(conflicts(documents, () => 'quay.example.com')).toHaveLength(1);
});

const context = {
  integrations: new Map([['quay', integration({ denylistNamespaces: ['secret'] })]]),
  namespace: (name: string) => (['web', 'secret'].includes(name) ? namespace(name) : undefined),
};

test.each([
  ['selected', { namespace: 'web' }, []],
  ['without a namespace and pull secrets', { namespace: undefined, robots: [{ name: 'ci' }] }, []],
  ['gone', { namespace: 'gone', name: 'openshift_gone' }, []],
  [
    'selected, of another name, without pull secrets',
    { namespace: 'web', name: 'other', robots: [{ name: 'ci' }] },
    [],
  ],
  ['with pull secrets and another name', { namespace: 'web', name: 'other' }, ['DocumentInvalid spec.name: is other']],
  [
    'with the pull secret of another robot',
    { robots: [{ name: 'ci', pullSecret: { name: 'ci-quay-openshift', serviceAccount: 'builder' } }] },
    [
      'DocumentInvalid spec.robots[0].name: is ci',
      'DocumentInvalid spec.robots[0].pullSecret.name: is ci-quay-openshift',
    ],
  ],
  [
    'not selected',
    { namespace: 'secret' },
    ['NamespaceNotSelected spec.namespace: the integration quay does not select secret: it is on denylistNamespaces'],
  ],
  [
    'of an unknown integration',
    { integration: 'quya' },
    ['IntegrationGone spec.integration: there is no QuayIntegration quya'],
  ],
  [
    'with a pull secret for nowhere',
    { namespace: undefined, robots: [{ name: 'ci', pullSecret: { name: 'x', serviceAccount: 'y' } }] },
    ['InvalidInput spec.robots[0].pullSecret: has no namespace to go to'],
  ],
])('a person’s document %s', (_case, spec, faults) => {
  expect(
    documentProblems(persons(spec), context).map(({ reason, path, message }) => `${reason} ${path}: ${message}`),
  ).toEqual(faults);
});

test.each([
  ['as it is', {}, {}, []],
  ['for another object', { name: 'openshift.other' }, {}, ['metadata.name']],
  ['for another organization', {}, { name: 'openshift_other' }, ['spec.name']],
  ['for another namespace', {}, { namespace: 'gone' }, ['metadata.name', 'spec.name']],
  ['for no namespace', {}, { namespace: undefined, robots: [] }, ['spec.namespace']],
])('S20: a document with our labels, %s, is checked as any other', (_case, metadata, spec, paths) => {
  const document = { ...web, metadata: { ...web.metadata, ...metadata }, spec: { ...web.spec, ...spec } };
  expect(documentProblems(document, context).map(({ path }) => path)).toEqual(paths);
});
