import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Ban, type Policy } from '../../src/policy/index.js';
import { decidePruning } from '../../src/sync/prune.js';
import { keyOf, type LiveObject, partOfLabel } from '../../src/sync/index.js';

const set = 'applyset-ours-v1';
const kinds = ['ConfigMap', 'Deployment.apps'] as const;
const namespaces = ['shop', 'web', 'mine'] as const;

const live = fc
  .record({
    groupKind: fc.constantFrom(...kinds),
    namespace: fc.constantFrom(...namespaces),
    name: fc.constantFrom('a', 'b', 'c'),
    label: fc.constantFrom(set, 'applyset-other-v1', undefined),
    deleting: fc.boolean(),
  })
  .map(({ groupKind, label, ...named }): LiveObject => ({
    ...named,
    key: keyOf(groupKind, named),
    uid: 'u',
    labels: label === undefined ? {} : { [partOfLabel]: label },
    annotations: {},
    finalizers: [],
    spec: {},
  }));
const ban: Ban = { reason: 'HistoryDiverged', message: 'x' };
const policy = fc
  .subarray(['create', 'change', 'remove', 'delete'] as const)
  .map((banned): Policy => Object.fromEntries(banned.map((action) => [action, ban])));
const input = fc.record({
  lives: fc.uniqueArray(live, { selector: ({ key }) => key }),
  declared: fc.subarray(
    kinds.flatMap((kind) =>
      namespaces.flatMap((namespace) => ['a', 'b'].map((name) => keyOf(kind, { namespace, name }))),
    ),
  ),
  policy,
  groupKinds: fc.subarray([...kinds]),
  recordedNamespaces: fc.subarray(['web'] as const),
  keeps: fc.boolean(),
  closed: fc.boolean(),
  share: fc.constantFrom(undefined, 0, 0.5),
});

test('whatever the policy, only what is labelled, recorded and no longer declared is pruned, and all that stays is told', () => {
  fc.assert(
    fc.property(input, ({ lives, declared, policy: rules, groupKinds, recordedNamespaces, keeps, closed, share }) => {
      const { surplus, reports, held } = decidePruning({
        lives,
        declared: new Set(declared),
        policy: rules,
        set,
        recorded: { groupKinds: new Set(groupKinds), namespaces: new Set(recordedNamespaces), namespace: 'shop' },
        ...(keeps && { keeps: ({ name }: LiveObject) => (name === 'c' ? ban : undefined) }),
        ...(closed && { closed: ban }),
        ...(share !== undefined && { most: { share } }),
      });
      const isMember = ({ key, namespace, labels }: LiveObject): boolean =>
        labels[partOfLabel] === set &&
        groupKinds.some((kind) => key.startsWith(`${kind}/`)) &&
        ['shop', ...recordedNamespaces].includes(namespace ?? '');
      const undeclared = lives.filter((one) => isMember(one) && !one.deleting && !declared.includes(one.key));
      expect(surplus.every((one) => undeclared.includes(one))).toBe(true);
      expect(surplus.length + reports.length).toBe(undeclared.length);
      if (rules.delete !== undefined || closed || held !== undefined) expect(surplus).toEqual([]);
      if (share !== undefined) expect(surplus.length).toBeLessThanOrEqual(lives.filter(isMember).length * share);
    }),
    { numRuns: 500 },
  );
});
