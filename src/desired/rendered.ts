import { type ClusterSnapshot, type QuayIntegration, type QuayOrganization, type Reason } from '../api/index.js';
import { type Problem } from '../errors/index.js';
import { type Ignore } from './ignore.js';

/** Everything that documents are made of. */
export interface RenderInput {
  readonly cluster: ClusterSnapshot;
  readonly integration: QuayIntegration;
  /** Namespace → the other integration that it belongs to. */
  readonly claimed?: ReadonlyMap<string, string>;
  /** Namespace → what its overlay file says. */
  readonly overlays: ReadonlyMap<string, unknown>;
  readonly ignore?: Ignore;
  /** Namespace → the document of this integration, or of a person, that the state repository holds. */
  readonly previous: ReadonlyMap<string, QuayOrganization>;
}

/** A document that the state repository should hold. */
export interface RenderedDocument {
  readonly namespace: string;
  /** Where in the repository. */
  readonly path: string;
  readonly organization: QuayOrganization;
  /** It is the one that is there already: its file must stay as it is, byte for byte. */
  readonly kept?: true;
}

/** A namespace without a document of its own making, and why. */
export interface LeftOut {
  readonly namespace: string;
  readonly reason: Reason;
  readonly message: string;
}

/** A fault that somebody should mend; the namespace's document does not follow its input until then. */
export interface RenderProblem extends Problem {
  readonly namespace: string;
  readonly reason: Reason;
}

/** What `render` makes; every list is sorted. */
export interface Rendering {
  readonly documents: readonly RenderedDocument[];
  readonly leftOut: readonly LeftOut[];
  readonly problems: readonly RenderProblem[];
  /** What could not be told, in words; while there is any, documents only grow. */
  readonly unknown: readonly string[];
  /** Namespaces whose previous document goes, and why. */
  readonly removed: readonly LeftOut[];
}
