import type { Bridge } from './harness.js';

interface Account {
  readonly secrets?: readonly { readonly name: string }[];
  readonly imagePullSecrets?: readonly { readonly name: string }[];
}

interface Written {
  readonly metadata: { readonly labels?: Readonly<Record<string, string>>; readonly uid: string };
  readonly data: Readonly<Record<string, string>>;
}

export const robots = ['builder', 'default', 'deployer'] as const;

/** The name of a pull secret. */
export function pullSecretName({ id }: Bridge, robot: string): string {
  return `${robot}-quay-${id}`;
}

export async function pullSecret(bridge: Bridge, name: string, robot: string): Promise<Written> {
  return bridge.cluster.get(`/api/v1/namespaces/${bridge.namespace(name)}/secrets/${pullSecretName(bridge, robot)}`);
}

/** What a pull secret holds, by host: user and password. */
export async function credentials(bridge: Bridge, name: string, robot: string): Promise<Record<string, string>> {
  const { data } = await pullSecret(bridge, name, robot);
  const { auths } = JSON.parse(decoded(data['.dockerconfigjson'])) as { auths: Record<string, { auth: string }> };
  return Object.fromEntries(Object.entries(auths).map(([host, { auth }]) => [host, decoded(auth)]));
}

function decoded(text = ''): string {
  return Buffer.from(text, 'base64').toString('utf8');
}

/** The tokens that Quay accepts now, by robot. */
export async function tokens(bridge: Bridge, name: string): Promise<Record<string, string>> {
  const path = `/organization/${bridge.organization(name)}/robots?token=true&permissions=false`;
  const answer = await bridge.ask<{ robots: readonly { name: string; token: string }[] }>('GET', path);
  return Object.fromEntries(answer.robots.map((robot) => [robot.name.split('+')[1] ?? '', robot.token]));
}

export async function account(bridge: Bridge, name: string, of: string): Promise<Account> {
  return bridge.cluster.get(`/api/v1/namespaces/${bridge.namespace(name)}/serviceaccounts/${of}`);
}

/** Complains unless every one of these robots has a secret with its present token, linked in both lists. */
export async function demandPullSecrets(bridge: Bridge, name: string, of: readonly string[] = robots): Promise<void> {
  const current = await tokens(bridge, name);
  const host = new URL(bridge.quay.url).host;
  for (const robot of of) {
    const wanted = { [host]: `${bridge.organization(name)}+${robot}:${current[robot]}` };
    const found = await credentials(bridge, name, robot);
    if (JSON.stringify(found) !== JSON.stringify(wanted))
      throw new Error(`${robot} has ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
    const { secrets = [], imagePullSecrets = [] } = await account(bridge, name, robot);
    const isLinked = [secrets, imagePullSecrets].every((list) =>
      list.some((entry) => entry.name === pullSecretName(bridge, robot)),
    );
    if (!isLinked) throw new Error(`service account ${robot} does not list its secret`);
  }
}
