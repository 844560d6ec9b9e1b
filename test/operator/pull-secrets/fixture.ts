import { type QuayIntegration, type QuayOrganization, type RobotStatus } from '../../../src/api/index.js';
import { type Fields } from '../../../src/json/index.js';
import {
  createReflector,
  createRepairs,
  type KubeClient,
  type EventInput,
  objectPath,
  type Reflector,
  resourceTypes,
} from '../../../src/kube/index.js';
import {
  type AccountState,
  type PullSecretInput,
  type PullSecretOutcome,
  type PullSecretState,
  pullSecretWatch,
  reconcilePullSecrets,
  serviceAccountWatch,
} from '../../../src/pull-secrets/index.js';
import { RobotToken } from '../../../src/quay/index.js';

export const host = 'quay.example.com:8443';
export const robots = ['builder', 'default', 'deployer'] as const;

export const integration: QuayIntegration = {
  apiVersion: 'quay.redhat.com/v1',
  kind: 'QuayIntegration',
  metadata: { name: 'quay' },
  spec: { quayHostname: host },
} as QuayIntegration;

/** The organization of a namespace, with a robot and a pull secret for each of these service accounts. */
export function organizationOf(
  namespace: string,
  accounts: readonly string[] = robots,
  status?: readonly RobotStatus[],
): QuayOrganization {
  return {
    apiVersion: 'quayside.dev/v1alpha1',
    kind: 'QuayOrganization',
    metadata: { name: `openshift.${namespace}` },
    spec: {
      integration: 'quay',
      namespace,
      name: `openshift_${namespace}`,
      deletionPolicy: 'Delete',
      repositoryDeletionPolicy: 'Retain',
      robots: accounts.map((name) => ({
        name,
        role: 'read',
        pullSecret: { name: secretOf(name), serviceAccount: name },
      })),
      teams: [],
      defaultPermissions: [],
      repositories: [],
    },
    ...(status !== undefined && { status: { robots: [...status] } }),
  };
}

export function secretOf(account: string): string {
  return `${account}-quay-openshift`;
}

/** Tokens as Quay would give them; a salt makes others of them. */
export function tokensOf(accounts: readonly string[] = robots, salt = 'A'): ReadonlyMap<string, RobotToken> {
  return new Map(accounts.map((name) => [name, new RobotToken(`CANARY-${name}-${salt.repeat(20)}`)]));
}

/** What the predecessor puts into the data of a secret. */
export function configuration(namespace: string, account: string, salt = 'A', at = host): string {
  const auth = Buffer.from(`openshift_${namespace}+${account}:CANARY-${account}-${salt.repeat(20)}`).toString('base64');
  return Buffer.from(`{"auths":{"${at}":{"auth":"${auth}"}}}`).toString('base64');
}

/** The caches of an operator, and what it is told and tells. */
export interface Fixture {
  readonly secrets: Reflector<PullSecretState>;
  readonly accounts: Reflector<AccountState>;
  readonly events: EventInput[];
  readonly reconcile: (
    organization: QuayOrganization,
    more?: Partial<PullSecretInput> & { readonly salt?: string },
  ) => Promise<PullSecretOutcome>;
  readonly stop: () => Promise<void>;
}

/** Starts the caches over a client and waits until they are filled. */
export async function openFixture(client: KubeClient): Promise<Fixture> {
  const secrets = createReflector(client, pullSecretWatch);
  const accounts = createReflector(client, serviceAccountWatch);
  secrets.start();
  accounts.start();
  await Promise.all([secrets.filled(), accounts.filled()]);
  const events: EventInput[] = [];
  return {
    secrets,
    accounts,
    events,
    reconcile: async (organization, { salt, ...more } = {}) =>
      reconcilePullSecrets({
        client,
        organization,
        integration,
        host,
        tokens: tokensOf(
          organization.spec.robots.map(({ name }) => name),
          salt,
        ),
        secrets: secrets.cache,
        accounts: accounts.cache,
        exists: () => true,
        mayRemove: true,
        recordEvent: (recordEvent) => void events.push(recordEvent),
        repairs: createRepairs({ client, managers: ['quayside'] }),
        ...more,
      }),
    stop: async () => {
      await Promise.all([secrets.stop(), accounts.stop()]);
    },
  };
}

/** Makes an object as somebody else would. */
export async function create(client: KubeClient, object: Fields, namespace: string): Promise<Fields> {
  const path = `/api/v1/namespaces/${namespace}/${object.kind === 'Secret' ? 'secrets' : 'serviceaccounts'}`;
  const { status, body } = await client.call({ verb: 'create', resource: 'secrets', path, body: object });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
}

/** The live secret of a service account. */
export async function liveSecret(client: KubeClient, namespace: string, account: string): Promise<Fields> {
  const path = objectPath(resourceTypes.secret, { namespace, name: secretOf(account) });
  return (await client.call({ verb: 'get', resource: 'secrets', path })).body;
}

/** The names in both lists of a service account. */
export async function listsOf(
  client: KubeClient,
  namespace: string,
  name: string,
): Promise<readonly [readonly string[], readonly string[]]> {
  const path = objectPath(resourceTypes.serviceAccount, { namespace, name });
  const { body } = await client.call({ verb: 'get', resource: 'serviceaccounts', path });
  const names = (list: unknown): string[] => (Array.isArray(list) ? list.map((one: { name: string }) => one.name) : []);
  return [names(body.secrets), names(body.imagePullSecrets)];
}
