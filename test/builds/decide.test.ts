import { describe, expect, test } from '@jest/globals';
import { decide, type Situation } from '../../src/builds/index.js';
import { applyPatch } from '../support/apply-patch.js';
import { build, builder, buildTo, robots, situation } from '../fixtures/builds/decisions.js';

const managed = 'quay-registry-operator.quay.redhat.com/quay-registry-operator-managed';
const destination = 'quay-registry-operator.quay.redhat.com/destination-imagestream';
const decided = 'quayside.dev/admission';

/** The Build as it is after its admission. */
function admitted(object: object, where: Situation = situation()): Partial<Record<string, Record<string, unknown>>> {
  const newCondition = decide(object, 'shop', where);
  if (newCondition.decision !== 'Rewritten') throw new Error(JSON.stringify(newCondition));
  return applyPatch(object, newCondition.patch) as Record<string, Record<string, unknown>>;
}

function patchOf(object: object): readonly unknown[] {
  const newCondition = decide(object, 'shop', situation());
  return newCondition.decision === 'Rewritten' ? newCondition.patch : [];
}

describe('a Build that is rewritten', () => {
  test('gets the patch of the predecessor, in its order', () => {
    const object = buildTo(
      { kind: 'ImageStreamTag', name: 'httpd:2.4', namespace: 'shop' },
      { metadata: { annotations: { mine: 'yes' } } },
    );
    expect(decide(object, 'shop', situation())).toEqual({
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

  test('keeps its pushSecret, and then needs no robot', () => {
    const object = build('httpd:1', { spec: { serviceAccount: 'ci' }, output: { pushSecret: { name: 'mine' } } });
    expect(admitted({ ...object }, situation({ robots: {} })).spec).toMatchObject({ serviceAccount: 'ci' });
    const inPlace = build('httpd:1', { output: { pushSecret: { name: 'mine' } } });
    expect(admitted(inPlace).spec).toMatchObject({ output: { pushSecret: { name: 'mine' } } });
  });

  test('needs a robot for the service account that it names, or for builder', () => {
    const where = situation({ robots: { ci: { ...builder, name: 'ci' } } });
    expect(decide(build('a:1', { spec: { serviceAccount: 'ci' } }), 'shop', where)).toMatchObject({
      decision: 'Rewritten',
    });
    expect(decide(build('a:1', { spec: { serviceAccount: undefined } }), 'shop', where)).toMatchObject({
      reason: 'NoRobot',
    });
  });

  test('is not rewritten once more', () => {
    expect(decide(admitted(build()), 'shop', situation())).toEqual({ decision: 'Unchanged', reason: 'OtherOutput' });
  });

  test('may have the Docker strategy', () => {
    const object = build('a:1', { spec: { strategy: { type: 'Docker', dockerStrategy: {} } } });
    expect(decide(object, 'shop', situation())).toMatchObject({ decision: 'Rewritten' });
  });
});

describe('a Build that the webhook ignores', () => {
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

  test.each(cases)('%s is unchanged, without a warning', (_, object, reason) => {
    expect(decide(object, 'shop', situation())).toEqual({ decision: 'Unchanged', reason });
  });

  test('is unchanged at once and without a warning in a namespace that no integration selects', () => {
    expect(decide(build(), 'shop', {})).toEqual({ decision: 'Unchanged', reason: 'NotSelected' });
    expect(decide(build(':::'), 'shop', {})).toEqual({ decision: 'Unchanged', reason: 'NotSelected' });
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
    const newCondition = decide(object, 'shop', where);
    expect(newCondition).toMatchObject({ decision: 'Unchanged', reason });
    expect((newCondition as { warning: string }).warning).toMatch(words);
    expect((newCondition as { warning: string }).warning.length).toBeLessThanOrEqual(256);
  });
});

/** Whatever is still missing, in an integration that will provide it. */
const coming: readonly (readonly [string, Situation])[] = [
  ['no object yet', situation({ without: 'organization' })],
  ['an organization that is not in Quay', situation({ organization: { exists: false } })],
  [
    'a robot that is not ready',
    situation({ robots: { builder: { ...builder, ready: false, message: 'no token yet' } } }),
  ],
  ['an account that is not linked', situation({ robots: { builder: { ...builder, linked: false } } })],
];
const faulty = { ready: false, fault: 'no answer from quay.example.test' };

describe('R29: a Build in front of what is being made', () => {
  test.each(coming)('%s: goes to Quay with the push secret of its robot', (_, where) => {
    const object = admitted(build(), where);
    expect(object.spec?.output).toEqual({
      to: { kind: 'DockerImage', name: 'quay.example.test:8443/openshift_shop/httpd:2.4' },
      pushSecret: { name: 'builder-quay-openshift' },
    });
    expect(object.metadata?.annotations).toEqual({
      [managed]: 'true',
      [destination]: 'shop/httpd:2.4',
      [decided]: 'httpd-1:PushSecretNamed',
    });
  });

  test.each(coming)(
    '%s: runs as it is, with a warning, where that will not come',
    (_, { organization, integration }) => {
      if (organization === undefined || integration === undefined) throw new Error('the scene lacks something');
      const cases: [Situation, string, RegExp][] = [
        [
          { organization, integration: { ...integration, ...faulty } },
          'IntegrationNotReady',
          /is not ready \(no answer/,
        ],
        [{ organization, integration: { ...integration, suspended: true } }, 'Suspended', /spec\.suspend/],
        [
          { organization: { ...organization, stalled: 'Conflict' }, integration },
          'OrganizationStalled',
          /\(Conflict\)/,
        ],
        [
          { organization, integration: { ...integration, registry: { fault: 'quayHostname is empty' } } },
          'IntegrationInvalid',
          /quayHostname/,
        ],
        [{ integration }, 'IntegrationInvalid', /clusterID/],
      ];
      for (const [where, reason, words] of cases) {
        expect(decide(build(), 'shop', where)).toEqual({
          decision: 'Unchanged',
          reason,
          warning: expect.stringMatching(words),
          patch: [{ op: 'add', path: '/metadata/annotations', value: { [decided]: `httpd-1:${reason}` } }],
        });
      }
    },
  );

  test('whose document waits for a review runs as it is; one whose document is there does not', () => {
    const reviewed = { integration: { unreviewed: false } };
    expect(decide(build(), 'shop', situation({ ...reviewed, without: 'organization' }))).toMatchObject({
      reason: 'NotReviewed',
      warning: expect.stringMatching(/there is no organization for namespace "shop" yet, and its document waits/),
    });
    const declared = situation({ ...reviewed, organization: { exists: false } });
    expect(decide(build(), 'shop', declared)).toMatchObject({ decision: 'Rewritten' });
  });

  test('runs as it is while its pull secret is the one for another Quay', () => {
    const where = situation({ organization: { registry: 'old.example.test' } });
    expect(decide(build(), 'shop', where)).toMatchObject({
      reason: 'RegistryChanged',
      warning: expect.stringMatching(/not yet on "quay\.example\.test:8443"/),
    });
  });

  test('with a pushSecret of its own keeps that', () => {
    const own = build('a:1', { output: { pushSecret: { name: 'mine' } } });
    for (const [, where] of coming)
      expect(admitted(own, where).spec?.output).toMatchObject({ pushSecret: { name: 'mine' } });
    const down = situation({ organization: { exists: false }, integration: faulty });
    expect(decide(own, 'shop', down)).toMatchObject({ decision: 'Unchanged', reason: 'IntegrationNotReady' });
  });

  test('of an account that will have no robot, or one that may not push, is left alone', () => {
    for (const [serviceAccount, reason] of [
      ['ci', 'NoRobot'],
      ['default', 'RobotMayNotPush'],
    ] as const) {
      const where = situation({ without: 'organization' });
      expect(decide(build('a:1', { spec: { serviceAccount } }), 'shop', where)).toMatchObject({ reason });
    }
  });

  test('is unknown while the lists are, and nothing is written down then', () => {
    const where = { unknown: 'namespaces have not been listed yet' };
    expect(decide(build(), 'shop', where)).toEqual({
      decision: 'Unchanged',
      reason: 'StateUnknown',
      warning: 'Not pushed to Quay: namespaces have not been listed yet.',
    });
  });

  test('that finds everything there goes to Quay, whatever else is wrong', () => {
    const where = situation({ organization: { stalled: 'QuotaRefused' }, integration: faulty });
    expect(decide(build(), 'shop', where)).toEqual(decide(build(), 'shop', situation()));
  });
});

describe('R3: a push secret that OpenShift chose', () => {
  const pushing = (name: string, annotations?: object): object =>
    build('a:1', { output: { pushSecret: { name } }, ...(annotations && { metadata: { annotations } }) });
  const clone = { 'openshift.io/build.clone-of': 'httpd-0' };
  const notReady = situation({ robots: { ...robots, builder: { ...builder, ready: false } } });

  test.each<[string, string, object | undefined]>([
    ["for the Build's account", 'builder-dockercfg-x7k2p', undefined],
    ['and a clone kept', 'somebody-linked-it', clone],
    [
      'and a clone of a Build that another was decided for kept',
      'linked',
      { ...clone, [decided]: 'httpd-0:Suspended' },
    ],
    ['among ours', 'builder-quay-openshift', undefined],
    ['among ours that may not push', 'default-quay-openshift', undefined],
  ])('%s is taken out, or replaced where the robot is not ready', (_, name, annotations) => {
    expect(admitted(pushing(name, annotations)).spec?.output).not.toHaveProperty('pushSecret');
    expect(admitted(pushing(name, annotations), notReady).spec?.output).toMatchObject({
      pushSecret: { name: 'builder-quay-openshift' },
    });
  });

  test('is the only change to the patch of the predecessor', () => {
    const [first, second, ...others] = patchOf(build('a:1'));
    expect(patchOf(pushing('builder-dockercfg-x7k2p'))).toEqual([
      first,
      second,
      { op: 'remove', path: '/spec/output/pushSecret' },
      ...others,
    ]);
  });

  test('is no help to an account without a robot: its Build stays as it is, secret and all', () => {
    const object = build('a:1', { spec: { serviceAccount: 'ci' } }) as { spec: { output: object } };
    const output = { ...object.spec.output, pushSecret: { name: 'ci-dockercfg-8s4nl' } };
    const newCondition = decide({ ...object, spec: { ...object.spec, output } }, 'shop', situation());
    expect(newCondition).toMatchObject({ decision: 'Unchanged', reason: 'NoRobot' });
    expect(JSON.stringify(newCondition)).not.toContain('/spec/output');
  });

  test.each<[string, string, object | undefined]>([
    ['of another name', 'mine', undefined],
    ['that looks like it, of another account', 'ci-dockercfg-x7k2p', undefined],
    ['that only begins alike', 'builder-dockercfg-quay', undefined],
    [
      'of a clone, when the original is known to have brought it',
      'mine',
      { ...clone, [decided]: 'httpd-0:Suspended:mine' },
    ],
  ])("and a person's own, %s, stays", (_, name, annotations) => {
    for (const where of [situation(), notReady]) {
      expect(admitted(pushing(name, annotations), where).spec?.output).toMatchObject({ pushSecret: { name } });
    }
  });

  test("and a robot's, for an account that has none, stays", () => {
    const object = build('a:1', { spec: { serviceAccount: 'ci', output: undefined } }) as { spec: object };
    const output = { to: { kind: 'ImageStreamTag', name: 'a:1' }, pushSecret: { name: 'builder-quay-openshift' } };
    expect(admitted({ ...object, spec: { ...object.spec, output } }).spec?.output).toMatchObject({
      pushSecret: { name: 'builder-quay-openshift' },
    });
  });
});

describe('R5: what was decided is written on the Build', () => {
  const left = buildTo({ kind: 'ImageStreamTag', name: 'a:1', namespace: 'images' });
  const textOf = (object: object, where = situation()): unknown => {
    const newCondition = decide(object, 'shop', where);
    if (newCondition.decision !== 'Unchanged' || newCondition.patch === undefined) return undefined;
    return (applyPatch(object, newCondition.patch) as { metadata: { annotations: Record<string, unknown> } }).metadata
      .annotations[decided];
  };

  test('with its name, which its clone does not have', () => {
    expect(textOf(left)).toBe('httpd-1:OtherNamespace');
    const cloned = { ...left, metadata: { name: 'httpd-2', annotations: { [decided]: 'httpd-1:Suspended', a: 'b' } } };
    expect(textOf(cloned)).toBe('httpd-2:OtherNamespace');
    expect(textOf({ ...left, metadata: { generateName: 'httpd-' } })).toBe('httpd-:OtherNamespace');
  });

  test('and the push secret that its author gave it', () => {
    const own = build('a:1', { output: { pushSecret: { name: 'mine' } } });
    expect(textOf(own, situation({ integration: { suspended: true } }))).toBe('httpd-1:Suspended:mine');
  });

  test('is written only once', () => {
    const again = { ...left, metadata: { name: 'httpd-1', annotations: { [decided]: 'httpd-1:OtherNamespace' } } };
    expect(decide(again, 'shop', situation())).not.toHaveProperty('patch');
  });
});
