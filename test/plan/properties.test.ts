import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Origin, QuayOrganizationSpec } from '../../src/api/index.js';
import {
  inventoryAfter,
  inventoryBefore,
  needsOf,
  planDocuments,
  planOrganization,
  readInventory,
  organizationDocument,
  writeInventory,
  type Inventory,
  type ObservedOrganization,
  type OrganizationPlan,
} from '../../src/plan/index.js';
import { markText } from '../support/ownership-statement.js';
import { observed, spec } from './arbitrary.js';
import { applyToModel, asRead, tokenUser } from './model.js';

interface Fixture {
  readonly quay: ObservedOrganization | undefined;
  readonly inventory: Inventory | undefined;
  readonly origin: Origin;
}

function plan({ quay, inventory, origin }: Fixture, document: QuayOrganizationSpec, roles: boolean): OrganizationPlan {
  const read = quay === undefined ? undefined : asRead(quay, needsOf(document, inventory, { roles }));
  return planOrganization({
    spec: document,
    observed: read,
    origin,
    tokenUser,
    ...(inventory === undefined ? {} : { inventory }),
  });
}

function apply(fixture: Fixture, document: QuayOrganizationSpec, roles: boolean, atMost = Infinity): Fixture {
  const made = plan(fixture, document, roles);
  const done = made.changes.slice(0, atMost);
  const quay = done.reduce((state, { change }) => applyToModel(state, change), fixture.quay);
  const cut = done.length < made.changes.length;
  const inventory = cut ? inventoryBefore(fixture.inventory, made) : inventoryAfter(fixture.inventory, made, done);
  return { ...fixture, quay, inventory };
}

const origin = fc.constantFrom<Origin>('created', 'predecessor', 'adopted');
const start = fc
  .tuple(fc.option(observed, { nil: undefined }), origin)
  .map(([quay, origin]): Fixture => ({ quay, inventory: undefined, origin: quay === undefined ? 'created' : origin }));

/** A mirror that was switched on from a robot's point of view may need a second look, never a third. */
const words = (made: OrganizationPlan): readonly string[] => made.changes.map((change) => change.words);

describe('applying a plan leaves an empty plan', () => {
  test('from nothing, and from anything that others have set up, with and without roles read', () => {
    fc.assert(
      fc.property(start, spec, fc.boolean(), (fixture, document, roles) => {
        const after = apply(fixture, document, roles);
        expect(words(plan(after, document, roles))).toEqual([]);
        if (roles) expect(words(plan(after, document, false))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('also when one document takes the place of another', () => {
    fc.assert(
      fc.property(start, spec, spec, (fixture, first, second) => {
        const after = apply(apply(fixture, first, true), second, true);
        expect(words(plan(after, second, true))).toEqual([]);
        const again = plan(after, second, true);
        expect(inventoryAfter(after.inventory, again, [])).toEqual(after.inventory);
      }),
      { numRuns: 500 },
    );
  });

  test('also when the first apply was cut at any step', () => {
    fc.assert(
      fc.property(start, spec, spec, fc.nat(40), (fixture, first, second, step) => {
        const after = apply(apply(fixture, first, true, step), second, true);
        expect(words(plan(after, second, true))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what is no longer declared', () => {
  const bare: QuayOrganizationSpec = {
    integration: 'quay',
    namespace: 'demo',
    name: 'demo',
    deletionPolicy: 'Retain',
    repositoryDeletionPolicy: 'Retain',
    robots: [],
    teams: [],
    defaultPermissions: [],
    repositories: [],
  };

  test('is left when it was there before we came', () => {
    fc.assert(
      fc.property(observed, spec, fc.boolean(), (quay, document, roles) => {
        // A mirror that was there before can keep a robot of ours: Quay refuses to delete it, and that is reported.
        fc.pre(quay.repositories.every(({ mirror }) => mirror === null));
        const after = apply(
          apply({ quay, inventory: undefined, origin: 'adopted' }, document, roles),
          bare,
          roles,
        ).quay;
        const names = (items: readonly { readonly name: string }[] = []): string[] => items.map(({ name }) => name);
        expect(names(after?.robots)).toEqual(expect.arrayContaining(names(quay.robots)));
        expect(names(after?.teams)).toEqual(expect.arrayContaining(names(quay.teams)));
        expect(names(after?.repositories)).toEqual(expect.arrayContaining(names(quay.repositories)));
        expect(after?.teams.find(({ name }) => name === 'owners')?.members).toContain(tokenUser);
      }),
      { numRuns: 300 },
    );
  });

  test('goes when we made it, also when our apply was cut; repositories stay', () => {
    fc.assert(
      fc.property(spec, fc.nat(40), (document, step) => {
        const created = apply({ quay: undefined, inventory: undefined, origin: 'created' }, document, true, 1 + step);
        const after = apply(created, bare, true).quay;
        const mirrored = new Set(after?.repositories.map(({ mirror }) => mirror?.robot));
        expect(after?.robots.filter(({ name }) => !mirrored.has(name))).toEqual([]);
        expect(after?.teams.map(({ name }) => name)).toEqual(['owners']);
        expect(after?.defaultPermissions.filter(({ kind, name }) => kind !== 'robot' || !mirrored.has(name))).toEqual(
          [],
        );
        expect(after?.quota).toBeNull();
        expect(after?.proxyCache).toBeNull();
        expect(after?.repositories.map(({ name }) => name)).toEqual(created.quay?.repositories.map(({ name }) => name));
        for (const repository of after?.repositories ?? []) {
          expect(repository.autoPrune).toEqual([]);
          expect(repository.notifications).toEqual([]);
          // What a repository started with is its own.
          const started = document.defaultPermissions.flatMap(({ kind, name }) => (kind === 'user' ? [name] : []));
          const left = repository.userPermissions?.map(({ name }) => name).filter((name) => !started.includes(name));
          expect(left).toEqual([tokenUser]);
          expect(repository.state).toBe('NORMAL');
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the document of an existing organization', () => {
  test('changes nothing in it but the ownership marker', () => {
    fc.assert(
      fc.property(observed, (quay) => {
        const { spec: document } = organizationDocument(quay, { integration: 'quay', tokenUser });
        const marker = markText({ namespace: '', origin: 'adopted' });
        const made = planOrganization({ spec: document, observed: quay, origin: 'adopted', marker, tokenUser });
        expect(words(made)).toEqual(['write the ownership marker of Quayside']);
      }),
      { numRuns: 500 },
    );
  });
});

describe('two documents', () => {
  test('that are the same change nothing', () => {
    fc.assert(
      fc.property(spec, (document) => {
        expect(planDocuments(document, document).flatMap(words)).toEqual([]);
      }),
    );
  });

  test('are described in full sentences of one line', () => {
    fc.assert(
      fc.property(fc.option(spec, { nil: undefined }), spec, (before, after) => {
        for (const line of planDocuments(before, after).flatMap(words)) {
          expect(line).toMatch(/^\S.*\S$/);
          expect(line).not.toMatch(/undefined|null|NaN|\[object/);
        }
      }),
    );
  });
});

test('an inventory survives being written and read', () => {
  fc.assert(
    fc.property(start, spec, (fixture, document) => {
      const { inventory } = apply(fixture, document, false);
      expect(inventory === undefined ? undefined : readInventory(writeInventory(inventory))).toEqual(inventory);
    }),
  );
});
