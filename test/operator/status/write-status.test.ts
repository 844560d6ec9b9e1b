import { expect, test } from '@jest/globals';
import { resourceTypes } from '../../../src/kube/index.js';
import { createStatusWriter, type StatusTarget } from '../../../src/operator/status/write-status.js';
import { scriptedClient } from '../../support/scripted-client.js';

const type = resourceTypes.quayOrganization;
const target = (uid: string): StatusTarget => ({ name: 'a', uid, type, status: {} });

test('a status is written once, and not to another object that has its name by now', async () => {
  const client = scriptedClient(() => ({ status: 200, body: {} }));
  let now: string | undefined = 'first';
  const statuses = createStatusWriter<{ ready: number }>(client, () => now);
  expect(await statuses.write(target('first'), { ready: 1 })).toBe(true);
  expect(await statuses.write(target('first'), { ready: 1 })).toBe(false);
  expect(client.calls).toHaveLength(1);

  for (const other of ['second', undefined]) {
    now = other;
    expect(await statuses.write(target('first'), { ready: 2 })).toBe(false);
  }
  expect(client.calls).toHaveLength(1);
  expect(statuses.last('first')).toEqual({ ready: 1 });

  now = 'second';
  expect(await statuses.write(target('second'), { ready: 2 })).toBe(true);
  expect(client.calls).toHaveLength(2);
});
