import { organizationFinalizer } from '../../api/index.js';
import { type Integrations } from '../integrations/integrations.js';
import { isObjectIgnored } from '../organizations/is-object-ignored.js';
import { isReadable } from '../organizations/read-organization.js';
import { heldNow } from '../status/integration-report.js';
import { type LiveOrganization } from '../watches/live-organization.js';
import { type Watches } from '../watches/watches.js';

/** What the limit has to see together. */
export interface Candidates {
  /** Objects that are being deleted. */
  readonly gone: readonly LiveOrganization[];
  /** Objects with repositories that are no longer declared. */
  readonly declared: readonly LiveOrganization[];
}

/**
 * All of an integration that may be deleted. One object that is being deleted brings in all others, whether they were reconciled
 * or not; and what is held stays pending until somebody agrees, also over a restart: the status has it.
 */
export function candidatesOf(
  { organizations }: Pick<Watches, 'organizations'>,
  integrations: Pick<Integrations, 'get' | 'reported' | 'status'>,
  name: string,
  gathered: { readonly objects: ReadonlySet<string>; readonly repositories: ReadonlySet<string> },
): Candidates {
  const its = organizations.list().filter(({ integration }) => integration === name);
  const held = heldNow(integrations.reported(name), integrations.status(name));
  const holding = new Set((held?.repositories?.names ?? []).map((one) => one.slice(0, one.indexOf('/'))));
  const leaving = its.filter(
    (live) => live.deleting && live.finalizers.includes(organizationFinalizer) && isReadable(live),
  );
  const isAsked = held?.organizations !== undefined || leaving.some((live) => gathered.objects.has(live.name));
  return {
    gone: isAsked ? leaving : [],
    declared: its.filter(
      (live) =>
        !live.deleting &&
        (gathered.repositories.has(live.name) || holding.has(live.organization)) &&
        !isObjectIgnored(integrations, live) &&
        isReadable(live),
    ),
  };
}

/** Those that are the same objects yet: others may have let them go while these waited their turn. */
export function stillThere(
  { organizations }: Pick<Watches, 'organizations'>,
  { gone, declared }: Candidates,
): Candidates {
  const isSame = (before: LiveOrganization): boolean => {
    const now = organizations.get(before.name);
    return now?.uid === before.uid && now.deleting === before.deleting;
  };
  return { gone: gone.filter(isSame), declared: declared.filter(isSame) };
}
