import { type QuayOrganizationStatus, type RobotStatus } from '../../api/index.js';
import { inventoryIn } from '../../converge/cache/observation-cache.js';
import { type Inventory } from '../../plan/index.js';
import { conditionsOf, type TimelessCondition } from './conditions.js';

export interface StatusInput {
  readonly before: QuayOrganizationStatus;
  readonly generation: number;
  readonly registry: string;
  readonly newConditions: readonly TimelessCondition[];
  readonly inventory: Inventory | undefined;
  readonly robots: readonly RobotStatus[] | undefined;
  readonly namespaceLabels: Readonly<Record<string, string>> | undefined;
  /** UID of the namespace; undefined where it is not to be seen. */
  readonly namespaceUID?: string | undefined;
  readonly repositories: number;
  /** What a resync found and put right, in words. */
  readonly drift: readonly string[];
  readonly now: Date;
}

const shown = 10;

/** The status of an organization; the same input gives the same status. */
export function organizationStatus(input: StatusInput): QuayOrganizationStatus {
  const { before, generation, registry, newConditions, inventory, robots, namespaceLabels, repositories, drift, now } =
    input;
  const isSameRegistry = before.registry === registry;
  const known = inventory ?? inventoryIn(before, registry);
  return {
    observedGeneration: generation,
    conditions: [...conditionsOf(newConditions, before.conditions, { generation, now })],
    registry,
    ...withInventory(known),
    // Robots of another registry are no robots of this one: whoever goes by them would send builds where nothing is.
    ...withRobots(robots ?? (isSameRegistry ? before.robots : undefined)),
    ...withUid(input.namespaceUID ?? before.namespaceUID),
    ...withLabels(namespaceLabels ?? before.namespaceLabels),
    repositories,
    ...withDrift(before.drift, drift, now),
  };
}

function withInventory(
  known: Inventory | undefined,
): Pick<QuayOrganizationStatus, 'origin' | 'ownership' | 'inventory' | 'secretHashes'> {
  if (known === undefined) return {};
  const { origin, ownership, managedItems, secretHashes } = known;
  return {
    ...(origin !== undefined && { origin }),
    ...(ownership !== undefined && { ownership }),
    inventory: [...managedItems],
    ...(secretHashes !== undefined && { secretHashes: { ...secretHashes } }),
  };
}

function withRobots(robots: readonly RobotStatus[] | undefined): Pick<QuayOrganizationStatus, 'robots'> {
  return robots === undefined || robots.length === 0 ? {} : { robots: [...robots] };
}

function withUid(namespaceUID: string | undefined): Pick<QuayOrganizationStatus, 'namespaceUID'> {
  return namespaceUID === undefined ? {} : { namespaceUID };
}

function withLabels(
  labels: Readonly<Record<string, string>> | undefined,
): Pick<QuayOrganizationStatus, 'namespaceLabels'> {
  return labels === undefined ? {} : { namespaceLabels: { ...labels } };
}

function withDrift(
  before: QuayOrganizationStatus['drift'],
  drift: readonly string[],
  now: Date,
): Pick<QuayOrganizationStatus, 'drift'> {
  if (drift.length === 0) return before === undefined ? {} : { drift: before };
  const found = (before?.found ?? 0) + drift.length;
  return { drift: { found, lastFound: now.toISOString(), changes: drift.slice(0, shown) } };
}
