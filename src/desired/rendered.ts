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
  /** What stands in the state repository and could not be read: unknown, and not empty. */
  readonly unread?: Unread;
  /** Namespace → the document of this integration, or of a person, that the state repository holds. */
  readonly previous: ReadonlyMap<string, QuayOrganization>;
}

/** How far that reaches which could not be read. */
export interface Unread {
  /** Namespace → the file that is its overlay or its document, or may be. */
  readonly namespaces: ReadonlyMap<string, string>;
  /** Whole folders, in words: while there is any, every document only grows and none goes. */
  readonly folders: readonly string[];
  /** Whether the same holds for a reason that is told elsewhere. */
  readonly nothingGoes?: boolean;
  /** Namespaces that may have a document all the same: none of them gets a new one. */
  readonly mayHaveDocument: (namespace: string) => boolean;
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
  /** What is unknown, in words; while there is any, documents only grow. */
  readonly unknown: readonly string[];
  /** Namespaces whose previous document goes, and why. */
  readonly removed: readonly LeftOut[];
}
