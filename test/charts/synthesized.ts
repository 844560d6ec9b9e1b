import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { checkOptions } from '../../charts/options/check.js';
import { type Rule } from '../../charts/access/rule.js';
import { type OptionsInput } from '../../charts/options/props.js';
import { writeManifests } from '../../charts/write.js';

/** The committed manifests. */
export const dist = resolve(import.meta.dirname, '../../dist');

/** An object as it stands in a file, with the parts that tests look at. */
export interface Written {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly spec?: unknown;
  readonly rules?: readonly Rule[];
  readonly roleRef?: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly { readonly kind: string; readonly name: string; readonly namespace: string }[];
  readonly webhooks?: readonly { readonly clientConfig: object; readonly failurePolicy: string }[];
  readonly data?: Readonly<Record<string, string>>;
}

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The spec of a Deployment or Job. */
export interface WorkloadSpec {
  readonly replicas?: number;
  readonly strategy?: object;
  readonly selector?: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly template: {
    readonly metadata: { readonly labels: Readonly<Record<string, string>> };
    readonly spec: {
      readonly securityContext: object;
      readonly containers: readonly Container[];
      readonly volumes: readonly { readonly name: string }[];
    };
  };
}

interface Container {
  readonly image: string;
  readonly env: readonly object[];
  readonly command?: readonly string[];
  readonly args: readonly string[];
  readonly resources: object;
  readonly securityContext: object;
  readonly volumeMounts: readonly object[];
  readonly livenessProbe?: { readonly httpGet: object };
  readonly readinessProbe?: { readonly httpGet: object };
  readonly startupProbe?: { readonly httpGet: object };
}

/** What a ClusterServiceVersion says of the installation. */
export interface InstallSpec {
  readonly deployments: readonly { readonly name: string; readonly spec: WorkloadSpec }[];
  readonly permissions: readonly Permissions[];
  readonly clusterPermissions: readonly Permissions[];
}

interface Permissions {
  readonly serviceAccountName: string;
  readonly rules: readonly Rule[];
}

/** The description of the installation in the bundle. */
export function bundledVersion(): Written {
  const [version] = objectsIn(join(dist, 'bundle/manifests/quayside-clusterserviceversion.yaml'));
  if (version === undefined) throw new Error('there is no version');
  return version;
}

/** How the bundle is installed. */
export function bundledInstall(): InstallSpec {
  return (bundledVersion().spec as { install: { spec: InstallSpec } }).install.spec;
}

/** Writes the manifests for some options into a folder of their own. */
export function synthesized(options: OptionsInput = {}): { readonly folder: string; readonly remove: () => void } {
  const parent = mkdtempSync(join(tmpdir(), 'quayside-synth-'));
  const folder = join(parent, 'dist');
  writeManifests(checkOptions(options), folder);
  return { folder, remove: () => rmSync(parent, { recursive: true, force: true }) };
}

/** The objects in one file. */
export function objectsIn(file: string): readonly Written[] {
  return parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as Written);
}

/** The objects of an installation with some options, monitoring included. */
export function installation(options: OptionsInput = {}): readonly Written[] {
  const { folder, remove } = synthesized(options);
  try {
    return ['quayside.yaml', 'monitoring.yaml'].flatMap((name) => objectsIn(join(folder, name)));
  } finally {
    remove();
  }
}

/** The objects of one kind, by name. */
export function ofKind(objects: readonly Written[], kind: string): Readonly<Record<string, Written>> {
  return Object.fromEntries(objects.filter((one) => one.kind === kind).map((one) => [one.metadata.name, one]));
}

/** Every file below a folder, by its path in it. */
export function filesIn(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.sort().map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}
