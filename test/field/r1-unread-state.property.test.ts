import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readConfiguration } from '../../src/process/configuration.js';
import { applyState, type ApplyResult } from '../../src/app/apply.js';
import { InvalidInput, QuaysideError } from '../../src/errors/index.js';
import { effectOf } from '../../src/plan/effect.js';
import { startSimulator, type Simulator } from '../../simulator/src/index.js';
import { ownershipKey } from '../support/ownership-key.js';
import { imageStream, kubeSystem, project } from '../support/quayside.js';
import { registryAt } from '../fixtures/registry-at.js';
import { removeTemporary, temporaryFolder } from '../support/temporary.js';
import { cluster, damageToFile, damageToFolder, swapped, type Damage } from './damage.js';
import { bareState, type BareState, type Tree } from './state.js';
import { integrationObject } from '../fixtures/integration.js';

let quay: Simulator;
let state: BareState;
let whole: Tree;
let applied: ReturnType<Simulator['snapshot']>;
let go: (dryRun: boolean) => Promise<ApplyResult>;

const overlay = `spec:
  deletionPolicy: Retain
  quota: {size: 10Gi}
  teams:
    - {name: devs, role: creator}
  repositories:
    - name: web
      permissions: [{kind: team, name: devs, role: write}]
    - {name: extra}
`;
const flow = '{"spec": {"teams": [{"name": "ops"}], "autoPrune": [{"method": "number_of_tags", "numberOfTags": 7}]}}\n';
const person = (name: string, spec: object): string =>
  JSON.stringify({
    apiVersion: 'quayside.dev/v1alpha1',
    kind: 'QuayOrganization',
    metadata: { name: name.replace('_', '.') },
    spec: { integration: 'quay', name, ...spec },
  });
const files: Readonly<Record<string, string>> = {
  [`${cluster}/overlays/shop.yaml`]: overlay,
  [`${cluster}/overlays/web.yaml`]: flow,
  [`${cluster}/overlays/legacy.yaml`]: 'spec: {teams: [{name: old}]}\n',
  [`${cluster}/organizations/own.yaml`]: person('openshift_own', { namespace: 'own', teams: [{ name: 'mine' }] }),
  [`${cluster}/organizations/team.yaml`]: person('team', { teams: [{ name: 'free' }] }),
  [`${cluster}/ignore.yaml`]: 'namespaces: [legacy]\n',
};
const more: Readonly<Record<string, string>> = { [`${cluster}/organizations/shop.yaml`]: '' };
const folders = [cluster, `${cluster}/overlays`, `${cluster}/organizations`];
// Only while it was not ignored; what it stated is kept since.
const lost = `${cluster}/overlays/legacy.yaml`;

beforeAll(async () => {
  quay = await startSimulator();
  const folder = await temporaryFolder();
  const at = (name: string): string => join(folder, name);
  const items = ['shop', 'web', 'legacy', 'own', 'plain'].map((name) => project(name));
  await writeFile(
    at('cluster.json'),
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [kubeSystem, ...items, imageStream('shop', 'web')] }),
  );
  await writeFile(
    at('integration.json'),
    JSON.stringify(
      integrationObject({ ...registryAt(quay.url), credentialsSecret: { namespace: 'quayside', name: 'quay' } }),
    ),
  );
  const environment = {
    PATH: process.env['PATH'],
    HOME: folder,
    QUAYSIDE_QUAY_TOKEN: quay.credentials.superuser,
    QUAYSIDE_OWNERSHIP_KEY: ownershipKey,
  };
  const options = { namespace: 'quayside', cluster: [at('cluster.json')], integration: at('integration.json') };
  go = (dryRun) =>
    applyState(
      { ...options, state: at('state.git'), dryRun, maxDeletions: 99, roles: true },
      readConfiguration(environment),
    );
  await go(false);
  const first = bareState(at('state.git'));
  const begun = new Map(first.tree());
  const put = (paths: readonly string[]): void => {
    const written = paths.map((path): [string, { mode: string; id: string }] => [
      path,
      { mode: '100644', id: first.blob(files[path] ?? '') },
    ]);
    first.commit(new Map([...begun, ...written]));
  };
  const ignore = `${cluster}/ignore.yaml`;
  put(Object.keys(files).filter((path) => path !== ignore));
  await go(false);
  first.commit(new Map([...first.tree(), [ignore, { mode: '100644', id: first.blob(files[ignore] ?? '') }]]));
  await go(false);
  first.commit(new Map([...first.tree()].filter(([path]) => path !== lost)));
  await go(false);
  expect(removals(await go(true))).toEqual([]);
  state = bareState(at('state.git'));
  whole = state.tree();
  applied = quay.snapshot();
});

afterAll(async () => {
  await quay.close();
  await removeTemporary();
});

/** What a way takes away, or would, in words. */
function removals({ changeSet: { organizations } }: ApplyResult): readonly string[] {
  return organizations.flatMap(({ organization, plan, done, deletion }) => [
    ...[...(plan?.changes ?? []), ...done]
      .filter(({ change }) => effectOf(change) !== 'makes')
      .map(({ words }) => `${organization}: ${words}`),
    // One that is let go of stays in Quay as it is.
    ...(deletion === undefined || deletion.outcome === 'Release' ? [] : [`${organization}: ${deletion.outcome}`]),
  ]);
}

/** A refusal to do anything takes nothing away. */
async function removedBy(dryRun: boolean): Promise<readonly string[]> {
  try {
    return removals(await go(dryRun));
  } catch (error) {
    if (error instanceof InvalidInput || error instanceof QuaysideError) return [];
    throw error;
  }
}

/** More of them on demand: each goes three ways. */
const runs = Number(process.env['R1_RUNS'] ?? 12);
const paths = [...Object.keys(files).filter((path) => path !== lost), ...Object.keys(more)];
const damage: fc.Arbitrary<Damage> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...paths).chain(damageToFile) },
  { weight: 2, arbitrary: fc.constantFrom(...folders).chain(damageToFolder) },
  fc
    .tuple(fc.constantFrom(...paths), fc.constantFrom(...paths))
    .filter(([one, other]) => one !== other)
    .map(([one, other]) => swapped(one, other)),
);

test('R1: whatever is damaged in the state repository, nothing is taken away in Quay, now or later', async () => {
  await fc.assert(
    fc.asyncProperty(damage, async ({ on }) => {
      state.reset();
      quay.restore(applied);
      state.commit(on(state, whole));
      const taken = { planned: await removedBy(true), first: await removedBy(false), second: await removedBy(false) };
      expect(taken).toEqual({ planned: [], first: [], second: [] });
    }),
    { numRuns: runs },
  );
});
