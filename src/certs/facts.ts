import { type Certificate } from './certificate.js';
import { type Pair } from './pair.js';

/** All that a decision about certificates needs to know. It holds nothing secret. */
export interface Facts {
  readonly caPair: Pair;
  readonly leaf: Pair;
  /** The certificates beside the leaf in its Secret: whom clients are to trust. */
  readonly stored: Bundle;
  readonly configurations: readonly Configuration[];
  /** Names of configurations that are not there. */
  readonly absent: readonly string[];
}

/** A PEM text, and what can be read of it. */
export interface Bundle {
  readonly text: string;
  readonly certificates: readonly Certificate[];
}

/** A webhook configuration, and whom the API server trusts for each of its webhooks. */
export interface Configuration {
  readonly name: string;
  readonly webhooks: readonly Bundle[];
}
