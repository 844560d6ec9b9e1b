import { describe, expect, test } from '@jest/globals';
import { reviewed, reviewOf } from '../fixtures/admission/review.js';
import { home } from '../fixtures/operator/cluster.js';
import { escape } from './foreign-servers.js';
import { scene } from './installation.js';
import { leaksIn } from './leaks.js';
import { send } from './pod.js';

describe('a pod in the cluster', () => {
  const built = (): object => ({
    spec: {
      strategy: { type: 'Docker', dockerStrategy: {} },
      output: { to: { kind: 'ImageStreamTag', name: 'web:1' } },
    },
  });
  const review = (more: object, object = built()): string =>
    JSON.stringify(reviewOf(object, { namespace: scene.harness.namespace('a'), ...more }));
  const rewrites = async (): Promise<void> => {
    const { status, body } = await send(scene.webhook.port, review({}));
    expect(status).toBe(200);
    expect(reviewed(body)).toMatchObject({
      allowed: true,
      patchType: 'JSONPatch',
      auditAnnotations: { decision: 'Rewritten' },
    });
    expect(await scene.webhook.live()).toBe(200);
  };
  const heard: string[] = [];

  test.each<[string, () => string]>([
    ['nothing', () => ''],
    ['no JSON', () => '\0'.repeat(100_000)],
    ['lists in lists', () => '['.repeat(500_000)],
    ['a namespace of 2.9 MB', () => review({ namespace: 'a.'.repeat(1_450_000) })],
    ['a namespace of another kind', () => review({ namespace: { toString: 'x' } })],
    [
      'the namespace of the operator',
      () => review({ namespace: home, userInfo: { username: 'system:admin', groups: ['system:masters'] } }),
    ],
    ['escape sequences', () => review({ name: `${escape}\n{"level":"error"}`, uid: escape })],
    [
      'a service account that is an address',
      () =>
        review(
          {},
          { spec: { serviceAccount: 'a://b@c', output: { to: { kind: 'ImageStreamTag', name: '../../x:1' } } } },
        ),
    ],
    [
      'keys of the language',
      () => review({}).replace('"spec":{', '"__proto__":{"allowed":false},"constructor":{"prototype":{}},"spec":{'),
    ],
  ])('does not stop the webhook: %s', async (_, body) => {
    const before = scene.webhook.log().length;
    heard.push((await send(scene.webhook.port, body())).body);
    await rewrites();
    expect(scene.webhook.log().length - before).toBeLessThan(20_000);
    expect(leaksIn({ heard: heard.join('\n') }, { ...scene.secrets, token: scene.harness.token() })).toEqual([]);
  });
});
