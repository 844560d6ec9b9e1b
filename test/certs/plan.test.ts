import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { generate } from 'selfsigned';
import { lifetimes } from '../../src/certs/lifetimes.js';
import { makeCa, makeLeaf, type Made } from '../../src/certs/make.js';
import { planFor, type Step } from '../../src/certs/plan.js';
import { objection } from './accepts.js';
import { after, factsOf, names, nothing, type Fixture } from './fixture.js';

const day = 24 * 60 * 60 * 1000;
const start = Date.UTC(2030, 0, 1);
let old: Made;
let young: Made;
let foreign: Made;
let leaf: Made;
let good: Fixture;

beforeAll(async () => {
  [old, young] = [await makeCa(start - 4 * 365 * day), await makeCa(start - 10 * day)];
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'of a company' }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: new Date(start - day),
    notAfterDate: new Date(start + 365 * day),
    extensions: [{ name: 'basicConstraints', cA: true, critical: true }],
  });
  foreign = { certificate: cert, key };
  leaf = await makeLeaf(young, names, start - day);
  const bundle = bundleOf(young);
  good = { caPair: young, leaf, stored: bundle, published: { quayside: [bundle], more: [bundle, bundle] } };
});

const bundleOf = (...made: readonly Made[]): string =>
  made.map(({ certificate }) => `${certificate.trim()}\n`).join('');
const acts = (fixture: Fixture, { now = start, renew = false } = {}): string[] =>
  planFor(factsOf(fixture), now, { renew }).steps.map(({ act }) => act);
const whys = (fixture: Fixture, { now = start, renew = false } = {}): string =>
  planFor(factsOf(fixture), now, { renew })
    .steps.map(({ why }) => why)
    .join('; ');

/** Goes on until nothing is left to be done; hears of each world before and after a write. */
async function settle(
  fixture: Fixture,
  { now = start, renew = true } = {},
  heed: (step: Step, before: Fixture, next: Fixture) => void = () => undefined,
): Promise<Fixture> {
  for (let writes = 0; writes < 12; writes += 1) {
    const plan = planFor(factsOf(fixture), now, { renew });
    const [step] = plan.steps;
    if (step === undefined) return fixture;
    const next = await after(fixture, step, plan, now);
    heed(step, fixture, next);
    fixture = next;
  }
  throw new Error('it never comes to an end');
}

describe('the certificate plan', () => {
  test('is empty where all is valid, for the Job and for the operator', () => {
    expect(acts(good)).toEqual([]);
    expect(acts(good, { renew: true })).toEqual([]);
  });

  test('creates everything from nothing, in a safe order', () => {
    expect(acts(nothing)).toEqual(['MakeAuthority', 'Publish', 'MakeLeaf']);
  });

  test('creates only what is missing', () => {
    expect(acts({ ...good, leaf: {} })).toEqual(['MakeLeaf']);
    expect(acts({ ...good, published: { quayside: [''] } })).toEqual(['Publish']);
    expect(acts({ ...good, stored: '' })).toEqual(['StoreBundle']);
  });

  test('an authority that is gone is made anew, and the leaf of the old one stays in use and trusted', async () => {
    const fixture = await settle({ ...good, caPair: {} });
    expect(fixture.leaf).toBe(leaf);
    expect(objection(leaf.certificate, fixture.published.more?.[1] ?? '', { at: start, name: 'hook.home.svc' })).toBe(
      undefined,
    );
  });

  test.each<[string, (fixture: Fixture) => Fixture, RegExp]>([
    ['a key that is not that of the certificate', (w) => ({ ...w, leaf: { ...leaf, key: old.key } }), /not the key of/],
    ['a key that cannot be read', (w) => ({ ...w, leaf: { ...leaf, key: 'x' } }), /no private key/],
    ['a certificate that cannot be read', (w) => ({ ...w, leaf: { ...leaf, certificate: 'x' } }), /no certificate/],
    ['only half of a pair', (w) => ({ ...w, leaf: { certificate: leaf.certificate } }), /no private key/],
    ['an authority in place of a leaf', (w) => ({ ...w, leaf: young }), /does not name hook.home.svc/],
  ])('%s is repaired', (_, damage, why) => {
    expect(acts(damage(good))).toEqual(['MakeLeaf']);
    expect(whys(damage(good))).toMatch(why);
  });

  test('a leaf for other names, one that nobody trusts, and one that has expired are replaced', async () => {
    const other = await makeLeaf(young, ['other.home.svc'], start);
    expect(whys({ ...good, leaf: other })).toContain('does not name hook.home.svc, hook.home.svc.cluster.local');
    const stray = await makeLeaf(await makeCa(start), names, start);
    expect(whys({ ...good, leaf: stray })).toContain('no client trusts the CA that signed it');
    expect(whys(good, { now: start + lifetimes.leaf })).toContain('it expired on');
  });

  test('what was made by a clock that is years ahead is replaced', async () => {
    const caPair = await makeCa(start + 365 * day);
    const ahead = await makeLeaf(caPair, names, start + 365 * day);
    const bundle = bundleOf(caPair);
    const fixture = await settle({ caPair, leaf: ahead, stored: bundle, published: { quayside: [bundle] } });
    expect(
      objection(fixture.leaf.certificate ?? '', fixture.published.quayside?.[0] ?? '', {
        at: start,
        name: 'hook.home.svc',
      }),
    ).toBe(undefined);
  });

  test('only the operator renews, at two thirds of a life', () => {
    const due = start - day + lifetimes.leaf * (2 / 3);
    expect(acts(good, { now: due - day, renew: true })).toEqual([]);
    expect(acts(good, { now: due, renew: true })).toEqual(['MakeLeaf']);
    expect(acts(good, { now: due })).toEqual([]);
  });

  test('an authority whose key is lost is noted before it is replaced: the leaf that it signed stays in use', async () => {
    const signed = await makeLeaf(old, names, start - 61 * day);
    const published = { quayside: [bundleOf(young, old)] };
    const fixture = { caPair: { certificate: old.certificate, key: young.key }, leaf: signed, stored: '', published };
    expect(acts(fixture)).toEqual(['StoreBundle', 'MakeAuthority', 'StoreBundle', 'Publish']);
    expect((await settle(fixture, { renew: false })).leaf).toBe(signed);
  });

  test('a leaf that is due waits until a new authority has been heard of', async () => {
    const signed = await makeLeaf(old, names, start - 61 * day);
    const bundle = bundleOf(old);
    const fixture: Fixture = { caPair: old, leaf: signed, stored: bundle, published: { quayside: [bundle] } };
    const renewed = await settle(fixture);
    expect(renewed.caPair).not.toBe(old);
    expect(renewed.leaf).toBe(signed);
    expect(acts(renewed, { now: start + day, renew: true })).toEqual(['MakeLeaf']);
  });

  test('an authority of a kind that cannot sign for us is left alone, and said so once it is needed', () => {
    const bundle = bundleOf(foreign, young);
    const fixture: Fixture = { ...good, caPair: foreign, stored: bundle, published: { quayside: [bundle] } };
    expect(planFor(factsOf(fixture), start, { renew: true })).toMatchObject({ steps: [] });
    const plan = planFor(factsOf({ ...fixture, leaf: {} }), start, { renew: true });
    expect(plan.steps).toEqual([]);
    expect(plan.refusal).toContain('elliptic curve');
  });

  test('an authority that is no longer needed is dropped when the last leaf of it has run out', async () => {
    const bundle = bundleOf(young, old);
    const fixture: Fixture = { ...good, stored: bundle, published: { quayside: [bundle] } };
    expect(acts(fixture)).toEqual([]);
    const later = start + 81 * day;
    const renewed = await settle(fixture, { now: later - 2 * day });
    expect(acts(renewed, { now: later, renew: true })).toEqual(['StoreBundle', 'Publish']);
    expect((await settle(renewed, { now: later })).stored).toBe(bundleOf(young));
  });
});

test('a leaf never outlives its authority', async () => {
  const late = await makeLeaf(old, names, start + 340 * day);
  expect(objection(late.certificate, bundleOf(old), { at: start + 364 * day, name: 'hook.home.svc' })).toBe(undefined);
  expect(objection(late.certificate, bundleOf(old), { at: start + 365 * day, name: 'hook.home.svc' })).toMatch(
    /^the leaf is good from/,
  );
});

test('from any state it comes to a good one, and what was shown and trusted before each write goes on working', async () => {
  const [at, name] = [start, 'hook.home.svc'];
  const authorities: Partial<Made>[] = [{}, old, young, { certificate: old.certificate, key: young.key }, leaf];
  const leaves: Partial<Made>[] = [
    {},
    leaf,
    young,
    await makeLeaf(old, names, start - 61 * day),
    await makeLeaf(young, names, start - 80 * day),
    await makeLeaf(young, ['other.home.svc'], start),
    await makeLeaf(old, names, start - 100 * day),
    { certificate: leaf.certificate, key: old.key },
  ];
  const texts = ['', '\n', 'rubbish', bundleOf(old), bundleOf(young), bundleOf(old, young), bundleOf(young, old)];
  const text = fc.constantFrom(...texts);
  const fixtures = fc.record({
    caPair: fc.constantFrom(...authorities),
    leaf: fc.constantFrom(...leaves),
    stored: text,
    published: fc.dictionary(fc.constantFrom('quayside', 'more'), fc.array(text, { minLength: 1, maxLength: 2 })),
  });
  const works = ({ leaf: shown, published }: Fixture): boolean =>
    shown.certificate !== undefined &&
    Object.keys(published).length > 0 &&
    factsOf({ ...nothing, leaf: shown }).leaf.state === 'Good' &&
    Object.values(published).every((webhooks) =>
      webhooks.every((bundle) => objection(shown.certificate ?? '', bundle, { at, name }) === undefined),
    );
  await fc.assert(
    fc.asyncProperty(fixtures, fc.boolean(), async (fixture, renew) => {
      const end = await settle(fixture, { renew }, (_, before, next) => {
        if (!works(before)) return;
        expect(works(next)).toBe(true);
        // Who has not yet heard of the new one, on either side.
        expect(works({ ...next, leaf: before.leaf })).toBe(true);
        expect(works({ ...next, published: before.published })).toBe(true);
      });
      expect(works({ ...end, published: { ...end.published, stored: [end.stored] } })).toBe(true);
      const { caPair, stored } = fixture;
      const isNoted = works({ ...fixture, published: { own: [`${caPair.certificate ?? ''}\n${stored}`] } });
      if (!renew && works(fixture) && isNoted) expect(end.leaf).toBe(fixture.leaf);
    }),
    { numRuns: 80 },
  );
});
