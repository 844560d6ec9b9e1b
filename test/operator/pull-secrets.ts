import type { Harness } from './harness.js';

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
export function pullSecretName({ id }: Harness, robot: string): string {
  return `${robot}-quay-${id}`;
}

export async function pullSecret(harness: Harness, name: string, robot: string): Promise<Written> {
  return harness.cluster.get(`/api/v1/namespaces/${harness.namespace(name)}/secrets/${pullSecretName(harness, robot)}`);
}

/** What a pull secret holds, by host: user and password. */
export async function credentials(harness: Harness, name: string, robot: string): Promise<Record<string, string>> {
  const { data } = await pullSecret(harness, name, robot);
  const { auths } = JSON.parse(decoded(data['.dockerconfigjson'])) as { auths: Record<string, { auth: string }> };
  return Object.fromEntries(Object.entries(auths).map(([host, { auth }]) => [host, decoded(auth)]));
}

function decoded(text = ''): string {
  return Buffer.from(text, 'base64').toString('utf8');
}

/** The tokens that Quay accepts now, by robot. */
export async function tokens(harness: Harness, name: string): Promise<Record<string, string>> {
  const path = `/organization/${harness.organization(name)}/robots?token=true&permissions=false`;
  const answer = await harness.ask<{ robots: readonly { name: string; token: string }[] }>('GET', path);
  return Object.fromEntries(answer.robots.map((robot) => [robot.name.split('+')[1] ?? '', robot.token]));
}

export async function account(harness: Harness, name: string, of: string): Promise<Account> {
  return harness.cluster.get(`/api/v1/namespaces/${harness.namespace(name)}/serviceaccounts/${of}`);
}

/** Complains unless every one of these robots has a secret with its present token, linked in both lists. */
export async function demandPullSecrets(harness: Harness, name: string, of: readonly string[] = robots): Promise<void> {
  const current = await tokens(harness, name);
  const host = new URL(harness.quay.url).host;
  for (const robot of of) {
    const wanted = { [host]: `${harness.organization(name)}+${robot}:${current[robot]}` };
    const found = await credentials(harness, name, robot);
    if (JSON.stringify(found) !== JSON.stringify(wanted))
      throw new Error(`${robot} has ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
    const { secrets = [], imagePullSecrets = [] } = await account(harness, name, robot);
    const isLinked = [secrets, imagePullSecrets].every((list) =>
      list.some((entry) => entry.name === pullSecretName(harness, robot)),
    );
    if (!isLinked) throw new Error(`service account ${robot} does not list its secret`);
  }
}
