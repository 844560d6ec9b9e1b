import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createLedger, type Kept } from '../../../src/kube/repairs/ledger.js';

const kept: Kept = { owner: 'openshift.shop', kind: 'Secret', what: 'the Secret shop/builder', content: 'one' };
const minute = 60_000;

describe('R2: the same repair, needed again and again', () => {
  test('is made at once the first time, and then waits 1 s, 2 s and so on up to five minutes', () => {
    const ledger = createLedger();
    const waits: number[] = [];
    let now = 0;
    for (let repair = 1; repair <= 12; repair += 1) {
      const wait = ledger.hold(kept, now);
      waits.push(wait / 1000);
      // Somebody undoes it as soon as it is made.
      now += wait;
      ledger.note({ ...kept, wasInPlace: true }, now);
    }
    expect(waits).toEqual([0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  });

  test('what is made for the first time is no repair, and the repair after it does not wait', () => {
    const ledger = createLedger();
    expect(ledger.note(kept, 0)).toMatchObject({ repairs: 0 });
    expect(ledger.hold(kept, 0)).toBe(0);
    expect(ledger.note(kept, 0)).toMatchObject({ repairs: 1 });
    expect(ledger.hold(kept, 0)).toBe(1_000);
  });

  test('something else is never held up: another content, another thing, another owner', () => {
    const ledger = createLedger();
    for (let times = 0; times < 9; times += 1) ledger.note({ ...kept, wasInPlace: true }, 0);
    expect(ledger.hold(kept, 0)).toBe(256_000);
    for (const other of [{ content: 'two' }, { what: 'the Secret shop/default' }, { owner: 'openshift.other' }]) {
      expect(ledger.hold({ ...kept, ...other }, 0)).toBe(0);
    }
    // Who cannot say yet what it will be waits for whatever it is.
    const { content: _, ...anything } = kept;
    expect(ledger.hold(anything, 0)).toBe(256_000);
    expect(ledger.note({ ...kept, content: 'two' }, 0)).toMatchObject({ repairs: 0 });
  });

  test('ten quiet minutes make the next one the first', () => {
    const ledger = createLedger();
    for (let times = 0; times < 9; times += 1) ledger.note({ ...kept, wasInPlace: true }, 0);
    expect(ledger.knows(kept, 10 * minute)).toBe(true);
    expect(ledger.knows(kept, 10 * minute + 1)).toBe(false);
    expect(ledger.note({ ...kept, wasInPlace: true }, 10 * minute + 1)).toMatchObject({ repairs: 1 });
  });

  test('two are nobody’s business, three are a fight, which is over after a minute or twice the interval of quiet', () => {
    const ledger = createLedger();
    const repair = (now: number): unknown => ledger.note({ ...kept, wasInPlace: true, writer: 'x' }, now);
    repair(0);
    repair(0);
    expect(ledger.contentions(kept.owner, 0)).toEqual([]);
    repair(0);
    const { kind, what } = kept;
    expect(ledger.contentions(kept.owner, 0)).toEqual([{ kind, what, writer: 'x', repairs: 3, interval: 4_000 }]);
    expect([ledger.due(kept.owner, 0), ledger.counts(0).get('Secret')]).toEqual([minute, 1]);
    expect(ledger.contentions(kept.owner, minute)).toEqual([]);
    expect([ledger.due(kept.owner, minute), ledger.counts(minute).get('Secret')]).toEqual([undefined, undefined]);
    for (let times = 0; times < 5; times += 1) repair(0);
    expect(ledger.due(kept.owner, 0)).toBe(256_000);
  });

  test('a turn is due when something that waits may be made, and not for what nobody waits for', () => {
    const ledger = createLedger();
    ledger.note({ ...kept, wasInPlace: true }, 0);
    expect(ledger.due(kept.owner, 0)).toBeUndefined();
    ledger.hold(kept, 400);
    expect(ledger.due(kept.owner, 500)).toBe(500);
    expect(ledger.due(kept.owner, 1_000)).toBeUndefined();
  });

  test('however often somebody undoes it, as many repairs are made as the doubling allows', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(gaps, (milliseconds) => {
        const ledger = createLedger();
        let [now, repairs] = [0, 0];
        for (const gap of milliseconds) {
          now += gap;
          if (ledger.hold(kept, now) > 0) continue;
          ledger.note({ ...kept, wasInPlace: true }, now);
          repairs += 1;
        }
        return repairs <= 2 + Math.log2(now / 1_000 + 1) + now / 300_000;
      }),
    );
  });

  test('what is quiet is not kept', () => {
    const ledger = createLedger();
    for (let at = 0; at < 1_000; at += 1) ledger.note({ ...kept, owner: `openshift.n${at}` }, 0);
    expect(ledger.has({ ...kept, owner: 'openshift.n1' }, 0)).toBe(true);
    ledger.counts(11 * minute);
    // Asked for a time at which it was still known: it is gone, not merely too old.
    expect(ledger.has({ ...kept, owner: 'openshift.n1' }, 0)).toBe(false);
  });
});
