import { type QuayOrganizationStatus } from '../../api/index.js';
import { type Inventory } from '../../plan/index.js';
import { type Judgement } from '../status/conditions.js';
import { type StatusWriter } from '../status/write-status.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { targetOf } from './converge-organization.js';
import { organizationStatus } from '../status/organization-status.js';

export interface Said {
  /** `host[:port]` of the registry, for a status that names none yet. */
  readonly registry: string;
  readonly judgements: readonly Judgement[];
  readonly inventory?: Inventory | undefined;
}

/** Writes what is to be said of an object in which nothing was looked at in Quay; the rest of its status stays. */
export async function say(
  statuses: StatusWriter<QuayOrganizationStatus>,
  live: LiveOrganization,
  { registry, judgements, inventory }: Said,
): Promise<void> {
  const before = statuses.last(live.uid) ?? live.status;
  const status = organizationStatus({
    before,
    generation: live.generation,
    registry: before.registry ?? registry,
    judgements,
    inventory,
    robots: undefined,
    namespaceLabels: undefined,
    repositories: Array.isArray(live.spec.repositories) ? live.spec.repositories.length : 0,
    drift: [],
    now: new Date(),
  });
  await statuses.write(targetOf(live), status);
}
