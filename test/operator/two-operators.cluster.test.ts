import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Harness } from '../fixtures/operator/harness.js';
import { Cluster, home } from '../fixtures/operator/cluster.js';
import { commits, files } from '../fixtures/operator/people.js';
import { demandPullSecrets } from '../fixtures/operator/pull-secrets.js';

const count = 100;

let cluster: Cluster;
let harness: Harness;

beforeAll(async () => {
  cluster = await Cluster.open();
});
afterAll(async () => {
  await cluster.close();
  await harness.quay.close();
});

const leader = async (): Promise<string> => {
  const path = `/apis/coordination.k8s.io/v1/namespaces/${home}/leases/quayside`;
  return (await cluster.get<{ spec: { holderIdentity: string } }>(path)).spec.holderIdentity;
};

test('Q39 one of two leads; when it is killed in the middle of the work the other finishes it', async () => {
  const [one, other] = await Promise.all(
    ['one', 'other'].map((instance) =>
      cluster.start({
        args: ['--instance', instance],
        environment: { QUAYSIDE_CACHE: `${cluster.folder}/${instance}` },
      }),
    ),
  );
  const operators = { one, other };
  const first = await cluster.eventually(async () => {
    const holder = await leader();
    expect(Object.keys(operators).some((name) => holder.startsWith(name))).toBe(true);
    return holder.startsWith('one') ? 'one' : 'other';
  });
  const second = first === 'one' ? 'other' : 'one';
  await cluster.eventually(async () => expect(await operators[first]?.metric('quayside_leader')).toBe(1));
  expect(await operators[second]?.metric('quayside_leader')).toBe(0);
  expect(await operators[second]?.ask('/readyz')).toMatchObject({ status: 200 });

  harness = await Harness.open(cluster, { spec: { interval: '1m' } });
  const names = Array.from({ length: count }, (_, at) => `n${at}`);
  harness.quay.latency(100);
  const created = harness.projects(names, ['web']);
  await cluster.eventually(() => expect(harness.organizations().length).toBeGreaterThan(count / 3));
  await operators[first]?.stop('SIGKILL');
  expect(harness.organizations().length).toBeLessThan(count);
  await created;
  harness.quay.latency(0);

  await harness.ready(names, 180_000);
  expect(await leader()).toMatch(new RegExp(`^${second}`));
  expect(harness.organizations()).toEqual(names.map((name) => harness.organization(name)).sort());
  expect(files(harness).filter((path) => path.includes('/organizations/'))).toHaveLength(count);
  expect(commits(harness)).toBeLessThan(count);
  expect(harness.deletes()).toEqual([]);
  for (const name of names) await demandPullSecrets(harness, name);
  // Nothing was made twice: what Quay refused as already there would show here.
  const refused = harness.quay.requests.writes().filter(({ status }) => status === 400 || status === 409);
  expect(refused.length).toBeLessThan(10);
}, 360_000);
