import { afterAll, expect, test } from '@jest/globals';
import { removeTemporary } from '../../git/temporary.js';
import { oneWay } from './one-way.js';

afterAll(removeTemporary);

test('a commit that comes during a way is not taken for one that was applied', async () => {
  const before: string[] = [];
  const way = await oneWay({
    namespaces: ['shop'],
    afterPush: async () => {
      before.push((await way.repository.head())?.commit ?? '');
      await way.write('overlays/shop.yaml', 'spec: {teams: [{name: late}]}\n');
    },
  });
  const { head } = await way.travel();
  expect(before).toEqual([head?.commit]);
  expect(way.findings()).toMatchObject({ published: before[0], applied: before[0] });
  expect(head?.commit).not.toBe((await way.repository.head())?.commit);
});
