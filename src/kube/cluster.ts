import { type ClusterSnapshot, type Listing, type QuayIntegration } from '../api/index.js';
import { type Sealed } from '../api/index.js';
import { type Fields } from '../json/index.js';
import { type SecretObject } from './secret-object.js';

export type NamespaceState = 'Active' | 'Terminating' | 'Gone' | 'Unknown';
export type ImageStreamState = 'Present' | 'Gone' | 'Unknown';

/** One registry's entry in a pull secret. */
export interface RegistryEntry {
  /** The key of the entry: `host[:port]`, as it was written. */
  readonly host: string;
  readonly username: string;
  readonly password: Sealed;
}

/** A Secret of the type kubernetes.io/dockerconfigjson; one that cannot be read has no entries. */
export interface PullSecretRecord {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly entries: readonly RegistryEntry[];
}

/** What a snapshot holds beside what it always holds. */
export interface Wanted {
  readonly serviceAccounts?: boolean;
}

/** A cluster to read from: a live one, or one that was written to files. Facts that could not be read are unknown, never empty. */
export interface Cluster {
  /** What it is, for a person: the file names, or the address of the API server. */
  readonly description: string;
  /** The proxy that its kubeconfig names (`proxy-url`), for a person. */
  readonly proxy?: string;
  /** `serviceAccounts`: those are read as well. */
  snapshot(wants?: Wanted): Promise<ClusterSnapshot>;
  /** Sorted by name; old objects come converted, unless a v1 object of the same name supersedes them. */
  integrations(): Promise<readonly QuayIntegration[]>;
  /** All of both versions as they are, those that do not fit the schema and those that others supersede among them. */
  integrationObjects(): Promise<readonly Fields[]>;
  /** Every QuayOrganization as it is, not yet held against the schema; none where the API is not there. */
  organizations(): Promise<readonly Fields[]>;
  namespace(name: string): Promise<NamespaceState>;
  imageStream(namespace: string, name: string): Promise<ImageStreamState>;
  /** `undefined` when there is no such Secret. */
  secret(namespace: string, name: string): Promise<SecretObject | undefined>;
  configMap(namespace: string, name: string): Promise<ReadonlyMap<string, string> | undefined>;
  /** Of one namespace, or of all. */
  pullSecrets(namespace?: string): Promise<Listing<PullSecretRecord>>;
  close(): Promise<void>;
}
