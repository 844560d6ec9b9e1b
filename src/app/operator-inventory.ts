import {
  parseOrganization,
  type QuayOrganization,
  quayOrganizationStatus,
  type QuayOrganizationStatus,
  syncLabel,
} from '../api/index.js';
import { inventoryIn } from '../converge/cache/observation-cache.js';
import { mergeInventories } from '../converge/index.js';
import { describeError, InvalidInput, QuaysideError } from '../errors/index.js';
import { type Fields, objectOrEmpty, textOf } from '../json/index.js';
import { labelValue } from '../names/index.js';
import { type OwnershipKeys } from '../ownership/index.js';
import { type Inputs } from '../pipeline/inputs.js';
import { type AppliedOrganization } from './applied-inventory.js';
import { digest } from './unchanged-roles.js';

type Organizations = ReadonlyMap<string, AppliedOrganization>;

/** What an operator made, by name of the organization, as the objects of the cluster say it. */
export interface OperatorInventory {
  readonly organizations: Organizations;
  /** Why the objects could not be read. */
  readonly unreadable?: string;
}

/** Reads what an operator made in one registry; nothing is written, and where there are no objects there is nothing. */
export async function readOperatorInventory(
  { cluster, integration }: Pick<Inputs, 'cluster' | 'integration'>,
  registry: string,
): Promise<OperatorInventory> {
  const { name } = integration.metadata;
  try {
    const objects = await cluster.organizations();
    const entries = objects.flatMap((object) => entryOf(object, { integration: name, registry }));
    return { organizations: new Map(entries) };
  } catch (error) {
    if (!(error instanceof QuaysideError)) throw error;
    return { organizations: new Map(), unreadable: describeError(error) };
  }
}

/** What the operator states about an object, the one place where that is believed; nothing where it cannot be read. */
function statementOf({ status }: Fields): QuayOrganizationStatus {
  return quayOrganizationStatus.safeParse(status).data ?? {};
}

function entryOf(
  object: Fields,
  at: { readonly integration: string; readonly registry: string },
): [string, AppliedOrganization][] {
  if (textOf(objectOrEmpty(object.spec).integration) !== at.integration) return [];
  const status = statementOf(object);
  const inventory = inventoryIn(status, at.registry);
  const document = inventory && documentOf(object);
  if (inventory === undefined || document === undefined) return [];
  const { namespaceLabels: labels } = status;
  const entry = {
    document,
    inventory,
    ...(labels && { labels }),
    ...(isSynced(object, status) && { rolesDigest: digest(document) }),
    // The built-in sync takes away what it applied, and nothing else.
    ...(document.metadata.labels?.[syncLabel] !== labelValue(at.integration) && { apart: true as const }),
  };
  return [[document.spec.name, entry]];
}

/** What breaks the schema is not reconciled either. */
function documentOf(object: Fields): QuayOrganization | undefined {
  try {
    return parseOrganization(object);
  } catch (error) {
    if (error instanceof InvalidInput) return undefined;
    throw error;
  }
}

/** Whether the operator found nothing left to do for the object as it is, roles included. */
function isSynced({ metadata }: Fields, { conditions = [], observedGeneration }: QuayOrganizationStatus): boolean {
  const ready = conditions.find(({ type }) => type === 'Ready');
  return ready?.reason === 'Synced' && observedGeneration === objectOrEmpty(metadata).generation;
}

/** What either made counts as made; of the rest, the operator knows better: it goes on looking. */
export function withOperator(
  recorded: Organizations,
  { organizations }: OperatorInventory,
  keys: OwnershipKeys,
): Organizations {
  const both = [...organizations].map(([name, theirs]): [string, AppliedOrganization] => [
    name,
    together(keys, name, recorded.get(name), theirs),
  ]);
  return new Map([...recorded, ...both]);
}

function together(
  keys: OwnershipKeys,
  name: string,
  own: AppliedOrganization | undefined,
  theirs: AppliedOrganization,
): AppliedOrganization {
  // Without a key to sign with, two lists cannot be made one that is proven.
  if (own === undefined || keys.signer === undefined) return theirs;
  const { apart, ...entry } = theirs;
  const inventory = mergeInventories(keys, name, theirs.inventory, own.inventory);
  return { ...entry, inventory, ...(apart && own.apart && { apart }) };
}
