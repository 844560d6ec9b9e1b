import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type FaultRule } from '@quayside/simulator';
import { imageStream, project, Scene } from '../quayside.js';
import { sayingOf } from './refusal.js';

let scene: Scene;

beforeEach(async () => {
  scene = await Scene.open();
  await scene.cluster(project('e2e-demo'), imageStream('e2e-demo', 'httpd-example'));
});

afterEach(async () => scene.close());

interface Told {
  readonly changeSet: {
    readonly totals: { readonly done: number; readonly failed: number; readonly notDone: number };
    readonly organizations: readonly {
      readonly done: readonly { readonly words: string }[];
      readonly failed: readonly {
        readonly change: { readonly words: string };
        readonly failure: { readonly code: string; readonly message: string; readonly hint?: string };
      }[];
      readonly notDone: readonly { readonly words: string }[];
    }[];
  };
}

describe('an apply that fails in the middle', () => {
  const faults: readonly (readonly [string, FaultRule])[] = [
    ['500 once', { method: 'PUT', path: 'robots/builder', status: 500, body: '{}' }],
    ['500 for ever', { method: 'PUT', path: 'robots', status: 500, body: '{}', times: 99 }],
  ];

  test.each(faults)(
    '%s: tells in words what was done and what was not, and the next one finishes',
    async (_, fault) => {
      scene.quay.faults.inject(fault);
      const finished = await scene.run('apply', ...scene.road);
      expect(finished.code).toBe(1);
      expect(finished.stdout).toMatch(/\n {2}\+ create the organization\n/);
      expect(finished.stdout).toMatch(/! failed: QuayUnavailable: (?:PUT|POST) \/api\/v1\/\S+: Quay answered 500/);
      expect(sayingOf(scene, finished)).toMatch(
        /not finished: \d of 9 changes done, \d failed, \d not done\n[^]*Run apply again/,
      );
      scene.quay.faults.clear();
      const again = await scene.run('apply', ...scene.road);
      expect({ code: again.code, stderr: again.stderr }).toEqual({ code: 0, stderr: '' });
      const plan = await scene.run('plan', ...scene.road);
      expect({ code: plan.code, stderr: plan.stderr }).toEqual({ code: 0, stderr: '' });
    },
  );

  test('only seemingly, since Quay lost the answers to what it did, finds that out by itself', async () => {
    scene.quay.faults.inject({ method: 'POST', path: 'prototypes', status: 500, when: 'after', times: 99 });
    const { code, stderr } = await scene.run('apply', ...scene.road);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('tells the same in JSON', async () => {
    scene.quay.faults.inject({ method: 'PUT', path: 'robots/builder', status: 500, body: '{}' });
    const finished = await scene.run('apply', ...scene.road, '-o', 'json');
    sayingOf(scene, finished);
    expect(finished.code).toBe(1);
    const { changeSet } = JSON.parse(finished.stdout) as Told;
    const [organization] = changeSet.organizations;
    expect(changeSet.totals).toMatchObject({ done: 7, failed: 1, notDone: 1 });
    expect(organization?.done.map(({ words }) => words)).toContain('create the organization');
    expect(organization?.failed).toMatchObject([
      { change: { words: 'create robot builder' }, failure: { code: 'QuayUnavailable' } },
    ]);
    expect(organization?.failed[0]?.failure.message).toContain('robots/builder: Quay answered 500');
    expect(organization?.failed[0]?.failure.hint).toContain("Look into Quay's log");
    expect(organization?.notDone.map(({ words }) => words)).toEqual(['give robot builder write on new repositories']);
  });

  test('of many organizations leaves the others whole', async () => {
    await scene.cluster(project('one'), project('two'), project('three'));
    scene.quay.faults.inject({ method: 'PUT', path: 'openshift_two/robots', status: 500, body: '{}', times: 99 });
    expect((await scene.run('apply', ...scene.road)).code).toBe(1);
    scene.quay.faults.clear();
    const plan = await scene.run('plan', ...scene.road);
    expect(plan.stdout).toContain('openshift_two');
    expect(plan.stdout).not.toMatch(/openshift_(?:one|three)/);
    expect((await scene.run('apply', ...scene.road)).code).toBe(0);
    expect((await scene.run('plan', ...scene.road)).code).toBe(0);
  });

  test('stops when the token is revoked meanwhile, and says how far it came', async () => {
    const body = JSON.stringify({ message: 'Invalid token', error: 'invalid_token' });
    scene.quay.faults.inject({ status: 401, body, after: 6, times: 999 });
    const finished = await scene.run('apply', ...scene.road);
    expect(finished.code).toBe(1);
    expect(sayingOf(scene, finished)).toMatch(/error \(TokenRejected\)[^]*not finished: \d of 9 changes done/);
    scene.quay.faults.clear();
    expect((await scene.run('apply', ...scene.road)).code).toBe(0);
    expect((await scene.run('plan', ...scene.road)).code).toBe(0);
  });
});

test('applies at the same time harm nothing: each ends well or says why, and the next one finds nothing to do', async () => {
  await scene.cluster(...['one', 'two', 'three'].flatMap((name) => [project(name), imageStream(name, 'app')]));
  scene.quay.latency(20);
  const all = await Promise.all([1, 2, 3].map(() => scene.run('apply', ...scene.road)));
  scene.quay.latency(0);
  for (const finished of all) {
    const said = sayingOf(scene, finished);
    if (finished.code === 0) continue;
    expect(finished.code).toBe(1);
    expect(said).toMatch(/again/);
  }
  const last = await scene.run('apply', ...scene.road);
  expect({ code: last.code, stderr: last.stderr }).toEqual({ code: 0, stderr: '' });
  expect((await scene.run('plan', ...scene.road)).code).toBe(0);
  const { organizations } = (await scene.ask('GET', '/user/')) as { organizations: { name: string }[] };
  expect(organizations.map(({ name }) => name).sort()).toEqual(['openshift_one', 'openshift_three', 'openshift_two']);
});
