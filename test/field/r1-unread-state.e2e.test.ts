import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { imageStream, project, Fixture } from '../support/quayside.js';
import { cluster, swapped, type Damage } from './damage.js';
import { bareState, type BareState, type Tree } from './state.js';

let fixture: Fixture;
let state: BareState;
let whole: Tree;

const overlay = `${cluster}/overlays/shop.yaml`;

beforeAll(async () => {
  fixture = await Fixture.open();
  await fixture.cluster(project('shop'), project('web'), imageStream('shop', 'web'));
  await fixture.run('apply', ...fixture.inputArguments);
  const first = bareState(fixture.file('.quayside/state.git'));
  const written = (name: string) => ({ mode: '100644', id: first.blob(`spec: {teams: [{name: ${name}}]}\n`) });
  first.commit(
    new Map([...first.tree(), [overlay, written('devs')], [`${cluster}/overlays/web.yaml`, written('ops')]]),
  );
  expect(await fixture.run('apply', ...fixture.inputArguments)).toMatchObject({ code: 0 });
  state = bareState(fixture.file('.quayside/state.git'));
  whole = state.tree();
});
beforeEach(() => state.reset());
afterAll(async () => fixture.close());

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
  expect((await fixture.run('plan', ...fixture.inputArguments)).stdout).toContain('Nothing to do.');
  const { code, stdout, stderr } = await fixture.run('apply', ...fixture.inputArguments, '--max-deletions', '9');
  expect(code).toBe(1);
  expect(stdout + stderr).toMatch(words);
  const { teams } = (await fixture.ask('GET', '/organization/openshift_shop')) as { teams: object };
  expect(Object.keys(teams)).toContain('devs');
});

test('R1: an overlay that somebody deleted takes back what it stated', async () => {
  state.commit(without(whole, overlay));
  expect(await fixture.run('apply', ...fixture.inputArguments)).toMatchObject({ code: 0 });
  const { teams } = (await fixture.ask('GET', '/organization/openshift_shop')) as { teams: object };
  expect(Object.keys(teams)).not.toContain('devs');
});
