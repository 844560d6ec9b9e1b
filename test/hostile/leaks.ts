import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cluster } from '../fixtures/operator/cluster.js';

/** Texts that somebody can read, by the name of the place. */
export type Places = Readonly<Record<string, string>>;

/** Which of these secrets stand where, plainly or in base64. */
export function leaksIn(places: Places, secrets: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(places).flatMap(([place, text]) =>
    Object.entries(secrets).flatMap(([name, value]) => (holds(text, value) ? [`${name} in ${place}`] : [])),
  );
}

/** Base64 says the same text in three ways, by how many bytes come before it. */
function holds(text: string, value: string): boolean {
  const written = [0, 1, 2].map((before) => {
    const encoded = Buffer.from(`${'.'.repeat(before)}${value}`).toString('base64');
    return encoded.slice(before === 0 ? 0 : before + 1, -4);
  });
  return [value, ...written].some((one) => text.includes(one));
}

/** A line in the middle of a key, which says more than that it is one. */
export function lineOf(key: string): string {
  const lines = key.split('\n').filter((line) => line.length > 40 && !line.startsWith('-----'));
  return lines[lines.length >> 1] ?? '';
}

/** Every object in a bare repository, whether a ref leads to it or not. */
export function objectsOf(repository: string): string {
  const options = ['cat-file', '--batch-all-objects', '--batch', '--buffer'];
  return execFileSync('git', options, { cwd: repository, maxBuffer: 1 << 28 }).toString('latin1');
}

/** Every file below a folder, with its name. */
export function filesBelow(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => lstatSync(path).isFile())
    .map((path) => `${path}\n${readFileSync(path, 'latin1')}`)
    .join('\n');
}

const kinds = [
  ...['/apis/events.k8s.io/v1/events', '/api/v1/configmaps', '/api/v1/namespaces', '/api/v1/serviceaccounts'],
  ...['/apis/quay.redhat.com/v1/quayintegrations', '/apis/redhatcop.redhat.io/v1alpha1/quayintegrations'],
  ...['/apis/quayside.dev/v1alpha1/quayorganizations', '/apis/build.openshift.io/v1/builds'],
  ...['/apis/image.openshift.io/v1/imagestreams', '/apis/coordination.k8s.io/v1/leases'],
];

/** All objects of the cluster in which something of ours could stand, without Secrets. */
export async function objectsIn(cluster: Cluster): Promise<Places> {
  return Object.fromEntries(
    await Promise.all(kinds.map(async (path) => [path, JSON.stringify(await cluster.get<object>(path))] as const)),
  );
}

interface Secret {
  readonly metadata: { readonly namespace: string; readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
}

/** The Secrets, each with its content, but for these, by namespace and name. */
export async function secretsIn(cluster: Cluster, but: ReadonlySet<string>): Promise<Places> {
  const { items } = await cluster.get<{ items: readonly Secret[] }>('/api/v1/secrets');
  const others = items.filter(({ metadata: { namespace, name } }) => !but.has(`${namespace}/${name}`));
  return Object.fromEntries(
    others.map(({ metadata: { namespace, name }, data = {} }) => [
      `Secret ${namespace}/${name}`,
      Object.values(data)
        .map((value) => Buffer.from(value, 'base64').toString('latin1'))
        .join('\n'),
    ]),
  );
}
