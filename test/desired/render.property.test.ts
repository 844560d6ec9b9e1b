import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  quayOrganization,
  type ClusterSnapshot,
  type NamespaceRecord,
  type QuayOrganization,
} from '../../src/api/index.js';
import { render, type RenderInput } from '../../src/desired/index.js';
import { isQuayName } from '../../src/names/index.js';
import { asPrevious, integration, namespace } from '../fixtures/snapshot.js';

const names = ['web', 'data', 'a--b', 'a-b', 'x', 'kube-system', 'default', 'team-1', 'team-2'];
const streamNames = ['app', 'db', 'httpd-example', 'a_b', 'a--b', 'Bad'];

const record: fc.Arbitrary<NamespaceRecord> = fc.record({
  name: fc.constantFrom(...names),
  labels: fc.constantFrom<NamespaceRecord['labels']>({}, { team: 'web' }),
  annotations: fc.constantFrom<NamespaceRecord['annotations']>(
    {},
    { 'openshift.io/display-name': 'x', 'openshift.io/description': 'y' },
  ),
  finalizers: fc.constant([]),
  terminating: fc.boolean(),
});
const stream = fc.record({
  namespace: fc.constantFrom(...names),
  name: fc.constantFrom(...streamNames),
  labels: fc.constant({}),
});
const unknown = fc.constant({ known: false, reason: 'unreadable' } as const);
const full: fc.Arbitrary<ClusterSnapshot> = fc.record({
  namespaces: fc
    .uniqueArray(record, { selector: ({ name }) => name })
    .map((items) => ({ known: true, items }) as const),
  imageStreams: fc.array(stream, { maxLength: 20 }).map((items) => ({ known: true, items }) as const),
  hasBuildApis: fc.boolean(),
});
const snapshot: fc.Arbitrary<ClusterSnapshot> = fc
  .tuple(full, fc.boolean(), fc.boolean(), fc.boolean(), unknown)
  .map(([cluster, seesNamespaces, seesStreams, seesApis, dark]) => ({
    namespaces: seesNamespaces ? cluster.namespaces : dark,
    imageStreams: seesStreams ? cluster.imageStreams : dark,
    hasBuildApis: seesApis ? cluster.hasBuildApis : undefined,
  }));
const overlays: fc.Arbitrary<ReadonlyMap<string, unknown>> = fc
  .uniqueArray(
    fc.tuple(
      fc.constantFrom(...names),
      fc.constantFrom<unknown>(
        null,
        { spec: { teams: [{ name: 'crew' }] } },
        { spec: { repositories: [{ name: 'extra' }, { name: 'app', visibility: 'public' }], email: 'a@example.com' } },
        { spec: { name: 'stolen' } },
        { spec: { defaultPermissions: [{ kind: 'team', name: 'crew', role: 'read' }] } },
        'broken',
      ),
    ),
    { selector: ([name]) => name },
  )
  .map((entries) => new Map(entries));
const quay = fc
  .record({
    deny: fc.subarray(names),
    allow: fc.option(fc.subarray(names)),
    accounts: fc.option(fc.subarray(['builder', 'default', 'ci.bot', 'a--b'])),
    labels: fc.boolean(),
  })
  .map(({ deny, allow, accounts, labels }) =>
    integration({
      denylistNamespaces: deny,
      ...(allow && { allowlistNamespaces: allow }),
      ...(accounts && { serviceAccounts: accounts.map((name) => ({ name, role: 'write' })) }),
      ...(labels && { namespaceSelector: { matchLabels: { team: 'web' } } }),
    }),
  );
const input = (cluster: fc.Arbitrary<ClusterSnapshot>): fc.Arbitrary<Omit<RenderInput, 'previous'>> =>
  fc.record({ cluster, integration: quay, overlays });

/** Everything a document states by name, so that growing can be told from shrinking. */
function managedItems({ spec }: QuayOrganization): string[] {
  return [
    ...Object.keys(spec),
    ...spec.robots.map(({ name }) => `robot ${name}`),
    ...spec.teams.map(({ name }) => `team ${name}`),
    ...spec.defaultPermissions.map(({ kind, name, creator }) => `default ${kind} ${name} ${creator}`),
    ...spec.repositories.map(({ name }) => `repository ${name}`),
  ];
}

const shuffled = <T>(items: readonly T[], seed: number): T[] =>
  items
    .map((item, index) => ({ item, at: Math.imul(index + 1, seed | 1) >>> 0 }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

describe('render, for any input', () => {
  test('the order of the input does not matter', () => {
    fc.assert(
      fc.property(input(snapshot), input(full), fc.integer(), (now, earlier, seed) => {
        const previous = asPrevious(render({ ...earlier, previous: new Map() }));
        const { namespaces, imageStreams } = now.cluster;
        const other = render({
          ...now,
          cluster: {
            ...now.cluster,
            namespaces: namespaces.known ? { known: true, items: shuffled(namespaces.items, seed) } : namespaces,
            imageStreams: imageStreams.known
              ? { known: true, items: shuffled(imageStreams.items, seed) }
              : imageStreams,
          },
          overlays: new Map(shuffled([...now.overlays], seed)),
          previous: new Map(shuffled([...previous], seed)),
        });
        expect(JSON.stringify(other)).toBe(JSON.stringify(render({ ...now, previous })));
      }),
    );
  });

  test('every document matches the schema, sets every default and keeps the schema’s order', () => {
    fc.assert(
      fc.property(input(full), (now) => {
        for (const { organization } of render({ ...now, previous: new Map() }).documents) {
          expect(JSON.stringify(quayOrganization.parse(organization))).toBe(JSON.stringify(organization));
          expect(isQuayName(organization.spec.name)).toBe(true);
        }
      }),
    );
  });

  test('what is rendered from its own result is the same again', () => {
    fc.assert(
      fc.property(input(snapshot), input(full), (now, earlier) => {
        const once = render({ ...now, previous: asPrevious(render({ ...earlier, previous: new Map() })) });
        const twice = render({ ...now, previous: asPrevious(once) });
        expect(asPrevious(twice)).toEqual(asPrevious(once));
      }),
    );
  });

  test('while anything is unknown no document shrinks, and only a namespace that is seen to be out loses its own', () => {
    fc.assert(
      fc.property(input(snapshot), input(full), (now, earlier) => {
        const previous = asPrevious(render({ ...earlier, previous: new Map() }));
        const result = render({ ...now, previous });
        if (result.unknown.length === 0) return;
        const after = asPrevious(result);
        for (const [name, before] of previous) {
          if (result.removed.some((each) => each.namespace === name)) {
            expect(now.cluster.namespaces.known).toBe(true);
            expect(after.has(name)).toBe(false);
          } else {
            const kept = after.get(name);
            expect(kept === undefined ? [] : managedItems(kept)).toEqual(expect.arrayContaining(managedItems(before)));
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('knowing less never gives a smaller document', () => {
    fc.assert(
      fc.property(input(full), fc.boolean(), fc.boolean(), (now, seesStreams, seesApis) => {
        const whole = render({ ...now, previous: new Map() });
        const dark = { known: false, reason: 'unreadable' } as const;
        const cluster: ClusterSnapshot = {
          ...now.cluster,
          ...(!seesStreams && { imageStreams: dark }),
          ...(!seesApis && { hasBuildApis: undefined }),
        };
        const less = asPrevious(render({ ...now, cluster, previous: asPrevious(whole) }));
        for (const [name, document] of asPrevious(whole)) {
          const kept = less.get(name);
          expect(kept === undefined ? [] : managedItems(kept)).toEqual(expect.arrayContaining(managedItems(document)));
        }
      }),
    );
  });

  test('no two namespaces share an organization, an object or a file', () => {
    const label = fc.stringMatching(/^[ab](?:[ab-]{0,6}[ab])?$/);
    fc.assert(
      fc.property(fc.uniqueArray(label, { maxLength: 30 }), (labels) => {
        const { documents } = render({
          integration: integration(),
          overlays: new Map(),
          previous: new Map(),
          cluster: {
            namespaces: { known: true, items: labels.map((name) => namespace(name)) },
            imageStreams: { known: true, items: [] },
            hasBuildApis: true,
          },
        });
        for (const key of [
          documents.map(({ path }) => path),
          documents.map(({ organization }) => organization.spec.name),
          documents.map(({ organization }) => organization.metadata.name),
        ]) {
          expect(new Set(key).size).toBe(labels.length);
        }
      }),
    );
  });
});
