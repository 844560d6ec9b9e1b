import { randomBytes } from 'node:crypto';
import { type Api, type Fields, merge } from '../front/api.js';

/** The registry inside a cluster that has one. */
export const internalHost = 'image-registry.openshift-image-registry.svc:5000';

interface Account {
  readonly metadata: { readonly resourceVersion: string };
  readonly secrets?: readonly { readonly name: string }[];
  readonly imagePullSecrets?: readonly { readonly name: string }[];
}

interface Secret {
  readonly metadata: { readonly name: string };
  readonly type: string;
  readonly data?: Readonly<Record<string, string>>;
}

/** Which Secret of its account a build pushes with: the first for the host of the image, else the first for any. */
export async function pushSecretFor(
  api: Api,
  namespace: string,
  account: string,
  image: string,
): Promise<string | undefined> {
  const path = `/api/v1/namespaces/${namespace}`;
  const found = await api.call('GET', `${path}/serviceaccounts/${account}`);
  const { secrets = [] } = found.body as unknown as Partial<Account>;
  const read = secrets.map(({ name }) => api.call('GET', `${path}/secrets/${name}`));
  const known = (await Promise.all(read))
    .filter(({ status }) => status === 200)
    .map(({ body }) => body as unknown as Secret);
  const usable = known.filter(({ type }) => type.startsWith('kubernetes.io/dockerc'));
  return (usable.find((one) => hostsOf(one).includes(image.split('/')[0] ?? '')) ?? usable[0])?.metadata.name;
}

function hostsOf({ data = {} }: Secret): readonly string[] {
  const text = data['.dockerconfigjson'] ?? data['.dockercfg'];
  const config = JSON.parse(text === undefined ? '{}' : Buffer.from(text, 'base64').toString()) as Fields & {
    auths?: object;
  };
  return Object.keys(config.auths ?? config);
}

/** Gives an account its credentials for the internal registry, and makes it where every project has it; true once that is done. */
export async function ensureDockercfg(api: Api, namespace: string, account: string): Promise<boolean> {
  const path = `/api/v1/namespaces/${namespace}`;
  const self = `${path}/serviceaccounts/${account}`;
  if (account === 'builder') await api.call('POST', `${path}/serviceaccounts`, { metadata: { name: account } });
  const found = await api.call('GET', self);
  if (found.status !== 200) return false;
  const { secrets = [], imagePullSecrets = [], metadata } = found.body as unknown as Account;
  if (secrets.some(({ name }) => name.startsWith(`${account}-dockercfg-`))) return true;
  const name = `${account}-dockercfg-${randomBytes(4).toString('hex').slice(0, 5)}`;
  const config = {
    [internalHost]: { username: '<token>', password: 'x', auth: Buffer.from('<token>:x').toString('base64') },
  };
  await api.call('POST', `${path}/secrets`, {
    metadata: { name, annotations: { 'openshift.io/internal-registry-auth-token.service-account': account } },
    type: 'kubernetes.io/dockercfg',
    stringData: { '.dockercfg': JSON.stringify(config) },
  });
  const change = {
    metadata: { resourceVersion: metadata.resourceVersion },
    secrets: [{ name }, ...secrets],
    imagePullSecrets: [{ name }, ...imagePullSecrets],
  };
  return (await api.call('PATCH', self, change, merge)).status === 200;
}
