import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';

const manifests = resolve(import.meta.dirname, '../../dist/quayside.yaml');

/** What the manifests tell Node, and the C library below it, when they start the operator. */
export interface Thrift {
  readonly nodeArguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

interface Deployment {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } };
}

interface Container {
  readonly command?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
}

/** Reads it in the manifests, so that a benchmark measures the operator that people install. */
export async function asInstalled(): Promise<Thrift> {
  const objects = parseAllDocuments(await readFile(manifests, 'utf8')).map((one) => one.toJS() as Deployment);
  const operator = objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'quayside');
  const { command = [], env = [] } = operator?.spec.template.spec.containers[0] ?? {};
  if (command[0] !== 'node') throw new Error(`${manifests} has no operator that Node starts`);
  const environment = env.flatMap(({ name, value }) =>
    name.startsWith('MALLOC_') && value !== undefined ? [[name, value] as const] : [],
  );
  return { nodeArguments: command.slice(1, -1), environment: Object.fromEntries(environment) };
}
