import fc from 'fast-check';

const anything = fc.anything({
  maxDepth: 2,
  withNullPrototype: false,
  values: [fc.string(), fc.integer(), fc.boolean(), fc.constant(null)],
});

const strangeName = fc.oneof(
  fc.constantFrom('a/b:c', 'a@sha256:00', ':', '', 'a:b:c', 'é:1', '__proto__:1', 'constructor', 'a'.repeat(300)),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.stringMatching(/^[a-z0-9._:/@-]{0,80}$/),
);
const goodName = fc.oneof(
  fc.constantFrom('httpd:2.4', 'httpd', 'a.b--c:V_1'),
  fc.stringMatching(/^[a-z0-9]{1,20}:\w{1,20}$/),
);
const names = fc.oneof(fc.constantFrom('', 'images', '__proto__'), fc.string({ unit: 'binary' }));
const key = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('__proto__', 'example.test/~a'));
const noKey = { requiredKeys: [] };

/** Builds in which one of so many parts is not as it should be, but absent or anything else. */
function builds(oneOf: number): fc.Arbitrary<unknown> {
  const orElse = <T>(right: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
    fc.oneof(
      { weight: 2 * (oneOf - 1), arbitrary: right },
      { weight: 1, arbitrary: anything },
      { weight: 1, arbitrary: fc.constant(undefined) },
    );
  const strategy = fc.oneof(
    fc.constant({ type: 'Docker', dockerStrategy: {} }),
    fc.constant({ type: 'Source', sourceStrategy: { from: { kind: 'DockerImage', name: 'x' } } }),
    orElse(fc.record({ dockerStrategy: anything, customStrategy: anything }, noKey)),
  );
  const to = fc.record(
    {
      kind: orElse(fc.constant('ImageStreamTag')),
      name: orElse(fc.oneof({ weight: oneOf, arbitrary: goodName }, { weight: 1, arbitrary: strangeName })),
      namespace: orElse(fc.constantFrom('shop', undefined)),
      apiVersion: anything,
    },
    { requiredKeys: ['kind', 'name'] },
  );
  const pushSecret = orElse(fc.oneof(fc.constant(undefined), fc.record({ name: names }, noKey)));
  const annotations = fc.oneof(fc.constant(undefined), fc.dictionary(key, orElse(fc.string()), { maxKeys: 8 }));
  const metadata = fc.record({ name: names, annotations: orElse(annotations), labels: anything }, noKey);
  const spec = fc.record({
    serviceAccount: orElse(fc.oneof(fc.constantFrom('builder', undefined, 'ci'), names)),
    strategy: orElse(strategy),
    output: orElse(fc.record({ to: orElse(to), pushSecret, imageLabels: anything }, { requiredKeys: ['to'] })),
  });
  return orElse(fc.record({ metadata: orElse(metadata), spec: orElse(spec), status: anything }));
}

/** Builds of which any part is absent, of a wrong type, huge or strangely named; many are nearly or all as they should be. */
export const arbitraryBuild: fc.Arbitrary<unknown> = fc.oneof(builds(4), builds(25));
