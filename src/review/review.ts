import type { Author, Head, StateGraph, StateReader, StateRefs, StateWriter } from '../git/index.js';
import type { Forge } from '../forge/index.js';
import type { FileWrites, Grow, HoldReason, RequestContent, SplitFile } from '../proposal/index.js';

/** What of a state repository a proposal needs. */
export type ReviewRepository = StateReader & Pick<StateWriter, 'commit'> & StateRefs & StateGraph;

/** Whose proposal it is, and where it goes. */
export interface Proposer {
  readonly repository: ReviewRepository;
  readonly forge: Forge;
  /** Name of the branch that brings it. */
  readonly branch: string;
  readonly integration: string;
  readonly cluster: string;
  readonly author: Author;
  /** At the end of the commit and of the request; without the plan. */
  readonly trailers: Readonly<Record<string, string>>;
  readonly labels: readonly string[];
  /** The page on which the forge shows all that the branch changes. */
  readonly comparison?: string | undefined;
  readonly grow: Grow;
  /** Waits for a forge that has not seen a push yet. */
  readonly delay?: (milliseconds: number) => Promise<unknown>;
}

/** What is to be reviewed. */
export interface Reviewable {
  /** The newest commit of base; what is proposed is a change of it. */
  readonly base: Head;
  /** The whole change, in two parts. */
  readonly files: readonly SplitFile[];
  /** Its words, without what people refused. */
  readonly content: (change: FileWrites, withheld: readonly string[]) => Promise<RequestContent>;
  /** A person said: propose it again. */
  readonly released: boolean;
}

/** A request for people. */
export interface ProposedRequest {
  readonly number: number;
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** What a pass did, for Events and the terminal. */
export type ReviewEvent =
  | {
      readonly type: 'Opened' | 'Reopened' | 'Updated' | 'Emptied' | 'Merged' | 'Declined' | 'Edited';
      readonly request: ProposedRequest;
    }
  | { readonly type: 'Pushed'; readonly commit: string };

/** How a proposal stands after a pass. */
export interface ReviewOutcome {
  readonly state: 'None' | 'Open' | HoldReason;
  readonly request?: ProposedRequest;
  /** Of what is proposed, or would be. */
  readonly digest?: string;
  /** The newest commit of the branch. */
  readonly commit?: string;
  /** Paths of which something stays out, since people refused it. */
  readonly withheld: readonly string[];
  readonly events: readonly ReviewEvent[];
}

/** How a proposal stands before a pass. */
export interface ReviewLook extends Omit<ReviewOutcome, 'events'> {
  /** Whether a pass would leave branch and request as they are. */
  readonly isCurrent: boolean;
}
