import { expect, test } from '@jest/globals';
import { type Call } from '../../src/kube/index.js';
import { fenced } from '../../src/operator/fence.js';
import { page, scriptedClient } from '../support/scripted-client.js';

const verbs: readonly Call['verb'][] = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

test('a fenced client reads and never writes, from the moment the leadership is lost', async () => {
  const client = scriptedClient(() => page([]));
  let mayWrite = true;
  const behind = fenced(client, () => mayWrite);
  const call = async (verb: Call['verb']): Promise<string> => {
    const { length } = client.calls;
    const outcome = await behind.call({ verb, resource: 'things', path: '/things' }).then(
      () => 'answered',
      (error: Error) => error.message,
    );
    expect(client.calls.length - length).toBe(outcome === 'answered' ? 1 : 0);
    return outcome;
  };
  for (const verb of verbs) expect(await call(verb)).toBe('answered');
  mayWrite = false;
  for (const verb of verbs.slice(0, 3)) expect(await call(verb)).toBe('answered');
  for (const verb of verbs.slice(3)) expect(await call(verb)).toBe('this process is no longer the leader');
});
