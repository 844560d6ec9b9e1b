import type { Marker } from './marker.js';

/** A pull request, as far as a decision needs it. */
export interface Request {
  readonly number: number;
  readonly state: 'open' | 'closed' | 'merged';
  readonly title: string;
  readonly base: string;
  readonly headCommit?: string;
  readonly autoMerge: boolean;
  /** What its body remembers; absent when that is gone, or was never ours. */
  readonly marker?: Marker;
  /** Written by our account. */
  readonly isOurs: boolean;
}

/** The branch of the proposal as it is on the remote. */
export interface ProposalHead {
  readonly commit: string;
  /**
   * `Ours`: one commit of ours on a commit of base, or that with base merged into it. `Merged`: base has all of it. `Edited`:
   * there is something of somebody else.
   */
  readonly state: 'Ours' | 'Merged' | 'Edited';
  /** Of the change that it brings; only when it is ours. */
  readonly digest?: string;
  /** Merging it into base gives what is wanted: no path of it differs between base and the commit below it. */
  readonly fits: boolean;
  /** The number of the request that went with its branch, and that this commit proposes once more. */
  readonly again?: number;
}

/** Everything that the next step is decided from. */
export interface Situation {
  /** The name of the branch that the request is for. */
  readonly base: string;
  readonly wanted: {
    /** Of what is to be proposed, and of the same with what people refused. */
    readonly digest: string;
    readonly fullDigest: string;
    readonly isEmpty: boolean;
    /** How many paths have something that stays out, since people refused it. */
    readonly withheld: number;
  };
  /** Hashes of the title and text that the request should have. */
  readonly text: { readonly title: string; readonly text: string };
  readonly head?: ProposalHead;
  readonly open: readonly Request[];
  /** The request that was closed or merged last. */
  readonly closed?: Request;
  /** Digests of the changes that people said no to. */
  readonly refused: ReadonlySet<string>;
  /** A person said: propose it again, whatever was refused or written over. */
  readonly released: boolean;
}

/** Why nothing is done although something is wanted. */
export type HoldReason = 'ProposalDeclined' | 'ProposalEdited' | 'ProposalForeign';

/** The one thing to do next. Each leaves a situation from which the next follows, so that any may be the last. */
export type Step =
  /** Nothing is wanted, and nothing is there. */
  | { readonly do: 'nothing' }
  /** The request is there and says what it should. */
  | { readonly do: 'keep'; readonly request: Request }
  | { readonly do: 'hold'; readonly reason: HoldReason; readonly request?: Request }
  /** Keep in mind what a closed request proposed. */
  | { readonly do: 'remember'; readonly request: Request; readonly digest: string }
  /** Somebody thought again: about one change, or about all. */
  | { readonly do: 'forget'; readonly digest?: string }
  /** Make the branch what is wanted on top of base, if it still is at `from`. */
  | { readonly do: 'push'; readonly from: string | undefined; readonly again?: number }
  | { readonly do: 'create'; readonly again?: number; readonly declined?: number }
  | { readonly do: 'reopen'; readonly request: Request }
  | {
      readonly do: 'update';
      readonly request: Request;
      readonly title: boolean;
      readonly body: boolean;
      readonly base: boolean;
    }
  /** Nothing of it is left: say so in its text, and close it. */
  | { readonly do: 'finish'; readonly request: Request }
  /** There are two. */
  | { readonly do: 'closeDuplicate'; readonly request: Request; readonly kept: Request }
  | { readonly do: 'deleteHead'; readonly commit: string };
