import { expect, test } from '@jest/globals';
import { createBatcher } from '../../../src/kube/index.js';
import { fakeClock } from '../../support/fake-clock.js';
import type { Life } from '../life.js';
import { branch } from '../session.js';

const many = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`n${at}.yaml`, 'a\n']));

/** One branch and one request, moved and written only for a reason. */
export function openings(life: () => Life): void {
  test('D6 F1 a hundred new files are one branch, one commit and one request', async () => {
    const { forge, session } = life();
    const base = await forge.repository.ref('main');
    const outcome = await session.propose(many);
    expect(outcome).toMatchObject({ state: 'Open', request: { number: 1 } });
    expect(await forge.requests.all()).toMatchObject([
      { state: 'open', head: branch, base: 'main', labels: ['quayside'] },
    ]);
    expect(await forge.repository.parents((await forge.repository.ref(branch)) ?? '')).toEqual([base]);
    expect(await forge.repository.ref('main')).toBe(base);
    expect(forge.pushes()).toBe(1);
    // Beside what the project or repository is called, which is asked once. On Gitea a label is looked up, and made the first time.
    const calls = forge.calls.filter(({ call }) => /pulls|merge_requests|labels/.test(call));
    expect(calls.length).toBeLessThanOrEqual(forge.kind === 'Gitea' ? 4 : 3);
  });

  test('F2 a thousand changes within a minute are one request and at most seven pushes, and its text is written as often', async () => {
    const { forge, session, writes } = life();
    const base = await forge.repository.ref('main');
    const [clock, faults] = [fakeClock(), [] as unknown[]];
    const wanted: Record<string, string> = {};
    let running: Promise<unknown> = Promise.resolve();
    const run = async (): Promise<void> => {
      running = session.propose({ ...wanted });
      await running;
    };
    // As the operator has it. Its clock stands still while it works: no longer than that is ever waited.
    const batcher = createBatcher({ run, onFault: (error) => faults.push(error), quiet: 2_000, most: 10_000, clock });
    for (let at = 0; at < 1_000 || !batcher.isIdle(); at += 1) {
      if (at < 1_000) {
        wanted[`n${at}.yaml`] = 'a\n';
        batcher.add();
      }
      await clock.pass(60);
      await running;
    }
    await batcher.stop();
    expect(faults).toEqual([]);
    expect(await forge.requests.all()).toMatchObject([{ state: 'open', title: expect.stringContaining('write 1000') }]);
    expect(forge.pushes()).toBeLessThanOrEqual(7);
    expect(await forge.repository.parents((await forge.repository.ref(branch)) ?? '')).toEqual([base]);
    // One for each push; labels are made and set once.
    expect(writes()).toBeLessThanOrEqual(7 + 2);
  });

  test('F3 at rest nothing is pushed or written, and the forge is asked only whether something changed', async () => {
    const { forge, session, writes } = life();
    await session.propose({ 'b.yaml': 'b\n' });
    await session.propose({ 'b.yaml': 'b\n' });
    const [pushes, before, calls] = [forge.pushes(), writes(), forge.calls.length];
    for (let pass = 0; pass < 5; pass += 1) await session.propose({ 'b.yaml': 'b\n' });
    expect([forge.pushes(), writes()]).toEqual([pushes, before]);
    expect(forge.calls.slice(calls)).toHaveLength(5);
    // Gitea knows no questions with a condition.
    const unchanged = forge.kind === 'Gitea' ? 200 : 304;
    expect(forge.calls.slice(-5).every(({ status }) => status === unchanged)).toBe(true);
  });

  test('F35 words that are commands, and a plan that is too long, are a request within the limit of the forge', async () => {
    const { forge, session } = life();
    const lines = Array.from({ length: 3_000 }, (_, at) => `- \`organization-${at}\`: \`/merge @anna #1 \u{1f600}\``);
    const plan = (most: number): string =>
      lines.reduce((text, one) => (text.length + one.length < most ? `${text}${one}\n` : text), '');
    const says = { plan, remarks: ['/close', 'words\r/merge'] };
    expect(await session.propose({ 'b.yaml': 'b\n' }, { says })).toMatchObject({
      state: 'Open',
      request: { number: 1 },
    });
    const { state, body } = await forge.requests.one(1);
    expect(state).toBe('open');
    expect(body.length).toBeLessThanOrEqual(session.forge.limits.body);
    // A line that GitLab takes for a command is gone from the text.
    for (const what of ['digest=', '/close', '/merge', 'organization-0', 'Close it to refuse it'])
      expect(body).toContain(what);
    expect(await session.propose({ 'b.yaml': 'b\n' }, { says })).toMatchObject({ state: 'Open', events: [] });
  });

  test('F4 a commit on base beside the proposal moves nothing', async () => {
    const { forge, session, writes } = life();
    await session.propose({ 'b.yaml': 'b\n' });
    const head = await forge.repository.ref(branch);
    const before = writes();
    await forge.repository.commit('main', { 'other.md': 'y\n' });
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open' });
    expect(await forge.repository.ref(branch)).toBe(head);
    expect(writes()).toBe(before);
  });

  test('F5 a commit on base that touches the proposal rebuilds the branch once, on the new base', async () => {
    const { forge, session } = life();
    await session.propose({ 'a.yaml': 'a\nb\n' });
    const moved = await forge.repository.commit('main', { 'a.yaml': 'a\nc\n' });
    await session.propose({ 'a.yaml': 'a\nb\n' });
    expect(await forge.repository.parents((await forge.repository.ref(branch)) ?? '')).toEqual([moved]);
    expect(forge.pushes()).toBe(2);
    expect(await forge.requests.all()).toHaveLength(1);
  });
}
