import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { QuayOrganization } from '../../src/api/index.js';
import { planOrganization, organizationDocument } from '../../src/plan/index.js';
import { everything, nothingMore } from '../../src/quay/index.js';
import { allScopes } from '../../simulator/src/auth/scopes.js';
import { spec } from '../plan/arbitrary.js';
import { openPlayground, wordsOf } from '../fixtures/playground.js';

const organization = 'demo';

const documentOf = (value: QuayOrganization['spec']): QuayOrganization => ({
  apiVersion: 'quayside.dev/v1alpha1',
  kind: 'QuayOrganization',
  metadata: { name: 'openshift.demo' },
  spec: value,
});

test('applied to Quay, a document leaves an empty plan, after another one too, and so does the export of the result', async () => {
  await fc.assert(
    fc.asyncProperty(spec, spec, async (first, second) => {
      const playground = await openPlayground({
        fixtures: {
          users: [
            { name: 'admin', email: 'admin@example.com', superuser: true },
            ...['alice', 'bob', 'automation'].map((name) => ({ name, email: `${name}@example.com` })),
          ],
          credentials: { superuser: { owner: 'admin', scopes: allScopes } },
        },
      });
      try {
        for (const declared of [first, second]) {
          const applied = await playground.converge([documentOf(declared)]);
          expect(applied.organizations[0]?.failed).toEqual([]);
          expect(wordsOf(await playground.converge([documentOf(declared)]), organization)).toEqual([]);
        }
        const seen = await playground.quay.observe(organization, nothingMore);
        if (seen.state !== 'Observed') throw new Error(seen.state);
        const all = await playground.quay.observe(organization, everything(seen.organization));
        if (all.state !== 'Observed') throw new Error(all.state);
        const { spec: exported } = organizationDocument(all.organization, { integration: 'quay', tokenUser: 'admin' });
        const plan = planOrganization({ spec: exported, observed: all.organization, origin: 'adopted' });
        expect(plan.changes.map(({ words }) => words)).toEqual([]);
      } finally {
        await playground.close();
      }
    }),
    { numRuns: 30 },
  );
});
