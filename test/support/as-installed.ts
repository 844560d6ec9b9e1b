import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';

const manifests = resolve(import.meta.dirname, '../../dist/quayside.yaml');

/** What the manifests give a program: what they tell Node, and the C library below it, and its memory. */
export interface Installed {
  readonly nodeArguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** The limit, in MiB. */
  readonly memory: number;
  /** Seconds in which it has to say that it lives. */
  readonly livenessTimeout: number;
}

interface Deployment {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } };
}

interface Container {
  readonly command?: readonly string[];
  readonly resources: { readonly limits: { readonly memory: string } };
  readonly livenessProbe: { readonly timeoutSeconds: number };
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
}

/** Reads it in the manifests, so that what is measured is what people install. */
export async function asInstalled(deployment: 'quayside' | 'quayside-webhook'): Promise<Installed> {
  const objects = parseAllDocuments(await readFile(manifests, 'utf8')).map((one) => one.toJS() as Deployment);
  const found = objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === deployment);
  const { command = [], env = [], resources, livenessProbe } = found?.spec.template.spec.containers[0] ?? {};
  if (command[0] !== 'node') throw new Error(`${manifests} has no ${deployment} that Node starts`);
  const environment = env.flatMap(({ name, value }) =>
    name.startsWith('MALLOC_') && value !== undefined ? [[name, value] as const] : [],
  );
  const memory = Number.parseInt(resources?.limits.memory ?? '', 10);
  return {
    memory,
    livenessTimeout: livenessProbe?.timeoutSeconds ?? NaN,
    nodeArguments: command.slice(1, -1),
    environment: Object.fromEntries(environment),
  };
}
