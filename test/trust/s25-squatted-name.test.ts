import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { alerts } from '../../charts/monitoring/alerts.js';
import { decide } from '../../src/builds/index.js';
import { writeIntegrationStatus } from '../../src/operator/integrations/write-integration-status.js';
import { stalledConditions } from '../../src/operator/status/conditions.js';
import { liveOrganization } from '../../src/operator/watches/live-organization.js';
import { createMetrics } from '../../src/process/index.js';
import { resourceTypes } from '../../src/kube/index.js';
import { organizationRecord } from '../../src/webhook/organization-record.js';
import { build, situation } from '../fixtures/builds/decisions.js';
import { nothingMore } from '../../src/quay/index.js';
import { document, openPlayground, type Playground } from '../fixtures/playground.js';
import { markText, unsignedMark } from '../support/ownership-statement.js';
import { askAs, withPeople } from './people.js';

const organization = 'openshift_shop';
const pullSecret = { name: 'builder-quay-openshift', serviceAccount: 'builder' };
const robot = { name: 'builder', role: 'write', pullSecret };

let playground: Playground;
beforeEach(async () => {
  playground = await openPlayground(withPeople);
});
afterEach(() => playground.close());

describe('S25: a user of Quay who took the name of a namespace', () => {
  test('S25: is named by the refusal, and nothing is written to what is his', async () => {
    await askAs(playground.simulator, 'ann', 'POST', '/organization/', { name: organization });
    playground.simulator.requests.reset();
    const { organizations } = await playground.converge([document('shop', ['web'])]);
    expect(organizations).toEqual([
      expect.objectContaining({
        decision: 'Refused',
        reason: 'OrganizationNotOurs',
        message: expect.stringMatching(/no ownership marker of Quayside, and ann owns it, .*ask its owner/),
      }),
    ]);
    expect(playground.writes()).toEqual([]);
  });

  test.each<[string, () => Promise<string>]>([
    ['that says nothing', async () => 'hm'],
    ['of another cluster', async () => markText({ organization, namespace: 'shop', clusterUID: 'other' })],
    [
      'that was copied',
      async () => {
        await playground.converge([document('web')]);
        const observed = await playground.quay.observe('openshift_web', nothingMore);
        const teams = observed.state === 'Observed' ? observed.organization.teams : [];
        return teams.find(({ name }) => name === 'quayside')?.description ?? '';
      },
    ],
    ['of an earlier version', async () => unsignedMark({ 'cluster UID': 'other', namespace: 'shop' })],
  ])('S25: is named as well where he put a mark into it: one %s', async (_, mark) => {
    await askAs(playground.simulator, 'ann', 'POST', '/organization/', { name: organization });
    const team = { role: 'member', description: await mark() };
    await askAs(playground.simulator, 'ann', 'PUT', `/organization/${organization}/team/quayside`, team);
    playground.simulator.requests.reset();
    const { organizations } = await playground.converge([document('shop', ['web'])]);
    expect(organizations).toEqual([
      expect.objectContaining({
        decision: 'Refused',
        reason: 'OwnedElsewhere',
        message: expect.stringMatching(/its team "quayside" is not ours: .*, and ann owns it, .*Ask its owner/),
      }),
    ]);
    expect(playground.writes()).toEqual([]);
  });

  test.each(['OrganizationNotOurs', 'OwnedElsewhere'] as const)(
    'S25: is told by an alert, as are others with %s, and no Build is rewritten to what is his',
    async (reason) => {
      const conditions = stalledConditions(reason, 'ann owns it beside admin');
      const object = {
        metadata: { name: 'openshift.shop' },
        spec: { integration: 'quay', name: organization, namespace: 'shop', robots: [robot] },
        status: { conditions },
      };
      const metrics = createMetrics();
      const watches = { organizations: { list: () => [liveOrganization(object)] } } as never;
      const statuses = { write: () => Promise.resolve(), last: () => undefined } as never;
      const type = resourceTypes.quayIntegration;
      const reported = { reconciled: true };
      await writeIntegrationStatus({ watches, metrics }, statuses, {
        name: 'quay',
        raw: { metadata: { name: 'quay', uid: 'u' } },
        type,
        reported,
        spec: undefined,
      });
      expect(await metrics.render()).toContain('quayside_organizations_taken{integration="quay"} 1');
      expect(alerts.find(({ alert }) => alert === 'QuaysideNameTaken')).toMatchObject({
        expr: 'max by (integration) (quayside_organizations_taken) > 0',
        description: expect.stringMatching(/name the owner/),
      });
      const { facts } = organizationRecord(object);
      expect(decide(build(), 'shop', situation({ organization: facts }))).toMatchObject({
        decision: 'Unchanged',
        warning: expect.stringContaining('ann owns it beside admin'),
      });
    },
  );
});
