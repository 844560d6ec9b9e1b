import { type QuayRegistry, type QuayRegistryOptions } from '../api/index.js';
import { type ClusterFacts } from './inputs/cluster-facts.js';
import { type ConfigMapping } from './config/value.js';
import { type Fault } from './faults.js';
import { type ObjectRef, type RegistryModel } from './model.js';

export * from './inputs/cluster-facts.js';

/** All that a registry is made of. */
export interface RegistryInputs {
  readonly registry: QuayRegistry;
  readonly options?: QuayRegistryOptions;
  readonly bundle: Bundle;
  readonly keys: StoredKeys;
  readonly newRandomValues: NewRandomValues;
  readonly facts: ClusterFacts;
}

/** The Secret that `configBundleSecret` names, read without losing anything; its own faults come with it. */
export interface Bundle {
  /** Absent where the registry names none. */
  readonly secret?: string;
  /** An id of its content that tells nothing of it; absent where nobody made one. */
  readonly revision?: string;
  /** `config.yaml`; empty where it is missing or cannot be read. */
  readonly config: ConfigMapping;
  /** Nobody knows what `config.yaml` says: it, or the whole Secret, could not be read. */
  readonly unread?: true;
  /** `clair-config.yaml`; absent where there is none. */
  readonly clairConfig?: ConfigMapping;
  /** All keys with their bytes as text, `config.yaml` and `clair-config.yaml` among them; what is not UTF-8 in `binary`. */
  readonly files: Readonly<Record<string, string>>;
  /** Keys that are not text, in base64. */
  readonly binary?: Readonly<Record<string, string>>;
  /** Line of each field of config.yaml by its path (`DISTRIBUTED_STORAGE_CONFIG.a[1]`), from 1, for the faults found later. */
  readonly lines?: Readonly<Record<string, number>>;
  readonly faults: readonly Fault[];
}

/** What the Secret `<r>-quay-registry-managed-secret-keys` holds. */
export type StoredKeys =
  /** `values` is absent where there is no such Secret. */
  | { readonly known: true; readonly values?: Readonly<Record<string, string>> }
  | { readonly known: false; readonly reason: string };

/** Random text that is used only where no value exists yet: 0-9, A-Z, a-z and `-`. */
export interface NewRandomValues {
  /** 80 characters. */
  readonly databaseSecretKey: string;
  /** 80 characters. */
  readonly secretKey: string;
  /** 80 characters. */
  readonly databasePassword: string;
  /** 32 characters. */
  readonly databaseRootPassword: string;
  /** 32 characters. */
  readonly clairDatabasePassword: string;
  /** 32 characters. */
  readonly scannerKey: string;
  /** 32 characters. */
  readonly redisPassword: string;
}

/** What comes of it. The model is whole even with faults; nothing may be applied while one of them is an error. */
export interface RegistryResult {
  readonly model: RegistryModel;
  /** Contents of the Secrets by logical name, then by key; text, unless `binary` has the key. Never to be logged, printed or committed. */
  readonly secrets: Readonly<Record<string, SecretContents>>;
  /** The effective configurations as values, with secrets in them. */
  readonly config: { readonly quay: ConfigMapping; readonly clair?: ConfigMapping };
  /** What a Secret still waits for, where it does: it is made when that is there, and pods that use it are held back by an edge. */
  readonly pending: readonly PendingSecret[];
  /** Names of the keys that were generated now: they have to be stored before anything uses them. */
  readonly newKeys: readonly string[];
  readonly faults: readonly Fault[];
}

/** A Secret that cannot be made yet. */
export interface PendingSecret {
  /** Logical name. */
  readonly secret: string;
  readonly until: ObjectRef;
  /** In words. */
  readonly because: string;
}

export interface SecretContents {
  readonly text: Readonly<Record<string, string>>;
  /** Base64. */
  readonly binary?: Readonly<Record<string, string>>;
}
