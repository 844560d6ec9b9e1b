import { describe, expect, test } from '@jest/globals';
import { decide } from '../../src/builds/index.js';
import { buildRecord } from '../../src/builds/import-record.js';
import { shouldReport } from '../../src/builds/missed-build.js';
import { integrationRecord } from '../../src/webhook/integration-record.js';
import { organizationRecord } from '../../src/webhook/organization-record.js';
import { imageStreamRecord } from '../../src/kube/index.js';
import { build, situation } from '../fixtures/builds/decisions.js';
import { asPrevious, cluster, documentOf, integration, namespace, rendered } from '../fixtures/snapshot.js';

const imageStreamSelector = { matchExpressions: [{ key: 'quay', operator: 'NotIn', values: ['no'] }] };
const stream = (name: string, labels: Record<string, string> = {}) =>
  imageStreamRecord({ metadata: { namespace: 'shop', name, labels } });
const repositoriesOf = (...images: ReturnType<typeof stream>[]) => {
  const rendering = rendered({
    integration: integration({ imageStreamSelector }),
    cluster: cluster([namespace('shop')], images),
    overlays: new Map([['shop', { spec: { repositories: [{ name: 'charts' }] } }]]),
  });
  return { rendering, names: documentOf(rendering, 'shop').spec.repositories.map(({ name }) => name) };
};

describe('M6: a selector for image streams', () => {
  test('M6: those that it leaves out become no repositories; what an overlay names does', () => {
    const { names } = repositoriesOf(stream('web'), stream('postgresql', { quay: 'no' }));
    expect(names).toEqual(['charts', 'web']);
  });

  test('M6: an image stream that loses its label loses its repository in the document', () => {
    const { rendering } = repositoriesOf(stream('web'), stream('redis'));
    const later = rendered({
      integration: integration({ imageStreamSelector }),
      cluster: cluster([namespace('shop')], [stream('web'), stream('redis', { quay: 'no' })]),
      previous: asPrevious(rendering),
    });
    expect(documentOf(later, 'shop').spec.repositories).toEqual([{ name: 'web', source: 'ImageStream' }]);
  });

  test('M6: without one, all become repositories', () => {
    const all = rendered({ cluster: cluster([namespace('shop')], [stream('a'), stream('b', { quay: 'no' })]) });
    expect(documentOf(all, 'shop').spec.repositories).toHaveLength(2);
  });
});

describe('M6: a build into an image stream without a repository', () => {
  const selecting = { selectsStreams: true };
  const where = situation({ integration: selecting, organization: { repositories: ['web', 'charts'] } });

  test('M6: keeps its output, with a warning that says what to do', () => {
    expect(decide(build('postgresql:16'), 'shop', where)).toMatchObject({
      decision: 'Unchanged',
      reason: 'RepositoryNotDeclared',
      warning: expect.stringMatching(/"postgresql" has no repository; .*imageStreamSelector.*overlay/),
    });
    expect(decide(build('web:1'), 'shop', where)).toMatchObject({ decision: 'Rewritten' });
    const unselective = situation({ organization: { repositories: [] } });
    expect(decide(build('postgresql:16'), 'shop', unselective)).toMatchObject({ decision: 'Rewritten' });
  });

  test('M6: and one into a new namespace as well: nobody knows yet what will be declared', () => {
    const early = situation({ integration: selecting, without: 'organization' });
    expect(decide(build('web:1'), 'shop', early)).toMatchObject({ reason: 'RepositoryNotDeclared' });
  });

  test('M6: is reported only where there is a repository by now', () => {
    const left = build('web:1', {
      metadata: { annotations: { 'quayside.dev/admission': 'httpd-1:RepositoryNotDeclared' } },
    });
    const record = buildRecord({ ...left, status: { phase: 'Complete' } });
    const facts = { since: undefined, selected: true, mayPush: () => true };
    expect(record.missed).toMatchObject({ why: 'RepositoryNotDeclared', stream: 'web' });
    expect(shouldReport(record, { ...facts, takes: () => false })).toBe(false);
    expect(shouldReport(record, undefined)).toBe(false);
    expect(shouldReport(record, { ...facts, takes: (name) => name === 'web' })).toBe(true);
  });

  test('M6: the webhook reads both from the objects', () => {
    const { facts } = integrationRecord({ ...integration({ imageStreamSelector }) });
    expect(facts.selectsStreams).toBe(true);
    expect(integrationRecord({ ...integration() }).facts.selectsStreams).toBeUndefined();
    const spec = { name: 'openshift_shop', repositories: [{ name: 'web', source: 'ImageStream' }, { name: 'charts' }] };
    expect(organizationRecord({ metadata: { name: 'x' }, spec }).facts.repositories).toEqual(['web', 'charts']);
  });
});
