import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { removeTemporary } from '../support/temporary.js';
import { branch, type ReviewSession, reviewSession } from './session.js';
import type { StandIn } from './stand-in.js';

/** The life of a proposal on a forge: what every forge has to do alike. */
export function lifeOn(name: string, start: () => Promise<StandIn>): void {
  describe(`a proposal on ${name}`, () => {
    let forge: StandIn;
    let session: ReviewSession;
    beforeEach(async () => {
      forge = await start();
      forge.repository.commit('main', { 'a.yaml': 'a\n', 'other.md': 'x\n' });
      session = await reviewSession(forge);
    });
    afterEach(async () => {
      await session.close();
      await forge.close();
      await removeTemporary();
    });
    const writes = (): number => forge.calls.filter(({ call }) => !call.startsWith('GET ')).length;
    const restart = async (): Promise<void> => {
      await session.close();
      session = await reviewSession(forge);
    };
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`n${at}.yaml`, 'a\n']));

    test('D6 F1 a hundred new files are one branch, one commit and one request', async () => {
      const base = forge.repository.ref('main');
      const outcome = await session.propose(many);
      expect(outcome).toMatchObject({ state: 'Open', request: { number: 1 } });
      expect(forge.requests.all()).toMatchObject([{ state: 'open', head: branch, base: 'main', labels: ['quayside'] }]);
      expect(forge.repository.parents(forge.repository.ref(branch) ?? '')).toEqual([base]);
      expect(forge.repository.ref('main')).toBe(base);
      expect(forge.pushes()).toBe(1);
      // Beside what the project or repository is called, which is asked once.
      expect(forge.calls.filter(({ call }) => /pulls|merge_requests|labels/.test(call)).length).toBeLessThanOrEqual(3);
    });

    test('F2 many changes before anybody looks are one request, and its text is written only when it differs', async () => {
      for (let at = 1; at <= 3; at += 1) await session.propose(Object.fromEntries(Object.entries(many).slice(0, at)));
      expect(forge.requests.all()).toHaveLength(1);
      expect(forge.pushes()).toBe(3);
      expect(forge.requests.one(1).title).toContain('write 3');
    });

    test('F3 at rest nothing is pushed or written, and the forge is asked only whether something changed', async () => {
      await session.propose({ 'b.yaml': 'b\n' });
      await session.propose({ 'b.yaml': 'b\n' });
      const [pushes, before, calls] = [forge.pushes(), writes(), forge.calls.length];
      for (let pass = 0; pass < 5; pass += 1) await session.propose({ 'b.yaml': 'b\n' });
      expect([forge.pushes(), writes()]).toEqual([pushes, before]);
      expect(forge.calls.slice(-5).every(({ status }) => status === 304)).toBe(true);
      expect(forge.calls.slice(calls)).toHaveLength(5);
    });

    test('F4 a commit on base beside the proposal moves nothing', async () => {
      await session.propose({ 'b.yaml': 'b\n' });
      const head = forge.repository.ref(branch);
      const before = writes();
      forge.repository.commit('main', { 'other.md': 'y\n' });
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open' });
      expect(forge.repository.ref(branch)).toBe(head);
      expect(writes()).toBe(before);
    });

    test('F5 a commit on base that touches the proposal rebuilds the branch once, on the new base', async () => {
      await session.propose({ 'a.yaml': 'a\nb\n' });
      const moved = forge.repository.commit('main', { 'a.yaml': 'a\nc\n' });
      await session.propose({ 'a.yaml': 'a\nb\n' });
      expect(forge.repository.parents(forge.repository.ref(branch) ?? '')).toEqual([moved]);
      expect(forge.pushes()).toBe(2);
      expect(forge.requests.all()).toHaveLength(1);
    });

    test.each(['merge', 'squash', 'rebase'] as const)(
      'F7 F8 F9 a %s ends the proposal, and its branch goes',
      async (style) => {
        await session.propose({ 'b.yaml': 'b\n' });
        forge.requests.merge(1, style);
        const outcome = await session.propose({ 'b.yaml': 'b\n' });
        expect(outcome).toMatchObject({ state: 'None', events: [{ type: 'Merged', request: { number: 1 } }] });
        expect(forge.repository.ref(branch)).toBeUndefined();
        expect(forge.requests.all()).toMatchObject([{ state: 'merged' }]);
        const calls = forge.calls.length;
        expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'None', events: [] });
        expect(forge.calls).toHaveLength(calls);
      },
    );

    test('F10 a fast-forward ends it as well', async () => {
      await session.propose({ 'b.yaml': 'b\n' });
      forge.requests.merge(1, 'ff');
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'None' });
      expect(forge.repository.ref(branch)).toBeUndefined();
    });

    test('F11 a branch that the forge deleted itself at the merge is no error', async () => {
      await session.propose({ 'b.yaml': 'b\n' });
      forge.requests.merge(1, 'squash');
      forge.repository.remove(branch);
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'None', events: [] });
    });

    test('F12 what a person pushes to base is not proposed any more: closed by us, with the reason in its text', async () => {
      await session.propose({ 'b.yaml': 'b\n' });
      forge.repository.commit('main', { 'b.yaml': 'b\n' });
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({
        state: 'None',
        events: [{ type: 'Emptied' }],
      });
      expect(forge.requests.one(1)).toMatchObject({ state: 'closed', body: expect.stringContaining('state=empty') });
      expect(forge.repository.ref(branch)).toBeUndefined();
    });

    test('F13 and when it goes away from base again, it is proposed anew', async () => {
      await session.propose({ 'b.yaml': 'b\n' });
      const commit = forge.repository.ref('main') ?? '';
      forge.repository.commit('main', { 'b.yaml': 'b\n' });
      await session.propose({ 'b.yaml': 'b\n' });
      forge.repository.move('main', commit);
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open' });
      expect(forge.requests.all().filter(({ state }) => state === 'open')).toHaveLength(1);
    });

    test('F14 a request that a person closed is a no, also after restarts; the branch is left alone', async () => {
      await session.propose({ 'b.yaml': 'b\n' });
      const head = forge.repository.ref(branch);
      forge.requests.close(1);
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({
        state: 'ProposalDeclined',
        events: [{ type: 'Declined' }],
      });
      const before = writes();
      for (let pass = 0; pass < 2; pass += 1) {
        await restart();
        expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'ProposalDeclined', events: [] });
      }
      expect(writes()).toBe(before);
      expect(forge.requests.all()).toHaveLength(1);
      expect(forge.repository.ref(branch)).toBe(head);
    });

    test('F15 another change after a no is one new request, which names the refused one', async () => {
      await session.propose({ 'b.yaml': 'b\n' });
      forge.requests.close(1);
      await session.propose({ 'b.yaml': 'b\n' });
      expect(await session.propose({ 'b.yaml': 'b\n', 'c.yaml': 'c\n' })).toMatchObject({
        state: 'Open',
        request: { number: 2 },
      });
      expect(forge.requests.one(2).body).toContain('number 1');
    });

    test('F15 what would be lost by a refused change stays out of the next', async () => {
      forge.repository.commit('main', { 'gone.yaml': 'x\n', 'less.yaml': 'x\ny\n' });
      await session.propose({ 'gone.yaml': undefined, 'less.yaml': 'x\n' });
      forge.requests.close(1);
      await session.propose({ 'gone.yaml': undefined, 'less.yaml': 'x\n' });
      const outcome = await session.propose({ 'gone.yaml': undefined, 'less.yaml': 'x\nz\n', 'c.yaml': 'c\n' });
      expect(outcome).toMatchObject({ state: 'Open', withheld: ['gone.yaml', 'less.yaml'] });
      const head = forge.repository.ref(branch) ?? '';
      expect(forge.repository.files(head)).toEqual(['a.yaml', 'c.yaml', 'gone.yaml', 'less.yaml', 'other.md']);
      expect(forge.repository.read(head, 'less.yaml')).toBe('x\ny\nz');
    });

    test('F16 a no stays one when base moves elsewhere', async () => {
      await session.propose({ 'b.yaml': 'b\n' });
      forge.requests.close(1);
      forge.repository.commit('main', { 'other.md': 'z\n' });
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'ProposalDeclined' });
      expect(forge.requests.all()).toHaveLength(1);
    });

    test('F17 a refused request that is opened again goes on', async () => {
      forge.repository.commit('main', { 'gone.yaml': 'x\n' });
      await session.propose({ 'gone.yaml': undefined });
      forge.requests.close(1);
      await session.propose({ 'gone.yaml': undefined });
      forge.requests.one(1).state = 'open';
      expect(await session.propose({ 'gone.yaml': undefined })).toMatchObject({
        state: 'Open',
        request: { number: 1 },
      });
      expect(forge.requests.all()).toHaveLength(1);
    });

    test('F17 what was released is opened again where the forge does that', async () => {
      await session.propose({ 'b.yaml': 'b\n' });
      forge.requests.close(1);
      await session.propose({ 'b.yaml': 'b\n' });
      expect(await session.propose({ 'b.yaml': 'b\n' }, { released: true })).toMatchObject({
        state: 'Open',
        request: { number: 1 },
      });
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open', request: { number: 1 } });
    });

    test('F18 a commit of somebody else stops us: one comment, nothing overwritten, and her merge goes on', async () => {
      await session.propose({ 'b.yaml': 'b\n' });
      const edited = forge.repository.commit(branch, { 'b.yaml': 'by anna\n' });
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({
        state: 'ProposalEdited',
        events: [{ type: 'Edited' }],
      });
      expect(await session.propose({ 'b.yaml': 'b\nmore\n' })).toMatchObject({ state: 'ProposalEdited', events: [] });
      expect(forge.repository.ref(branch)).toBe(edited);
      expect(forge.requests.one(1).comments).toHaveLength(1);
      forge.requests.merge(1, 'squash');
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open', request: { number: 2 } });
    });

    test('F19 an amended commit of ours is somebody else’s', async () => {
      await session.propose({ 'b.yaml': 'b\n' });
      const amended = forge.repository.amend(branch, { 'b.yaml': 'by anna\n' });
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'ProposalEdited' });
      expect(forge.repository.ref(branch)).toBe(amended);
    });

    test('F20 base merged into the branch is no edit, and the next change replaces it', async () => {
      await session.propose({ 'b.yaml': 'b\n' });
      forge.repository.commit('main', { 'other.md': 'y\n' });
      const merged = forge.repository.merge(branch, 'main', 'merge');
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open', commit: merged });
      expect(await session.propose({ 'b.yaml': 'b\nc\n' })).toMatchObject({ state: 'Open', request: { number: 1 } });
      expect(forge.repository.parents(forge.repository.ref(branch) ?? '')).toHaveLength(1);
    });

    test('F21 a branch that was forced to base is proposed once more, in a new request', async () => {
      await session.propose({ 'b.yaml': 'b\n' });
      forge.repository.move(branch, forge.repository.ref('main') ?? '');
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open', request: { number: 2 } });
    });

    test('F22 a branch that was deleted is proposed once more, and the second time that is a no', async () => {
      await session.propose({ 'b.yaml': 'b\n' });
      forge.repository.remove(branch);
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open', request: { number: 2 } });
      forge.repository.remove(branch);
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'ProposalDeclined' });
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'ProposalDeclined' });
    });

    test('F23 a request of a fork, from a branch of our name, is not ours', async () => {
      forge.requests.add({ title: 't', body: '', head: branch, base: 'main', author: 'stranger', isFork: true });
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open', request: { number: 2 } });
    });

    test('F24 a request of a person from our branch is left alone', async () => {
      forge.repository.commit(branch, { 'x.yaml': 'x\n' });
      forge.requests.add({ title: 'Mine', body: 'By hand', head: branch, base: 'main', author: 'anna' });
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({
        state: 'ProposalForeign',
        request: { number: 1 },
      });
      expect(forge.requests.one(1)).toMatchObject({ title: 'Mine', body: 'By hand' });
    });

    test('D7 F25 of two requests of ours the older stays', async () => {
      await session.propose({ 'b.yaml': 'b\n' });
      const { title, body } = forge.requests.one(1);
      forge.repository.git(['branch', 'release', 'main']);
      forge.requests.add({ title, body, head: branch, base: 'release', author: 'quayside-bot' });
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open', request: { number: 1 } });
      expect(forge.requests.one(2)).toMatchObject({
        state: 'closed',
        comments: [{ body: expect.stringContaining('number 1') }],
      });
    });

    test('F26 a request whose creation was never answered is found the next time', async () => {
      forge.fault = ({ method, path }) =>
        method === 'POST' && /pulls$|merge_requests$/.test(path) ? 'cut' : undefined;
      await expect(session.propose({ 'b.yaml': 'b\n' })).rejects.toMatchObject({
        code: 'ForgeUnavailable',
        retryable: true,
      });
      forge.fault = undefined;
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open', request: { number: 1 } });
      expect(forge.requests.all()).toHaveLength(1);
    });

    test('F27 a request that exists already is taken, and says what it should', async () => {
      let isHidden = true;
      forge.fault = ({ method, path }) =>
        isHidden && method === 'GET' && /pulls$|merge_requests$/.test(path)
          ? ((isHidden = false), { status: 200, body: [] })
          : undefined;
      forge.repository.git(['branch', branch, 'main']);
      forge.repository.commit(branch, { 'z.yaml': 'z\n' });
      forge.requests.add({ title: 'old', body: 'old', head: branch, base: 'main', author: 'quayside-bot' });
      forge.repository.remove(branch);
      forge.repository.git(['branch', branch, 'main']);
      expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open' });
      expect(forge.requests.all().filter(({ state }) => state === 'open')).toHaveLength(1);
    });

    test('F36 a text that a person edited stays until there is another to write; without its marker it is written again', async () => {
      await session.propose({ 'b.yaml': 'b\n' });
      const request = forge.requests.one(1);
      request.body = request.body.replaceAll('\n', '\r\n').replace('Merge it', 'Please merge it');
      request.title = 'Anna’s title';
      const before = writes();
      await session.propose({ 'b.yaml': 'b\n' });
      expect(writes()).toBe(before);
      request.body = 'nothing of it';
      await session.propose({ 'b.yaml': 'b\n' });
      expect(request).toMatchObject({ title: 'Anna’s title', body: expect.stringContaining('digest=') });
    });
  });
}
