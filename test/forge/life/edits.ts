import { expect, test } from '@jest/globals';
import type { Life } from '../life.js';
import { branch } from '../session.js';

/** People work on our branch, or take it away. */
export function edits(life: () => Life): void {
  test('F18 a commit of somebody else stops us: one comment, nothing overwritten, and her merge goes on', async () => {
    const { forge, session } = life();
    await session.propose({ 'b.yaml': 'b\n' });
    const edited = await forge.repository.commit(branch, { 'b.yaml': 'by anna\n' });
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({
      state: 'ProposalEdited',
      events: [{ type: 'Edited' }],
    });
    expect(await session.propose({ 'b.yaml': 'b\nmore\n' })).toMatchObject({ state: 'ProposalEdited', events: [] });
    expect(await forge.repository.ref(branch)).toBe(edited);
    expect(await forge.requests.comments(1)).toHaveLength(1);
    await forge.requests.merge(1, 'squash');
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open', request: { number: 2 } });
  });

  test('F19 an amended commit of ours is somebody else’s', async () => {
    const { forge, session } = life();
    await session.propose({ 'b.yaml': 'b\n' });
    const amended = await forge.repository.amend(branch, { 'b.yaml': 'by anna\n' });
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'ProposalEdited' });
    expect(await forge.repository.ref(branch)).toBe(amended);
  });

  test('F20 base merged into the branch is no edit, and the next change replaces it', async () => {
    const { forge, session } = life();
    await session.propose({ 'b.yaml': 'b\n' });
    await forge.repository.commit('main', { 'other.md': 'y\n' });
    const merged = await forge.repository.merge(branch, 'main', 'merge');
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open', commit: merged });
    expect(await session.propose({ 'b.yaml': 'b\nc\n' })).toMatchObject({ state: 'Open', request: { number: 1 } });
    expect(await forge.repository.parents((await forge.repository.ref(branch)) ?? '')).toHaveLength(1);
  });

  test('F21 a branch that was forced to base is proposed once more, in a new request where the forge closed the first', async () => {
    const { forge, session } = life();
    await session.propose({ 'b.yaml': 'b\n' });
    await forge.repository.move(branch, (await forge.repository.ref('main')) ?? '');
    const number = forge.kind === 'GitHub' ? 2 : 1;
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open', request: { number } });
    expect((await forge.requests.all()).filter(({ state }) => state === 'open')).toMatchObject([{ number }]);
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open', events: [] });
  });

  test('F22 a branch that was deleted is proposed once more, and the second time that is a no', async () => {
    const { forge, session } = life();
    await session.propose({ 'b.yaml': 'b\n' });
    await forge.repository.remove(branch);
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open', request: { number: 2 } });
    await forge.repository.remove(branch);
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'ProposalDeclined' });
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'ProposalDeclined' });
  });

  test('F36 a text that a person edited stays until there is another to write; without its marker it is written again', async () => {
    const { forge, session, writes } = life();
    await session.propose({ 'b.yaml': 'b\n' });
    const { body } = await forge.requests.one(1);
    const edited = body.replaceAll('\n', '\r\n').replace('Merge it', 'Please merge it');
    await forge.requests.edit(1, { body: edited, title: 'Anna’s title' });
    const before = writes();
    await session.propose({ 'b.yaml': 'b\n' });
    expect(writes()).toBe(before);
    await forge.requests.edit(1, { body: 'nothing of it' });
    await session.propose({ 'b.yaml': 'b\n' });
    expect(await forge.requests.one(1)).toMatchObject({
      title: 'Anna’s title',
      body: expect.stringContaining('digest='),
    });
  });
}
