import { expect, test } from '@jest/globals';
import type { Life } from '../life.js';
import { branch } from '../session.js';

/** What ends a proposal: base has all of it, by whatever way. */
export function merges(life: () => Life): void {
  test.each(['merge', 'squash', 'rebase'] as const)(
    'F7 F8 F9 a %s ends the proposal, and its branch goes',
    async (style) => {
      const { forge, session } = life();
      await session.propose({ 'b.yaml': 'b\n' });
      await forge.requests.merge(1, style);
      const outcome = await session.propose({ 'b.yaml': 'b\n' });
      expect(outcome).toMatchObject({ state: 'None', events: [{ type: 'Merged', request: { number: 1 } }] });
      expect(await forge.repository.ref(branch)).toBeUndefined();
      expect(await forge.requests.all()).toMatchObject([{ state: 'merged' }]);
      const calls = forge.calls.length;
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'None', events: [] });
      expect(forge.calls).toHaveLength(calls);
    },
  );

  test('F10 a fast-forward ends it as well', async () => {
    const { forge, session } = life();
    await session.propose({ 'b.yaml': 'b\n' });
    await forge.requests.merge(1, 'ff');
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'None' });
    expect(await forge.repository.ref(branch)).toBeUndefined();
  });

  test('F11 a branch that the forge deleted itself at the merge is no error', async () => {
    const { forge, session } = life();
    await session.propose({ 'b.yaml': 'b\n' });
    await forge.requests.merge(1, 'squash');
    await forge.repository.remove(branch);
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'None', events: [] });
  });

  test('F12 F13 what a person pushes to base is closed by us, with the reason in its text, and proposed anew when it goes', async () => {
    const { forge, session } = life();
    await session.propose({ 'b.yaml': 'b\n' });
    const commit = (await forge.repository.ref('main')) ?? '';
    await forge.repository.commit('main', { 'b.yaml': 'b\n' });
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'None', events: [{ type: 'Emptied' }] });
    const closed = await forge.requests.one(1);
    expect(closed).toMatchObject({ state: 'closed', body: expect.stringContaining('state=empty') });
    expect(await forge.repository.ref(branch)).toBeUndefined();

    await forge.repository.move('main', commit);
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open' });
    expect((await forge.requests.all()).filter(({ state }) => state === 'open')).toHaveLength(1);
  });
}
