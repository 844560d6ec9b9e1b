import { afterAll, describe, expect, test } from '@jest/globals';
import { objectOrEmpty } from '../../src/json/index.js';
import { limits } from '../../src/limits/index.js';
import { limitConditions } from '../../src/operator/status/limit-conditions.js';
import { type GitPass, gitPass } from '../operator/git/git-pass.js';
import { removeTemporary } from '../support/temporary.js';

afterAll(removeTemporary);

/** What the object of a namespace tells of itself. */
function told({ objects }: GitPass, namespace: string): ReturnType<typeof limitConditions> {
  const { annotations } = objectOrEmpty(objects.get(`openshift.${namespace}`)?.metadata);
  return limitConditions(objectOrEmpty(annotations) as Record<string, string>);
}

describe('S9: whose overlay is at fault is told so on his own object, and nobody else is:', () => {
  test.each<[string, string, string, RegExp]>([
    ['too large', `# ${'x'.repeat(limits.personalFileBytes)}\n`, 'StateInvalid', /overlays\/shop\.yaml.*at most 65536/],
    ['no YAML', 'spec: {teams: [\n', 'StateInvalid', /overlays\/shop\.yaml/],
    ['one that changes what it may not', 'spec: {name: other}\n', 'OverlayInvalid', /overlays\/shop\.yaml.*spec\.name/],
  ])('%s', async (_, overlay, reason, words) => {
    const way = await gitPass({ namespaces: ['shop', 'web'] });
    await way.applyState();
    await way.write('overlays/shop.yaml', overlay);
    await way.applyState();
    const condition = { type: 'Incomplete', status: 'True', reason, message: expect.stringMatching(words) as unknown };
    expect([told(way, 'shop'), told(way, 'web')]).toEqual([[condition], []]);
    way.writes.splice(0);
    await way.applyState();
    expect(way.writes).toEqual([]);
    await way.write('overlays/shop.yaml', 'spec: {teams: [{name: ops}]}\n');
    await way.applyState();
    expect(told(way, 'shop')).toEqual([]);
  });

  test.each(['', 'hm', 'Synced', 'NoReason: x', `StateInvalid: ${'x'.repeat(5_000)}`])(
    'and what anybody wrote there is short, and of our words: %j',
    (text) => {
      for (const { reason, message } of limitConditions({ 'quayside.dev/faults': text })) {
        expect([reason, message.length <= 1_000]).toEqual(['StateInvalid', true]);
      }
    },
  );
});
