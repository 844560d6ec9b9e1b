import { expect, test } from '@jest/globals';
import type { Life } from '../life.js';
import { branch } from '../session.js';

/** Requests that are there already: of strangers, of people, and of ours. */
export function others(life: () => Life): void {
  test('F23 a request of a fork, from a branch of our name, is not ours', async () => {
    const { forge, session } = life();
    await forge.requests.add({ title: 't', body: '', head: branch, base: 'main', author: 'stranger', isFork: true });
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open', request: { number: 2 } });
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open', request: { number: 2 } });
    expect(await forge.requests.one(1)).toMatchObject({ state: 'open', title: 't' });
  });

  test('F24 a request of a person from our branch is left alone', async () => {
    const { forge, session } = life();
    await forge.repository.move(branch, (await forge.repository.ref('main')) ?? '');
    await forge.repository.commit(branch, { 'x.yaml': 'x\n' });
    await forge.requests.add({ title: 'Mine', body: 'By hand', head: branch, base: 'main', author: 'anna' });
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({
      state: 'ProposalForeign',
      request: { number: 1 },
    });
    expect(await forge.requests.one(1)).toMatchObject({ title: 'Mine', body: 'By hand', state: 'open' });
  });

  test('D7 F25 of two requests of ours the older stays', async () => {
    const { forge, session } = life();
    await session.propose({ 'b.yaml': 'b\n' });
    const { title, body } = await forge.requests.one(1);
    await forge.repository.move('release', (await forge.repository.ref('main')) ?? '');
    await forge.requests.add({ title, body, head: branch, base: 'release', author: 'quayside-bot' });
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open', request: { number: 1 } });
    expect(await forge.requests.one(2)).toMatchObject({ state: 'closed' });
    expect(await forge.requests.comments(2)).toMatchObject([{ body: expect.stringContaining('number 1') }]);
  });

  test('F27 a request that exists already is taken, and says what it should', async () => {
    const { forge, session } = life();
    await session.propose({ 'b.yaml': 'b\n' });
    let isHidden = true;
    forge.inject(({ method, path }) => {
      const isList = method === 'GET' && /pulls$|merge_requests$/.test(path);
      return isHidden && isList ? ((isHidden = false), { status: 200, body: [] }) : undefined;
    });
    // Not seen in the list, so another is opened, which the forge refuses.
    const outcome = await session.propose({ 'b.yaml': 'b\n', 'c.yaml': 'c\n' });
    expect(outcome).toMatchObject({ state: 'Open', request: { number: 1 } });
    const refused = forge.kind === 'GitHub' ? 422 : 409;
    const created = forge.calls.filter(({ call }) => /^POST .*(?:pulls|merge_requests)$/.test(call));
    expect(created.map(({ status }) => status)).toEqual([201, refused]);
    expect(await forge.requests.all()).toMatchObject([{ title: expect.stringContaining('write 2') }]);
  });
}
