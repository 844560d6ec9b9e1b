import { expect, test } from '@jest/globals';
import type { Life } from '../life.js';
import { branch, reviewSession, type WantedFiles } from '../session.js';

/** Writes to the forge and pushes, each of which may be the last. */
const isWrite = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
  method !== 'GET' && !path.endsWith('git-upload-pack');

/** What a pass leaves half done, the next one ends. */
export function cuts(life: () => Life): void {
  test('F26 a request whose creation was never answered is found the next time', async () => {
    const { forge, session } = life();
    forge.inject(({ method, path }) => (method === 'POST' && /pulls$|merge_requests$/.test(path) ? 'cut' : undefined));
    await expect(session.propose({ 'b.yaml': 'b\n' })).rejects.toMatchObject({
      code: 'ForgeUnavailable',
      retryable: true,
    });
    forge.inject(undefined);
    expect(await session.propose({ 'b.yaml': 'b\n' })).toMatchObject({ state: 'Open', request: { number: 1 } });
    expect(await forge.requests.all()).toHaveLength(1);
  });

  test('F40 a pass that ends after any one of its writes leaves nothing that the next does not end', async () => {
    const { forge } = life();
    const wanted: WantedFiles[] = [{ 'b.yaml': 'b\n' }, { 'b.yaml': 'b\nc\n' }, { 'b.yaml': undefined }];
    for (const files of wanted) {
      // Each time a new process, which is stopped after its first write: so each comes one write further.
      for (let stops = 0, isDone = false; !isDone; stops += 1) {
        expect(stops).toBeLessThan(8);
        const session = await reviewSession(forge);
        let writes = 0;
        forge.inject((asked) => (isWrite(asked) && (writes += 1) === 1 ? 'cut' : undefined));
        await session.propose(files).then(
          () => (isDone = writes === 0),
          () => undefined,
        );
        forge.inject(undefined);
        await session.close();
        const open = (await forge.requests.all()).filter(({ state }) => state === 'open');
        expect(open.length).toBeLessThanOrEqual(1);
      }
      const isWanted = files['b.yaml'] !== undefined;
      expect(await forge.repository.read((await forge.repository.ref('main')) ?? '', 'b.yaml')).toBeUndefined();
      expect((await forge.repository.ref(branch)) !== undefined).toBe(isWanted);
      expect((await forge.requests.all()).map(({ state }) => state)).toEqual([isWanted ? 'open' : 'closed']);
    }
  });

  test('F40 two leaders at once open one request, and neither loses what the other wrote', async () => {
    const { forge, session } = life();
    const other = await reviewSession(forge);
    try {
      for (const text of ['b\n', 'b\nc\n']) {
        await Promise.allSettled([session, other].map((one) => one.propose({ 'b.yaml': text })));
        expect((await forge.requests.all()).filter(({ state }) => state === 'open').length).toBeLessThanOrEqual(1);
      }
      expect(await session.propose({ 'b.yaml': 'b\nc\n' })).toMatchObject({ state: 'Open' });
      expect(await other.propose({ 'b.yaml': 'b\nc\n' })).toMatchObject({ state: 'Open', events: [] });
      expect((await forge.requests.all()).filter(({ state }) => state === 'open')).toHaveLength(1);
      expect(await forge.repository.read((await forge.repository.ref(branch)) ?? '', 'b.yaml')).toBe('b\nc');
    } finally {
      await other.close();
    }
  });
}
