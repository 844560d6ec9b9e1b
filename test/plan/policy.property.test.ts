import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Origin, QuayOrganizationSpec } from '../../src/api/index.js';
import {
  inventoryAfter,
  needsOf,
  planOrganization,
  type Inventory,
  type ObservedOrganization,
  type OrganizationPlan,
} from '../../src/plan/index.js';
import { type Action, onlyGrow, planOnly, type Policy, strictest } from '../../src/policy/index.js';
import { observed, spec } from './arbitrary.js';
import { applyToModel, asRead, tokenUser } from './model.js';

interface State {
  readonly quay: ObservedOrganization | undefined;
  readonly inventory: Inventory | undefined;
  readonly origin: Origin;
}

function plan({ quay, inventory, origin }: State, document: QuayOrganizationSpec, policy: Policy): OrganizationPlan {
  return planOrganization({
    spec: document,
    observed: quay === undefined ? undefined : asRead(quay, needsOf(document, inventory, { roles: true })),
    origin,
    tokenUser,
    policy,
    ...(inventory === undefined ? {} : { inventory }),
  });
}

function apply(state: State, document: QuayOrganizationSpec, policy: Policy): State {
  const made = plan(state, document, policy);
  const quay = made.changes.reduce((now, { change }) => applyToModel(now, change), state.quay);
  return { ...state, quay, inventory: inventoryAfter(state.inventory, made, made.changes) };
}

const actions: readonly Action[] = ['create', 'change', 'remove', 'delete'];
const policy = fc
  .subarray([...actions])
  .map((banned): Policy =>
    Object.fromEntries(banned.map((action) => [action, { reason: 'HistoryDiverged', message: action }])),
  );
const start = fc
  .tuple(fc.option(observed, { nil: undefined }), fc.constantFrom<Origin>('created', 'adopted'))
  .map(([quay, origin]): State => ({ quay, inventory: undefined, origin: quay === undefined ? 'created' : origin }));

/** Names of what can be lost, by kind. */
const itemsOf = (quay: ObservedOrganization | undefined): readonly string[] => {
  const names = (kind: string, items: readonly { readonly name: string }[] = []): readonly string[] =>
    items.map(({ name }) => `${kind} ${name}`);
  const repositories = quay?.repositories ?? [];
  return [
    ...names('robot', quay?.robots),
    ...names('team', quay?.teams),
    ...names('repository', repositories),
    ...(quay?.teams ?? []).flatMap((team) =>
      (team.members ?? []).map((member) => `member ${team.name} ${JSON.stringify(member)}`),
    ),
    ...(quay?.quota == null ? [] : ['quota']),
    ...(quay?.proxyCache == null ? [] : ['proxyCache']),
    ...repositories.flatMap(({ name, notifications = [] }) =>
      notifications.map(({ title }) => `notification ${name} ${title}`),
    ),
  ];
};

describe('a plan under a policy', () => {
  test('has no change that is forbidden, and says of each why it was skipped', () => {
    fc.assert(
      fc.property(start, spec, spec, policy, (first, one, other, rules) => {
        const state = apply(first, one, {});
        const free = plan(state, other, {});
        const judged = plan(state, other, rules);
        expect(judged.changes.filter(({ action }) => rules[action] !== undefined)).toEqual([]);
        const forbidden = judged.skipped.filter(({ reason }) => reason === 'HistoryDiverged').map(({ what }) => what);
        expect([...judged.changes.map(({ words }) => words), ...forbidden].sort()).toEqual(
          free.changes.map(({ words }) => words).sort(),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('that may only grow loses nothing, and leaves for later exactly what it skipped', () => {
    const rules = onlyGrow({ reason: 'InputUnknown', message: 'x' });
    fc.assert(
      fc.property(start, spec, spec, (first, one, other) => {
        const before = apply(first, one, {});
        const grown = apply(before, other, rules);
        const now = new Set(itemsOf(grown.quay));
        expect(itemsOf(before.quay).filter((item) => !now.has(item))).toEqual([]);
        expect(plan(grown, other, rules).changes).toEqual([]);
        expect(plan(apply(grown, other, {}), other, {}).changes).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('that may do nothing shows what would be done', () => {
    const rules = planOnly({ reason: 'DryRun', message: 'x' });
    fc.assert(
      fc.property(start, spec, (state, document) => {
        expect(plan(state, document, rules)).toEqual(plan(state, document, {}));
      }),
      { numRuns: 50 },
    );
  });
});

test('the strictest of policies forbids what any forbids, for the reason of the first', () => {
  const one = onlyGrow({ reason: 'HistoryDiverged', message: 'first' });
  const other = planOnly({ reason: 'DryRun', message: 'second' });
  expect(strictest(one, other)).toEqual({ ...other, ...one });
  expect(strictest()).toEqual({});
});
