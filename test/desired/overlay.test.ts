import { describe, expect, test } from '@jest/globals';
import { asPrevious, cluster, documentOf, namespace, rendered, streams } from '../fixtures/snapshot.js';

const live = cluster([namespace('web'), namespace('secret')], streams('web/app'));
const plain = rendered({ cluster: live });
const withOverlay = (value: unknown, name = 'web') => rendered({ cluster: live, overlays: new Map([[name, value]]) });

/** Path and words of what is wrong with an overlay for `web`. */
const faults = (value: unknown): string[] =>
  withOverlay(value).problems.map(
    ({ path, message, hint }) => `${path}: ${message}${hint === undefined ? '' : ` (${hint})`}`,
  );

describe('an overlay', () => {
  test('adds to the derived document, lists by name, sorted, with defaults filled in', () => {
    const rendering = withOverlay({
      spec: {
        email: 'web@example.com',
        teams: [
          { name: 'web-team', members: ['ada'] },
          { name: 'auditors', role: 'admin' },
        ],
        robots: [
          { name: 'builder', description: 'builds' },
          { name: 'ci', role: 'write' },
        ],
        repositories: [
          { name: 'app', visibility: 'public' },
          { name: 'aaa', description: 'first' },
        ],
      },
    });
    expect(rendering.problems).toEqual([]);
    expect(documentOf(rendering, 'web').spec).toMatchObject({
      email: 'web@example.com',
      teams: [
        { name: 'auditors', role: 'admin' },
        { name: 'web-team', role: 'member', members: ['ada'] },
      ],
      robots: [
        { name: 'builder', role: 'write', description: 'builds', pullSecret: { serviceAccount: 'builder' } },
        { name: 'ci', role: 'write' },
        { name: 'default' },
        { name: 'deployer' },
      ],
      repositories: [
        { name: 'aaa', description: 'first' },
        { name: 'app', source: 'ImageStream', visibility: 'public' },
      ],
    });
  });

  test('may be a whole document that repeats what is derived, and may add annotations', () => {
    const { apiVersion, kind, metadata, spec } = documentOf(plain, 'web');
    const rendering = withOverlay({ apiVersion, kind, metadata: { ...metadata, annotations: { note: 'x' } }, spec });
    expect(rendering.problems).toEqual([]);
    expect(documentOf(rendering, 'web')).toEqual({
      apiVersion,
      kind,
      metadata: { ...metadata, annotations: { note: 'x' } },
      spec,
    });
  });

  test.each<{ readonly value: unknown }>([
    { value: null },
    { value: {} },
    { value: { spec: {} } },
    { value: { spec: null } },
  ])('that says nothing changes nothing: %j', ({ value }) => {
    expect(withOverlay(value).documents).toEqual(plain.documents);
  });

  test('may weaken a robot, and may change the policies', () => {
    const { spec } = documentOf(
      withOverlay({ spec: { deletionPolicy: 'Retain', robots: [{ name: 'builder', role: null }] } }),
      'web',
    );
    expect(spec.deletionPolicy).toBe('Retain');
    expect(spec.robots[0]).toEqual({
      name: 'builder',
      pullSecret: { name: 'builder-quay-openshift', serviceAccount: 'builder' },
    });
  });

  const pullSecret = { name: 'x', serviceAccount: 'y' };
  test.each([
    [
      { spec: { name: 'openshift_secret' } },
      'spec.name: an overlay may not change it (it is openshift_web; leave it out)',
    ],
    [{ spec: { namespace: 'secret' } }, 'spec.namespace: an overlay may not change it (it is web; leave it out)'],
    [{ spec: { namespace: null } }, 'spec.namespace: an overlay may not change it (it is web; leave it out)'],
    [{ spec: { integration: 'other' } }, 'spec.integration: an overlay may not change it (it is quay; leave it out)'],
    [
      { spec: { robots: [{ name: 'builder', pullSecret }] } },
      'spec.robots[0].pullSecret: an overlay may not change it (leave it out)',
    ],
    [
      { spec: { robots: [{ name: 'builder', pullSecret: null }] } },
      'spec.robots[0].pullSecret: an overlay may not change it (leave it out)',
    ],
    [
      { spec: { robots: [{ name: 'pipeline', pullSecret: { ...pullSecret, serviceAccount: 'pipeline' } }] } },
      'spec.robots[0].pullSecret.name: is x (here it has to be pipeline-quay-openshift)',
    ],
    [
      { spec: { repositories: [{ name: 'x', source: 'ImageStream' }] } },
      'spec.repositories[0].source: an overlay may not change it (leave it out)',
    ],
    [
      { spec: { repositories: [{ name: 'app', source: null }] } },
      'spec.repositories[0].source: an overlay may not change it (it is ImageStream; leave it out)',
    ],
    [{ spec: { robots: null } }, 'spec.robots: an overlay may add to it, not remove it (leave it out)'],
    [{ spec: { repositories: null } }, 'spec.repositories: an overlay may add to it, not remove it (leave it out)'],
    [{ metadata: { name: 'x' } }, 'metadata.name: an overlay may not change it (it is openshift.web; leave it out)'],
    [
      { metadata: { labels: { 'app.kubernetes.io/managed-by': null } } },
      'metadata.labels["app.kubernetes.io/managed-by"]: an overlay may not change it (it is quayside; leave it out)',
    ],
    [{ spec: { team: [] } }, 'spec.team: unknown field (did you mean teams?)'],
    [{ teams: [{ name: 'aa' }] }, 'teams: unknown field (write it below spec: spec.teams)'],
    [
      { spec: { repositories: [{ name: 'zz' }, { name: 'aa', visibilty: 'public' }] } },
      'spec.repositories[1].visibilty: unknown field (did you mean visibility?)',
    ],
    [
      { spec: { repositories: [{ name: 'zz' }, { name: 'zz' }] } },
      'spec.repositories[1]: zz is already at spec.repositories[0]',
    ],
    [{ kind: 'QuayOrganisation' }, 'kind: must be QuayOrganization'],
    ['just text', ': must be a mapping, not text'],
    [[], ': must be a mapping, not a list'],
  ])('%j is refused', (value, fault) => {
    expect(faults(value)).toEqual([fault]);
  });

  test('that breaks the schema and changes what it may not has both told, each once and in its place', () => {
    expect(faults({ spec: { robots: ['text', { name: 'builder', pullSecret }] } })).toEqual([
      'spec.robots[0]: must be a mapping, not text',
      'spec.robots[1].pullSecret: an overlay may not change it (leave it out)',
    ]);
    expect(faults({ metadata: { name: 7 } })).toEqual([expect.stringMatching(/^metadata\.name: must be/)]);
  });

  test('that is broken keeps the previous document, and names its file', () => {
    const wide = withOverlay({ spec: { teams: [{ name: 'web-team' }] } });
    const broken = rendered({
      cluster: cluster([namespace('web'), namespace('secret')]),
      overlays: new Map([['web', { spec: { teams: [{ nam: 'web-team' }] } }]]),
      previous: asPrevious(wide),
    });
    expect(broken.documents.find((document) => document.namespace === 'web')).toEqual({
      ...wide.documents.find((document) => document.namespace === 'web'),
      kept: true,
    });
    expect(broken.problems[0]).toMatchObject({
      namespace: 'web',
      reason: 'OverlayInvalid',
      source: 'clusters/openshift/overlays/web.yaml',
    });
    expect(broken.leftOut).toMatchObject([{ namespace: 'web', reason: 'OverlayInvalid' }]);
  });

  test('that is broken from the start gives no document, and the others go on', () => {
    const broken = withOverlay({ spec: { teams: 3 } });
    expect(broken.documents.map((document) => document.namespace)).toEqual(['secret']);
  });

  test('for a namespace that is not there or not selected is a problem', () => {
    const overlays = new Map([
      ['wbe', { spec: {} }],
      ['kube-system', { spec: {} }],
      ['theirs', { spec: {} }],
      ['empty', null],
    ]);
    const { problems } = rendered({
      cluster: cluster([namespace('web'), namespace('kube-system')]),
      claimed: new Map([['theirs', 'other']]),
      overlays,
    });
    expect(problems.map(({ source, message, reason }) => [source, message, reason])).toEqual([
      [
        'clusters/openshift/overlays/kube-system.yaml',
        'the namespace kube-system belongs to the platform; allowlistNamespaces can bring it in, so nothing uses this overlay',
        'OverlayInvalid',
      ],
      ['clusters/openshift/overlays/wbe.yaml', 'there is no namespace wbe', 'OverlayInvalid'],
    ]);
  });

  test('for a namespace that could not be looked at is no problem', () => {
    const dark = { ...live, namespaces: { known: false, reason: '503' } as const };
    expect(rendered({ cluster: dark, overlays: new Map([['wbe', { spec: {} }]]) }).problems).toEqual([]);
  });

  test('cannot reach the prototype', () => {
    const value: unknown = JSON.parse('{"spec":{"__proto__":{"polluted":true},"email":"a@b"}}');
    withOverlay(value);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });
});
