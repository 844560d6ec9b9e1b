import {
  admissionConfigurationName,
  builtInNamespacesConfigurationName,
  fieldManager,
  isBuiltInNamespace,
  type QuayIntegration,
} from '../../api/index.js';
import { listSelection } from '../../desired/index.js';
import { type Fields, objectOrEmpty, pointer } from '../../json/index.js';
import {
  applyObject,
  type Call,
  deleteObject,
  failure,
  type KubeClient,
  listPath,
  patchGuarded,
  readObject,
  type Repair,
  type Repairs,
  resourceName,
  succeeded,
} from '../../kube/index.js';
import { isNamespaceName } from '../../names/index.js';
import { bundleOf, configurationType as type, isOurs, namespacesOf, secondConfiguration } from './configuration.js';
import { trustsAllOf } from './trust.js';

/** `NotInstalled`: there is no first configuration to go by, so nothing was written. `Held`: it was written a short time ago. */
export type KeptConfiguration =
  'None' | 'Unchanged' | 'Created' | 'Changed' | 'Removed' | 'NotInstalled' | 'NotOurs' | 'Held';

const name = builtInNamespacesConfigurationName;

/**
 * Keeps the second configuration: the one that shows the webhook the Builds of built-in namespaces that an allow list brings
 * back. `integrations` are all there are; for those that are suspended nothing is begun, and nothing ended either.
 */
export async function keepBuiltInNamespaces(
  client: KubeClient,
  integrations: readonly QuayIntegration[],
  repairs: Pick<Repairs, 'attempt'> = withoutMemory,
): Promise<KeptConfiguration> {
  const found = await readObject(client, type, { name });
  if (found !== undefined && !isOurs(found)) return 'NotOurs';
  const namespaces = wanted(integrations, namespacesOf(found));
  if (namespaces.length === 0) return found === undefined ? 'None' : remove(client, found);
  const installed = await readObject(client, type, { name: admissionConfigurationName });
  const second = installed && secondConfiguration(installed, namespaces);
  if (installed === undefined || second === undefined) return 'NotInstalled';
  const caBundle = bundleOf(installed);
  return repairs.attempt(configurationRepair([second, caBundle]), () => put(client, found, second, caBundle));
}

/** For a single look. */
const withoutMemory: Pick<Repairs, 'attempt'> = { attempt: (_, write) => write() };

/** The configuration as something that is kept, with what it is to hold. */
export function configurationRepair(content?: unknown): Repair {
  const { apiVersion, kind } = type;
  return {
    owner: `${kind}/${name}`,
    kind,
    what: `the ${kind} ${name}`,
    ...(content !== undefined && { content: JSON.stringify(content) }),
    target: { type, named: { name } },
    regarding: { apiVersion, kind, name },
  };
}

async function put(
  client: KubeClient,
  found: Fields | undefined,
  second: Fields,
  caBundle: string,
): Promise<KeptConfiguration> {
  const created = found === undefined && (await create(client, second, caBundle));
  const live = found && { live: found };
  const { outcome, object } = await applyObject(client, { type, object: second, manager: fieldManager, ...live });
  const trusted = await trust(client, object, caBundle);
  if (created) return 'Created';
  return outcome === 'Unchanged' && !trusted ? 'Unchanged' : 'Changed';
}

function wanted(integrations: readonly QuayIntegration[], present: readonly string[]): readonly string[] {
  const active = broughtBack(integrations.filter(({ spec }) => !spec.suspend));
  const suspended = broughtBack(integrations.filter(({ spec }) => spec.suspend));
  return [...new Set([...active, ...suspended.filter((one) => present.includes(one))])].sort();
}

/** The built-in namespaces that these integrations bring back, sorted. */
function broughtBack(integrations: readonly QuayIntegration[]): readonly string[] {
  const names = integrations.flatMap(({ spec }) => {
    const select = listSelection(spec);
    return (spec.allowlistNamespaces ?? []).filter((name) => select(name).selected);
  });
  // One entry that is no name would have the API server refuse all of them.
  return [...new Set(names)].filter((name) => isNamespaceName(name) && isBuiltInNamespace(name)).sort();
}

/** Makes it with whom to trust at once: without, the API server could not call the webhook until somebody wrote that. */
async function create(client: KubeClient, second: Fields, caBundle: string): Promise<boolean> {
  const [webhook] = second.webhooks as readonly Fields[];
  const clientConfig = { ...objectOrEmpty(webhook?.clientConfig), ...(caBundle !== '' && { caBundle }) };
  const call: Call = {
    verb: 'create',
    resource: resourceName(type),
    path: `${listPath(type)}?${new URLSearchParams({ fieldManager }).toString()}`,
    body: { ...second, apiVersion: type.apiVersion, kind: type.kind, webhooks: [{ ...webhook, clientConfig }] },
  };
  const answer = await client.call(call);
  // Somebody was faster: what is there is put right below.
  if (!succeeded(answer) && answer.status !== 409) throw failure(call, answer);
  return succeeded(answer);
}

/** Lets it trust whom the installed one trusts. More is left there: while CAs change, both are in use. */
async function trust(client: KubeClient, second: Fields, caBundle: string): Promise<boolean> {
  if (trustsAllOf(bundleOf(second), caBundle)) return false;
  const path = pointer('webhooks', 0, 'clientConfig', 'caBundle');
  const outcome = await patchGuarded(client, {
    type,
    named: { name },
    manager: fieldManager,
    steps: (live) => (trustsAllOf(bundleOf(live), caBundle) ? [] : [{ op: 'add', path, value: caBundle }]),
  });
  return outcome === 'Changed';
}

async function remove(client: KubeClient, { metadata }: Fields): Promise<KeptConfiguration> {
  const { uid } = objectOrEmpty(metadata);
  const outcome = await deleteObject(client, type, { name }, { uid: String(uid) });
  return outcome === 'Deleted' ? 'Removed' : 'None';
}
