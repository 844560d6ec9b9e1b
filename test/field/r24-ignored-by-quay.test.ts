import { afterEach, describe, expect, test } from '@jest/globals';
import { type FaultRule } from '@quayside/simulator';
import { documentSecretLabel, secretOrganizationsAnnotation, secretUsesAnnotation } from '../../src/api/index.js';
import { resourceTypes } from '../../src/kube/index.js';
import { checkedAgain, type IgnoredChanges, isHeldBack } from '../../src/converge/cache/ignored-changes.js';
import { type Fixture, openFixture, specOf } from '../operator/organizations/fixture.js';
import { planned } from '../../src/plan/planned.js';
import { document, openPlayground, wordsOf } from '../fixtures/playground.js';

const name = 'openshift.shop';
const message = (text: string): unknown => expect.stringContaining(text);

let fixture: Fixture;
afterEach(async () => fixture.close());

const quay = () => {
  const [one] = fixture.quays.values();
  if (one === undefined) throw new Error('there is no Quay');
  return one;
};
const eventsOf = (reason: string) => fixture.events.filter((event) => event.reason === reason);

/** Looks at everything as a resync does, and gives the writes that this made. */
async function resync(): Promise<readonly string[]> {
  quay().requests.reset();
  fixture.resync(name);
  await fixture.pass(name);
  return quay()
    .requests.writes()
    .map(({ method, path }) => `${method} ${path}`);
}

/** Quay says that it did so, and does not. */
const ignoring = (rule: FaultRule): FaultRule => ({ times: 1_000, status: 200, body: '{}', ...rule });

describe('R24', () => {
  test('R24 a Quay without FEATURE_CHANGE_TAG_EXPIRATION is not written to, and the status says so', async () => {
    fixture = await openFixture(['quay'], { features: { CHANGE_TAG_EXPIRATION: false } });
    fixture.state(name, specOf({ tagExpiration: '4w' }));
    await fixture.ready(name, {
      status: 'False',
      reason: 'FeatureDisabled',
      message: message('FEATURE_CHANGE_TAG_EXPIRATION'),
    });
    for (const _ of [1, 2, 3]) expect(await resync()).toEqual([]);
    expect(eventsOf('DriftCorrected')).toEqual([]);
    // What Quay has anyway is no cause for complaint.
    fixture.state(name, specOf({ tagExpiration: '2w' }));
    await fixture.ready(name, { status: 'True', reason: 'Synced' });
  });

  test.each<[string, object, FaultRule, string, object]>([
    [
      'an expiry of deleted tags',
      { tagExpiration: '4w' },
      { method: 'PUT', path: '/organization/openshift_shop$' },
      'keep deleted tags for 4w',
      { tagExpiration: '1w' },
    ],
    [
      'a description',
      { repositories: [{ name: 'web', description: 'the shop' }] },
      { method: 'PUT', path: '/repository/openshift_shop/web$' },
      'change the description of web',
      { repositories: [{ name: 'web', description: 'another' }] },
    ],
    [
      'the visibility of a repository',
      { repositories: [{ name: 'web', visibility: 'public' }] },
      { method: 'POST', path: '/changevisibility$' },
      'make web public',
      { repositories: [{ name: 'web', visibility: 'private' }] },
    ],
  ])('R24 %s that Quay ignores is no drift: it is told once, and not written at every look', async (...row) => {
    const [, more, rule, words, another] = row;
    fixture = await openFixture();
    fixture.state(name, specOf({ repositories: [{ name: 'web' }] }));
    await fixture.ready(name);
    quay().faults.inject(ignoring(rule));
    fixture.state(name, specOf(more));
    await fixture.until(() => expect(quay().requests.writes().length).toBeGreaterThan(0));
    await fixture.pass(name);
    await resync();
    await fixture.ready(name, { status: 'False', reason: 'QuayIgnored', message: message(words) });
    for (const _ of [1, 2, 3, 4]) expect(await resync()).toEqual([]);
    expect(eventsOf('QuayIgnored')).toHaveLength(1);
    expect(eventsOf('DriftCorrected')).toEqual([]);
    expect(fixture.status(name).drift).toBeUndefined();
    // Another wish is tried at once.
    quay().faults.clear();
    fixture.state(name, specOf(another));
    await fixture.ready(name, { status: 'True', reason: 'Synced' });
  });

  test('R24 what somebody undoes in Quay again and again is drift, and never told as ignored', async () => {
    fixture = await openFixture();
    fixture.state(name, specOf({ tagExpiration: '4w' }));
    await fixture.ready(name);
    for (const _ of [1, 2]) {
      await fetch(`${quay().url}/api/v1/organization/openshift_shop`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${quay().credentials.superuser}`, 'content-type': 'application/json' },
        body: JSON.stringify({ tag_expiration_s: 86_400 }),
      });
      expect(await resync()).toEqual(['PUT /api/v1/organization/openshift_shop']);
    }
    expect(eventsOf('DriftCorrected')).toHaveLength(2);
    expect(eventsOf('QuayIgnored')).toEqual([]);
    await fixture.ready(name);
  });

  test('R24 a password that changes again and again is written each time, although Quay never shows it', async () => {
    fixture = await openFixture(['quay'], { features: { REPO_MIRROR: true } });
    const password = (value: string): void =>
      fixture.put(resourceTypes.secret, {
        metadata: {
          name: 'mirror',
          namespace: 'quayside',
          labels: { [documentSecretLabel]: 'true' },
          annotations: { [secretOrganizationsAnnotation]: '*', [secretUsesAnnotation]: 'mirror' },
        },
        data: { password: Buffer.from(value).toString('base64') },
      });
    password('one');
    const mirror = {
      externalReference: 'registry.example.com/nginx',
      tags: ['*'],
      robot: 'builder',
      username: 'ci',
      passwordSecretRef: { name: 'mirror', key: 'password' },
    };
    fixture.state(name, specOf({ repositories: [{ name: 'nginx', mirror }] }));
    await fixture.ready(name);
    for (const value of ['two', 'three', 'four']) {
      password(value);
      expect(await resync()).toEqual(['PUT /api/v1/repository/openshift_shop/nginx/mirror']);
      await fixture.ready(name);
    }
    expect(eventsOf('QuayIgnored')).toEqual([]);
    expect(await resync()).toEqual([]);
  });

  test('R24 what is ignored is tried after an hour, then after two, and at most once a day', () => {
    const hour = 3_600_000;
    const change = planned({ type: 'UpdateOrganization', tagExpirationSeconds: 60 });
    const other = planned({ type: 'UpdateOrganization', tagExpirationSeconds: 120 });
    const after = (known: IgnoredChanges, at: number, needed = [change]): IgnoredChanges =>
      checkedAgain({ known, suspects: [change], needed, now: at * hour });
    let ignored = after(new Map(), 0);
    expect(isHeldBack(ignored, change, 0.9 * hour)).toBe(true);
    expect(isHeldBack(ignored, other, 0.9 * hour)).toBe(false);
    expect(isHeldBack(ignored, change, hour)).toBe(false);
    for (const at of [1, 3, 7, 15, 31, 63]) ignored = after(ignored, at);
    expect(isHeldBack(ignored, change, (63 + 23) * hour)).toBe(true);
    expect(isHeldBack(ignored, change, (63 + 24) * hour)).toBe(false);
    // Once it was taken there is nothing to remember.
    expect(after(ignored, 99, []).size).toBe(0);
  });
});

test('R24 the command line leaves out what a Quay does not let anybody change', async () => {
  const playground = await openPlayground({ features: { CHANGE_TAG_EXPIRATION: false } });
  try {
    const changes = await playground.converge([document('shop', [], { tagExpiration: '4w' })]);
    expect(wordsOf(changes, 'openshift_shop')).not.toContain('keep deleted tags for 4w');
    expect(changes.organizations[0]?.plan?.skipped).toContainEqual(
      expect.objectContaining({ what: 'tagExpiration', reason: 'FeatureDisabled' }),
    );
  } finally {
    await playground.close();
  }
});

test('R28 an expiry that this Quay does not offer is left out with the ones that it offers', async () => {
  const playground = await openPlayground();
  try {
    const changes = await playground.converge([document('shop', [], { tagExpiration: '3w' })]);
    expect(changes.totals.failed).toBe(0);
    expect(changes.organizations[0]?.plan?.skipped).toContainEqual({
      what: 'tagExpiration',
      reason: 'QuayRefused',
      message: 'this Quay takes only 0s, 1d, 1w, 2w, 4w (TAG_EXPIRATION_OPTIONS), not 3w',
    });
  } finally {
    await playground.close();
  }
});
