import { expect, test } from '@jest/globals';
import type { Life } from '../life.js';
import { branch } from '../session.js';

/** People say no by closing a request. */
export function refusals(life: () => Life): void {
  test('F14 F16 a request that a person closed is a no, also after restarts and when base moves; the branch is left alone', async () => {
    const { forge, session, restart, writes } = life();
    await session.propose({ 'b.yaml': 'b\n' });
    const head = await forge.repository.ref(branch);
    await forge.requests.close(1);
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({
      state: 'ProposalDeclined',
      events: [{ type: 'Declined' }],
    });
    const before = writes();
    await restart();
    expect(await life().session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'ProposalDeclined', events: [] });
    await forge.repository.commit('main', { 'other.md': 'z\n' });
    expect(await life().session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'ProposalDeclined', events: [] });
    expect(writes()).toBe(before);
    expect(await forge.requests.all()).toHaveLength(1);
    expect(await forge.repository.ref(branch)).toBe(head);
  });

  test('F15 another change after a no is one new request, which names the refused one', async () => {
    const { forge, session } = life();
    await session.propose({ 'b.yaml': 'b\n' });
    await forge.requests.close(1);
    await session.propose({ 'b.yaml': 'b\n' });
    const outcome = await session.propose({ 'b.yaml': 'b\n', 'c.yaml': 'c\n' });
    expect(outcome).toMatchObject({ state: 'Open', request: { number: 2 } });
    expect((await forge.requests.one(2)).body).toContain('number 1');
  });

  test('F15 what would be lost by a refused change stays out of the next', async () => {
    const { forge, session } = life();
    await forge.repository.commit('main', { 'gone.yaml': 'x\n', 'less.yaml': 'x\ny\n' });
    await session.propose({ 'gone.yaml': undefined, 'less.yaml': 'x\n' });
    await forge.requests.close(1);
    await session.propose({ 'gone.yaml': undefined, 'less.yaml': 'x\n' });
    const outcome = await session.propose({ 'gone.yaml': undefined, 'less.yaml': 'x\nz\n', 'c.yaml': 'c\n' });
    expect(outcome).toMatchObject({ state: 'Open', withheld: ['gone.yaml', 'less.yaml'] });
    const head = (await forge.repository.ref(branch)) ?? '';
    expect(await forge.repository.files(head)).toEqual(['a.yaml', 'c.yaml', 'gone.yaml', 'less.yaml', 'other.md']);
    expect(await forge.repository.read(head, 'less.yaml')).toBe('x\ny\nz');
  });

  test('F17 a refused request that is opened again goes on', async () => {
    const { forge, session } = life();
    await forge.repository.commit('main', { 'gone.yaml': 'x\n' });
    await session.propose({ 'gone.yaml': undefined });
    await forge.requests.close(1);
    await session.propose({ 'gone.yaml': undefined });
    await forge.requests.reopen(1);
    expect(await session.propose({ 'gone.yaml': undefined })).toMatchObject({ state: 'Open', request: { number: 1 } });
    expect(await forge.requests.all()).toHaveLength(1);
  });

  test('F17 what was released is opened again where the forge does that', async () => {
    const { forge, session } = life();
    await session.propose({ 'b.yaml': 'b\n' });
    await forge.requests.close(1);
    await session.propose({ 'b.yaml': 'b\n' });
    expect(await session.propose({ 'b.yaml': 'b\n' }, { released: true })).toMatchObject({
      state: 'Open',
      request: { number: 1 },
    });
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open', request: { number: 1 } });
  });

  test('F17 what was released after its branch moved is a new request where the forge opens none again', async () => {
    const { forge, session } = life();
    await session.propose({ 'a.yaml': 'a\nb\n' });
    await forge.requests.close(1);
    await session.propose({ 'a.yaml': 'a\nb\n' });
    // The branch is built on the new base, so its commit is another.
    await forge.repository.commit('main', { 'a.yaml': 'a\nc\n' });
    expect(await session.propose({ 'a.yaml': 'a\nb\n' }, { released: true })).toMatchObject({ state: 'Open' });
    expect((await forge.requests.all()).filter(({ state }) => state === 'open')).toHaveLength(1);
  });
}
