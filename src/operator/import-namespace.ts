import { type RepositoryRole } from '../api/index.js';
import { type FollowedNamespace } from '../builds/follow/index.js';
import { currentOwnersOf, objectOf, ownerOf, selectorsOf } from '../integration/index.js';
import { type Integrations } from './integrations/integrations.js';
import { organizationName } from '../names/index.js';
import { objectsIn } from '../json/index.js';
import { namespaceOwner } from './namespace-owner.js';
import { type Operator } from './operator.js';
import { type LiveOrganization } from './watches/live-organization.js';

type Known = Pick<Integrations, 'get' | 'readable' | 'status'>;

/** Where the Builds of a namespace push to; undefined while nothing is made for it. */
export function importNamespace(
  { watches }: Pick<Operator, 'watches'>,
  integrations: Known,
  namespace: string,
): FollowedNamespace | undefined {
  const live = organizationOf(watches, integrations, namespace);
  const known = live && integrations.get(live.integration);
  if (live === undefined || known === undefined || live.status.origin === undefined) return undefined;
  return {
    integration: known.integration,
    organization: live.organization,
    since: live.created,
    selected: () => namespaceOwner(watches, integrations, namespace) !== undefined,
    mayPush: (account) => roleOf(live, account) === 'write' || roleOf(live, account) === 'admin',
    takes: (stream) => known.integration.spec.imageStreamSelector === undefined || declares(live, stream),
  };
}

function declares({ spec }: LiveOrganization, repository: string): boolean {
  return objectsIn(spec.repositories).some(({ name }) => name === repository);
}

/** Of several objects the one that the webhook goes by as well: what it sends somewhere is imported from there. */
function organizationOf(
  { organizations, namespaces }: Operator['watches'],
  integrations: Known,
  namespace: string,
): LiveOrganization | undefined {
  const objects = organizations.list().filter((one) => one.namespace === namespace && !one.deleting);
  // One without an organization has had nothing pushed to it.
  const having = objects.filter(({ status }) => status.origin !== undefined);
  if (having.length < 2) return having[0];
  const readable = integrations.readable();
  const record = namespaces.cache.get(namespace);
  const isReadable = (name: string): boolean => readable.some(({ metadata }) => metadata.name === name);
  const owner =
    (record && ownerOf(record, selectorsOf(readable), objects)) ??
    // What was pushed while somebody still selected it is imported all the same.
    currentOwnersOf(objects, isReadable).get(namespace);
  const known = owner === undefined ? undefined : integrations.get(owner);
  return known && objectOf(having, known.integration.metadata.name, organizationName(known.id, namespace));
}

/** The role of the robot whose pull secret a service account uses. */
function roleOf({ spec }: LiveOrganization, account: string): RepositoryRole | undefined {
  const robots = (spec.robots ?? []) as readonly {
    readonly role?: RepositoryRole;
    readonly pullSecret?: { readonly serviceAccount: string };
  }[];
  return robots.find(({ pullSecret }) => pullSecret?.serviceAccount === account)?.role;
}
