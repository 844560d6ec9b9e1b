import fc from 'fast-check';
import { describe, expect, test } from '@jest/globals';
import { leftOutStreamsAnnotation, quayOrganization, type QuayOrganization } from '../../src/api/index.js';
import { limits } from '../../src/limits/index.js';
import { lazyOrganization } from '../../src/pipeline/lazy-organization.js';
import { formatFile, type JsonObject } from '../../src/state/index.js';
import { asPrevious, cluster, namespace, rendered, streams } from '../fixtures/snapshot.js';

const numbered = (amount: number, length: number): readonly string[] =>
  Array.from({ length: amount }, (_, at) => `${at}-`.padEnd(length, 'x'));

const renderedWith = (names: readonly string[], more: Partial<Parameters<typeof rendered>[0]> = {}) =>
  rendered({
    cluster: cluster([namespace('shop'), namespace('web')], streams('web/app', ...names.map((name) => `shop/${name}`))),
    ...more,
  });
const shopOf = ({ documents }: ReturnType<typeof renderedWith>): QuayOrganization => {
  const shop = documents.find((one) => one.namespace === 'shop');
  if (shop === undefined) throw new Error('there is no document');
  return shop.organization;
};

/** What the API server has to store: the object, who owns which of its fields, and its inventory. */
const stored = ({ spec }: QuayOrganization): number => {
  const fields = spec.repositories.map(({ name }) => [
    `k:${JSON.stringify({ name })}`,
    { '.': {}, 'f:name': {}, 'f:source': {} },
  ]);
  const inventory = spec.repositories.map(({ name }) => `imageStream/${name}`);
  return JSON.stringify([spec, Object.fromEntries(fields), inventory]).length;
};

function expectFitting(document: QuayOrganization): void {
  expect(quayOrganization.safeParse(document).success).toBe(true);
  expect(Buffer.byteLength(formatFile(document as JsonObject))).toBeLessThanOrEqual(limits.documentBytes);
  expect(stored(document)).toBeLessThanOrEqual(limits.objectBytes);
}

describe('S9: image streams that are more than an organization takes are left out, and nobody else has the harm:', () => {
  test.each<[string, readonly string[]]>([
    ['4,700 with long names', numbered(4_700, 200)],
    ['5,001 with short ones', numbered(5_001, 6)],
    ['20,000 with names of middle length', numbered(20_000, 40)],
  ])('%s', (_, names) => {
    const rendering = renderedWith(names);
    const shop = shopOf(rendering);
    expectFitting(shop);
    const { length } = shop.spec.repositories;
    expect(length).toBeGreaterThan(900);
    const amount = `${names.length - length}-of-${names.length}`;
    expect(shop.metadata.annotations).toEqual({ [leftOutStreamsAnnotation]: amount });
    expect(rendering.problems).toEqual([
      expect.objectContaining({ namespace: 'shop', reason: 'LimitExceeded', path: 'imagestreams' }),
    ]);
    const web = rendering.documents.find((one) => one.namespace === 'web');
    expect(web?.organization.metadata.annotations).toBeUndefined();
    expect(web?.organization.spec.repositories).toHaveLength(1);
    // What was written is known by its beginning the next time.
    const text = formatFile(shop as JsonObject, ['x']);
    expect(lazyOrganization(text, 'shop.yaml').metadata).toEqual(shop.metadata);
  });

  test('5,000 with short names are none too many', () => {
    const shop = shopOf(renderedWith(numbered(5_000, 6)));
    expect([shop.spec.repositories.length, shop.metadata.annotations]).toEqual([5_000, undefined]);
  });

  test('those with a repository keep it, whatever a new one is called', () => {
    const first = renderedWith(numbered(5_000, 6));
    const next = renderedWith([...numbered(5_000, 6), '00-new'], { previous: asPrevious(first) });
    expect(shopOf(next).spec).toEqual(shopOf(first).spec);
    const third = renderedWith([...numbered(4_999, 6), '00-new'], { previous: asPrevious(next) });
    expect(shopOf(third).spec.repositories.map(({ name }) => name)).toContain('00-new');
    expect(shopOf(third).metadata.annotations).toBeUndefined();
  });

  test('beside the repositories of an overlay', () => {
    const repositories = numbered(800, 20).map((name) => ({ name: `own-${name}`, visibility: 'public' }));
    const shop = shopOf(
      renderedWith(numbered(4_500, 6), { overlays: new Map([['shop', { spec: { repositories } }]]) }),
    );
    expectFitting(shop);
    expect(shop.spec.repositories.filter(({ visibility }) => visibility === 'public')).toHaveLength(800);
    expect(shop.spec.repositories).toHaveLength(5_000);
  });

  test('whatever their names are', () => {
    const name = fc.stringMatching(/^[a-z0-9]{1,200}$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 200 }), fc.integer({ min: 1, max: 60 }), (names, times) => {
        const all = names.flatMap((one) => Array.from({ length: times }, (_, at) => `${one}${at}`));
        expectFitting(shopOf(renderedWith(all)));
      }),
      { numRuns: 30 },
    );
  });
});

test('S9: an overlay that makes a document too large is at fault itself, and only its namespace waits', () => {
  const description = '\u0001'.repeat(1_000);
  const repositories = numbered(140, 10).map((name) => ({ name, description }));
  const overlays = new Map([['shop', { spec: { repositories } }]]);
  const { documents, problems } = renderedWith([], { overlays });
  expect(documents.map((one) => one.namespace)).toEqual(['web']);
  expect(problems).toEqual([
    expect.objectContaining({
      namespace: 'shop',
      reason: 'OverlayInvalid',
      message: expect.stringMatching(/longer than/),
    }),
  ]);
});
