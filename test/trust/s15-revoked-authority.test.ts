import { beforeAll, expect, test } from '@jest/globals';
import { makeCa, makeLeaf, type Made } from '../../src/certs/make.js';
import { planFor, type Scope, type Step } from '../../src/certs/plan.js';
import { revokedIn } from '../../src/certs/revoke.js';
import { after, factsOf, names, type Fixture } from '../certs/fixture.js';

const day = 24 * 60 * 60 * 1000;
const start = Date.UTC(2030, 0, 1);
let own: Made;
let former: Made;
let foreign: Made;
let good: Fixture;

beforeAll(async () => {
  [own, former, foreign] = await Promise.all([makeCa(start - 10 * day), makeCa(start - 20 * day), makeCa(start - day)]);
  const leaf = await makeLeaf(own, names, start - day);
  good = { caPair: own, leaf, stored: text(own), published: { quayside: [text(own)] } };
});

const text = (...made: readonly Made[]): string => made.map(({ certificate }) => `${certificate.trim()}\n`).join('');

async function settle(
  fixture: Fixture,
  scope: Scope,
): Promise<{ readonly end: Fixture; readonly acts: Step['act'][] }> {
  const acts: Step['act'][] = [];
  for (let end = fixture; acts.length < 12;) {
    const plan = planFor(factsOf(end), start, scope);
    const [step] = plan.steps;
    if (step === undefined) return { end, acts };
    acts.push(step.act);
    end = await after(end, step, plan, start);
  }
  throw new Error('it never comes to an end');
}

test('S15 a foreign CA that somebody publishes is taken out of the webhook configuration, and never learned', async () => {
  const attacked = { ...good, published: { quayside: [text(own, foreign)] } };
  const { end } = await settle(attacked, { renew: true });
  expect(end.published).toEqual({ quayside: [text(own)] });
  expect(end.stored).toBe(text(own));
});

test('S15 a foreign CA with a leaf of its own, published but not noted, is replaced at once', async () => {
  const leaf = await makeLeaf(foreign, names, start - day);
  const attacked = { ...good, leaf, published: { quayside: [text(own, foreign)] } };
  const { end, acts } = await settle(attacked, { renew: false });
  expect(acts).toContain('MakeLeaf');
  expect(end.published).toEqual({ quayside: [text(own)] });
});

test('S15 a former CA of ours is trusted until its leaves have run out, unless it is revoked', async () => {
  const overlapping = { ...good, stored: text(own, former), published: { quayside: [text(own, former)] } };
  expect((await settle(overlapping, { renew: true })).acts).toEqual([]);
  const revoked = revokedIn(factsOf(overlapping), [idOf(former).toLowerCase().replaceAll(':', '')]);
  const { end, acts } = await settle(overlapping, { renew: true, revoked });
  expect(acts).toEqual(['StoreBundle', 'Publish']);
  expect(end.published).toEqual({ quayside: [text(own)] });
  // Nobody brings it back: not the operator, which does not know of the revocation, and not before it has run out.
  expect((await settle(end, { renew: true })).acts).toEqual([]);
});

test('S15 the CA in use is revoked: another one, another certificate, and the old one is trusted nowhere', async () => {
  const { end, acts } = await settle(good, { renew: false, revoked: new Set([idOf(own)]) });
  expect(acts).toEqual(['MakeAuthority', 'Publish', 'MakeLeaf']);
  expect([end.stored, ...Object.values(end.published).flat()].join('')).not.toContain(own.certificate.trim());
  expect((await settle(end, { renew: true })).acts).toEqual([]);
});

test('S15 a fingerprint that nobody trusts is refused, with those that somebody does', () => {
  expect(() => revokedIn(factsOf(good), ['AB:CD'])).toThrow(
    new RegExp(`no trusted CA has the fingerprint AB:CD \\(Trusted are: ${idOf(own)}`),
  );
});

function idOf({ certificate }: Made): string {
  const [only] = factsOf({ ...good, stored: certificate }).stored.certificates;
  return only?.id ?? '';
}
