import { type ConfigMapping } from './value.js';

/** Where the configuration stands that is checked. */
export interface CheckedConfig {
  /** Name of the Secret. */
  readonly secret: string;
  readonly config: ConfigMapping;
  /** Files that come with it, by their keys. */
  readonly files: Readonly<Record<string, unknown>>;
  /** Lines of its fields. */
  readonly lines?: Readonly<Record<string, number>> | undefined;
}
