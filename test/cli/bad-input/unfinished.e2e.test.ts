import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type FaultRule } from '@quayside/simulator';
import { imageStream, project, Fixture } from '../../support/quayside.js';
import { sayingOf } from './refusal.js';

let fixture: Fixture;

beforeEach(async () => {
  fixture = await Fixture.open();
  await fixture.cluster(project('e2e-demo'), imageStream('e2e-demo', 'httpd-example'));
});

afterEach(async () => fixture.close());

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

  test.each(faults)('%s: reports what was done and what was not, and the next apply finishes', async (_, fault) => {
    fixture.quay.faults.inject(fault);
    const finished = await fixture.run('apply', ...fixture.inputArguments);
    expect(finished.code).toBe(1);
    expect(finished.stdout).toMatch(/\n {2}\+ create the organization\n/);
    expect(finished.stdout).toMatch(/! failed: QuayUnavailable: (?:PUT|POST) \/api\/v1\/\S+: Quay answered 500/);
    expect(sayingOf(fixture, finished)).toMatch(
      /not finished: \d of 9 changes done, \d failed, \d not done\n[^]*run apply again/,
    );
    fixture.quay.faults.clear();
    const again = await fixture.run('apply', ...fixture.inputArguments);
    expect({ code: again.code, stderr: again.stderr }).toEqual({ code: 0, stderr: '' });
    const plan = await fixture.run('plan', ...fixture.inputArguments);
    expect({ code: plan.code, stderr: plan.stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('only seemingly, since Quay lost the answers to what it did, finds that out by itself', async () => {
    fixture.quay.faults.inject({ method: 'POST', path: 'prototypes', status: 500, when: 'after', times: 99 });
    const { code, stderr } = await fixture.run('apply', ...fixture.inputArguments);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('reports the same in JSON', async () => {
    fixture.quay.faults.inject({ method: 'PUT', path: 'robots/builder', status: 500, body: '{}' });
    const finished = await fixture.run('apply', ...fixture.inputArguments, '-o', 'json');
    sayingOf(fixture, finished);
    expect(finished.code).toBe(1);
    const { changeSet } = JSON.parse(finished.stdout) as Told;
    const [organization] = changeSet.organizations;
    expect(changeSet.totals).toMatchObject({ done: 7, failed: 1, notDone: 1 });
    expect(organization?.done.map(({ words }) => words)).toContain('create the organization');
    expect(organization?.failed).toMatchObject([
      { change: { words: 'create robot builder' }, failure: { code: 'QuayUnavailable' } },
    ]);
    expect(organization?.failed[0]?.failure.message).toContain('robots/builder: Quay answered 500');
    expect(organization?.failed[0]?.failure.hint).toContain("Check Quay's log");
    expect(organization?.notDone.map(({ words }) => words)).toEqual(['give robot builder write on new repositories']);
  });

  test('of many organizations leaves the others whole', async () => {
    await fixture.cluster(project('one'), project('two'), project('three'));
    fixture.quay.faults.inject({ method: 'PUT', path: 'openshift_two/robots', status: 500, body: '{}', times: 99 });
    expect((await fixture.run('apply', ...fixture.inputArguments)).code).toBe(1);
    fixture.quay.faults.clear();
    const plan = await fixture.run('plan', ...fixture.inputArguments);
    expect(plan.stdout).toContain('openshift_two');
    expect(plan.stdout).not.toMatch(/openshift_(?:one|three)/);
    expect((await fixture.run('apply', ...fixture.inputArguments)).code).toBe(0);
    expect((await fixture.run('plan', ...fixture.inputArguments)).code).toBe(0);
  });

  test('stops when the token is revoked meanwhile, and says how far it came', async () => {
    const body = JSON.stringify({ message: 'Invalid token', error: 'invalid_token' });
    fixture.quay.faults.inject({ status: 401, body, after: 6, times: 999 });
    const finished = await fixture.run('apply', ...fixture.inputArguments);
    expect(finished.code).toBe(1);
    expect(sayingOf(fixture, finished)).toMatch(/error \(TokenRejected\)[^]*not finished: \d of 9 changes done/);
    fixture.quay.faults.clear();
    expect((await fixture.run('apply', ...fixture.inputArguments)).code).toBe(0);
    expect((await fixture.run('plan', ...fixture.inputArguments)).code).toBe(0);
  });
});

test('applies at the same time harm nothing: each ends well or says why, and the next one finds nothing to do', async () => {
  await fixture.cluster(...['one', 'two', 'three'].flatMap((name) => [project(name), imageStream(name, 'app')]));
  fixture.quay.latency(20);
  const all = await Promise.all([1, 2, 3].map(() => fixture.run('apply', ...fixture.inputArguments)));
  fixture.quay.latency(0);
  for (const finished of all) {
    const said = sayingOf(fixture, finished);
    if (finished.code === 0) continue;
    expect(finished.code).toBe(1);
    expect(said).toMatch(/again/);
  }
  const last = await fixture.run('apply', ...fixture.inputArguments);
  expect({ code: last.code, stderr: last.stderr }).toEqual({ code: 0, stderr: '' });
  expect((await fixture.run('plan', ...fixture.inputArguments)).code).toBe(0);
  const { organizations } = (await fixture.ask('GET', '/user/')) as { organizations: { name: string }[] };
  expect(organizations.map(({ name }) => name).sort()).toEqual(['openshift_one', 'openshift_three', 'openshift_two']);
});
