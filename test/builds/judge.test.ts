import { describe, expect, test } from '@jest/globals';
import { judge, type Situation } from '../../src/builds/index.js';
import { applyPatch } from './apply-patch.js';
import { build, builder, buildTo, situation } from './scene.js';

const managed = 'quay-registry-operator.quay.redhat.com/quay-registry-operator-managed';
const destination = 'quay-registry-operator.quay.redhat.com/destination-imagestream';

/** The Build as it is after its admission. */
function admitted(object: object, where: Situation = situation()): Record<string, Record<string, unknown>> {
  const judgement = judge(object, 'shop', where);
  if (judgement.decision !== 'Rewritten') throw new Error(JSON.stringify(judgement));
  return applyPatch(object, judgement.patch) as Record<string, Record<string, unknown>>;
}

describe('a Build that is rewritten', () => {
  test('gets the patch of the predecessor, in its order', () => {
    const object = buildTo(
      { kind: 'ImageStreamTag', name: 'httpd:2.4', namespace: 'shop' },
      { metadata: { annotations: { mine: 'yes' } } },
    );
    expect(judge(object, 'shop', situation())).toEqual({
      decision: 'Rewritten',
      image: 'quay.example.test:8443/openshift_shop/httpd:2.4',
      patch: [
        { op: 'replace', path: '/spec/output/to/kind', value: 'DockerImage' },
        { op: 'replace', path: '/spec/output/to/name', value: 'quay.example.test:8443/openshift_shop/httpd:2.4' },
        { op: 'remove', path: '/spec/output/to/namespace' },
        {
          op: 'add',
          path: '/metadata/annotations/quay-registry-operator.quay.redhat.com~1quay-registry-operator-managed',
          value: 'true',
        },
        {
          op: 'add',
          path: '/metadata/annotations/quay-registry-operator.quay.redhat.com~1destination-imagestream',
          value: 'shop/httpd:2.4',
        },
      ],
    });
  });

  test('keeps everything else', () => {
    const object = build('httpd:2.4', { metadata: { annotations: { mine: 'yes' }, labels: { app: 'x' } } });
    expect(admitted(object)).toEqual({
      ...object,
      metadata: {
        name: 'httpd-1',
        namespace: 'shop',
        labels: { app: 'x' },
        annotations: { mine: 'yes', [managed]: 'true', [destination]: 'shop/httpd:2.4' },
      },
      spec: {
        ...(object as { spec: object }).spec,
        output: { to: { kind: 'DockerImage', name: 'quay.example.test:8443/openshift_shop/httpd:2.4' } },
      },
    });
  });

  test('gets annotations where it has none', () => {
    const annotations = { [managed]: 'true', [destination]: 'shop/httpd:2.4' };
    expect(admitted(build()).metadata).toMatchObject({ annotations });
    expect(admitted(build('httpd:2.4', { metadata: { annotations: null } })).metadata).toMatchObject({ annotations });
    expect(admitted({ ...build(), metadata: undefined })).toMatchObject({ metadata: { annotations } });
  });

  test('goes to latest where it names no tag', () => {
    expect(admitted(build('httpd'))).toMatchObject({
      metadata: { annotations: { [destination]: 'shop/httpd:latest' } },
      spec: { output: { to: { name: 'quay.example.test:8443/openshift_shop/httpd:latest' } } },
    });
  });

  test('keeps its pushSecret, and then needs no robot', () => {
    const object = build('httpd:1', { spec: { serviceAccount: 'ci' }, output: { pushSecret: { name: 'mine' } } });
    expect(admitted({ ...object }, situation({ robots: {} })).spec).toMatchObject({ serviceAccount: 'ci' });
    const inPlace = build('httpd:1', { output: { pushSecret: { name: 'mine' } } });
    expect(admitted(inPlace).spec).toMatchObject({ output: { pushSecret: { name: 'mine' } } });
  });

  test('needs a robot for the service account that it names, or for builder', () => {
    const where = situation({ robots: { ci: { ...builder, name: 'ci' } } });
    expect(judge(build('a:1', { spec: { serviceAccount: 'ci' } }), 'shop', where)).toMatchObject({
      decision: 'Rewritten',
    });
    expect(judge(build('a:1', { spec: { serviceAccount: undefined } }), 'shop', where)).toMatchObject({
      reason: 'NoRobot',
    });
  });

  test('is not rewritten once more', () => {
    expect(judge(admitted(build()), 'shop', situation())).toEqual({ decision: 'Unchanged', reason: 'OtherOutput' });
  });

  test('may have the Docker strategy', () => {
    const object = build('a:1', { spec: { strategy: { type: 'Docker', dockerStrategy: {} } } });
    expect(judge(object, 'shop', situation())).toMatchObject({ decision: 'Rewritten' });
  });
});

describe('a Build of no concern', () => {
  const cases: [string, unknown, string][] = [
    ['no object at all', null, 'NotABuild'],
    ['a list', [], 'NotABuild'],
    ['annotations that are a text', build('a:1', { metadata: { annotations: 'x' } }), 'NotABuild'],
    ['no spec', { metadata: {} }, 'OtherStrategy'],
    ['no strategy', build('a:1', { spec: { strategy: undefined } }), 'OtherStrategy'],
    ['the custom strategy', build('a:1', { spec: { strategy: { customStrategy: {} } } }), 'OtherStrategy'],
    ['a pipeline', build('a:1', { spec: { strategy: { jenkinsPipelineStrategy: {} } } }), 'OtherStrategy'],
    ['no output', build('a:1', { spec: { output: undefined } }), 'OtherOutput'],
    ['an empty output', build('a:1', { spec: { output: {} } }), 'OtherOutput'],
    ['an image as output', buildTo({ kind: 'DockerImage', name: 'registry.example.test/a:1' }), 'OtherOutput'],
    ['an image stream image', buildTo({ kind: 'ImageStreamImage', name: 'a@sha256:00' }), 'OtherOutput'],
  ];

  test.each(cases)('%s: unchanged, without a word', (_, object, reason) => {
    expect(judge(object, 'shop', situation())).toEqual({ decision: 'Unchanged', reason });
  });

  test('one in a namespace that nobody selects, at once and without a word', () => {
    expect(judge(build(), 'shop', {})).toEqual({ decision: 'Unchanged', reason: 'NotSelected' });
    expect(judge(build(':::'), 'shop', {})).toEqual({ decision: 'Unchanged', reason: 'NotSelected' });
  });
});

describe('a Build that is left as it is, with a warning that names the field', () => {
  const elsewhere = buildTo({ kind: 'ImageStreamTag', name: 'a:1', namespace: 'images' });
  const cases: [string, unknown, Situation, string, RegExp][] = [
    ['output elsewhere', elsewhere, situation(), 'OtherNamespace', /spec\.output\.to\.namespace is "images"/],
    [
      'no robot',
      build('a:1', { spec: { serviceAccount: 'ci' } }),
      situation(),
      'NoRobot',
      /"ci".*spec\.serviceAccount/,
    ],
    [
      'a robot that only reads',
      build('a:1', { spec: { serviceAccount: 'default' } }),
      situation(),
      'RobotMayNotPush',
      /"default" may not push; name another spec\.serviceAccount or a pushSecret/,
    ],
    [
      'a name too long for Quay',
      build(`${'a'.repeat(250)}:1`),
      situation(),
      'InvalidOutput',
      /spec\.output\.to\.name is too long/,
    ],
    ...['a/b:1', 'a@sha256:0123', 'a:b:c', ':1', 'a:', 'ä:1', 'a:ä', 'A:1', ' a:1', `a:${'t'.repeat(129)}`, ''].map(
      (name): [string, unknown, Situation, string, RegExp] => [
        `the name ${name.slice(0, 20)}`,
        build(name),
        situation(),
        'InvalidOutput',
        /spec\.output\.to\.name ".*" is no image stream tag/,
      ],
    ),
  ];

  test.each(cases)('%s', (_, object, where, reason, words) => {
    const judgement = judge(object, 'shop', where);
    expect(judgement).toMatchObject({ decision: 'Unchanged', reason });
    expect((judgement as { warning: string }).warning).toMatch(words);
    expect((judgement as { warning: string }).warning.length).toBeLessThanOrEqual(256);
  });
});

describe('a Build that waits', () => {
  const cases: [string, Situation, string, RegExp, boolean][] = [
    [
      'lists that are not read yet',
      { unknown: 'namespaces have not been listed yet' },
      'StateUnknown',
      /listed/,
      false,
    ],
    ['a suspended integration', situation({ integration: { suspended: true } }), 'Suspended', /spec\.suspend/, true],
    [
      'an integration without a host',
      situation({ integration: { registry: { fault: 'quayHostname is empty' } } }),
      'IntegrationInvalid',
      /quayHostname/,
      true,
    ],
    ['no organization', situation({ without: 'organization' }), 'OrganizationMissing', /no organization/, false],
    [
      'no organization, and no way to one',
      situation({ without: 'organization', integration: { stalled: 'TokenRejected' } }),
      'OrganizationMissing',
      /TokenRejected/,
      true,
    ],
    ['one that is not in Quay', situation({ organization: { exists: false } }), 'OrganizationMissing', /not in/, false],
    [
      'one that is not ours',
      situation({ organization: { exists: false, stalled: 'OrganizationNotOurs' } }),
      'OrganizationStalled',
      /OrganizationNotOurs/,
      true,
    ],
    [
      'one that is still on another Quay',
      situation({ organization: { registry: 'old.example.test' } }),
      'RegistryChanged',
      /not yet on "quay\.example\.test:8443"/,
      false,
    ],
    [
      'a robot that is not there yet',
      situation({ robots: { builder: { ...builder, ready: false, message: 'no token yet' } } }),
      'RobotNotReady',
      /"openshift_shop\+builder" is not ready yet \(no token yet\)/,
      false,
    ],
    [
      'an account that is not linked yet',
      situation({ robots: { builder: { ...builder, linked: false } } }),
      'PullSecretNotLinked',
      /"builder" does not list its pull secret/,
      false,
    ],
  ];

  test.each(cases)('for %s', (_, where, reason, words, stuck) => {
    const judgement = judge(build(), 'shop', where);
    expect(judgement).toMatchObject({ decision: 'Waiting', reason, stuck });
    expect((judgement as { missing: string }).missing).toMatch(words);
  });

  test('never where it is complete, whatever else is wrong', () => {
    const where = situation({ organization: { stalled: 'QuotaRefused' }, integration: { ready: false } });
    expect(judge(build(), 'shop', where)).toMatchObject({ decision: 'Rewritten' });
  });

  test('for its organization alone where it brings a pushSecret', () => {
    const own = build('a:1', { output: { pushSecret: { name: 'mine' } } });
    expect(judge(own, 'shop', situation({ organization: { exists: false } }))).toMatchObject({
      reason: 'OrganizationMissing',
    });
  });
});
