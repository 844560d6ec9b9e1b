import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { imageStream, project, Scene } from '../cli/quayside.js';
import { cluster, swapped, type Damage } from './damage.js';
import { bareState, type BareState, type Tree } from './state.js';

let scene: Scene;
let state: BareState;
let whole: Tree;

const overlay = `${cluster}/overlays/shop.yaml`;

beforeAll(async () => {
  scene = await Scene.open();
  await scene.cluster(project('shop'), project('web'), imageStream('shop', 'web'));
  await scene.run('apply', ...scene.road);
  const first = bareState(scene.file('.quayside/state.git'));
  const written = (name: string) => ({ mode: '100644', id: first.blob(`spec: {teams: [{name: ${name}}]}\n`) });
  first.commit(
    new Map([...first.tree(), [overlay, written('devs')], [`${cluster}/overlays/web.yaml`, written('ops')]]),
  );
  expect(await scene.run('apply', ...scene.road)).toMatchObject({ code: 0 });
  state = bareState(scene.file('.quayside/state.git'));
  whole = state.tree();
});
beforeEach(() => state.reset());
afterAll(async () => scene.close());

const moved = (name: string, from: string, to: string): Damage => ({
  name,
  on: (_, tree) =>
    new Map([...tree].map(([path, entry]) => [path.startsWith(from) ? to + path.slice(from.length) : path, entry])),
});
const without = (tree: Tree, path: string): Tree => new Map([...tree].filter(([one]) => !one.startsWith(path)));

test.each(
  (
    [
      [
        {
          name: 'overlays is a link',
          on: (state, tree) =>
            new Map([
              ...without(tree, `${cluster}/overlays`),
              [`${cluster}/overlays`, { mode: '120000', id: state.blob('x') }],
            ]),
        },
        /overlays: is a symbolic link/,
      ],
      [moved('Overlays', `${cluster}/overlays`, `${cluster}/Overlays`), /Overlays\/shop\.yaml: is not read/],
      [moved('another ending', overlay, `${cluster}/overlays/shop.yml`), /shop\.yml: is not read/],
      [
        { name: 'all overlays gone', on: (_, tree) => without(tree, `${cluster}/overlays`) },
        /HistoryDiverged[^]*overlays are gone at once/,
      ],
      [swapped(overlay, `${cluster}/organizations/shop.yaml`), /shop\.yaml:1:1: /],
    ] as readonly [Damage, RegExp][]
  ).map(([damage, words]) => ({ name: damage.name, damage, words })),
)('R1: $name: nothing is taken away, and it says so', async ({ damage, words }) => {
  state.commit(damage.on(state, whole));
  expect((await scene.run('plan', ...scene.road)).stdout).toContain('Nothing to do.');
  const { code, stdout, stderr } = await scene.run('apply', ...scene.road, '--max-deletions', '9');
  expect(code).toBe(1);
  expect(stdout + stderr).toMatch(words);
  const { teams } = (await scene.ask('GET', '/organization/openshift_shop')) as { teams: object };
  expect(Object.keys(teams)).toContain('devs');
});

test('R1: an overlay that somebody deleted takes back what it stated', async () => {
  state.commit(without(whole, overlay));
  expect(await scene.run('apply', ...scene.road)).toMatchObject({ code: 0 });
  const { teams } = (await scene.ask('GET', '/organization/openshift_shop')) as { teams: object };
  expect(Object.keys(teams)).not.toContain('devs');
});
