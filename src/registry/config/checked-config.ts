import { type ConfigMapping } from './value.js';

/** Where the configuration stands that is checked. */
export interface CheckedConfig {
  /** Name of the Secret; absent where the registry names none. */
  readonly secret?: string | undefined;
  readonly config: ConfigMapping;
  /** Files that come with it, by their keys. */
  readonly files: Readonly<Record<string, unknown>>;
  /** Lines of its fields. */
  readonly lines?: Readonly<Record<string, number>> | undefined;
}

/** The Secret that has to change, as faults name it. */
export function secretObject(name: string | undefined): string {
  return name === undefined ? 'Secret' : `Secret/${name}`;
}
