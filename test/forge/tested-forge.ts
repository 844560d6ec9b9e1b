import type { BareRepository, Fault, StandIn, StoredRequest } from '@quayside/simulator/forge';
import type { ForgeKind } from '../../src/forge/index.js';

/** The same, at once or after a while: a real forge is asked, a stand-in is looked into. */
type Eventual<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => R | Promise<R> : T[K];
};

/** A request as people see it. */
export type SeenRequest = Pick<
  StoredRequest,
  'number' | 'state' | 'title' | 'body' | 'head' | 'base' | 'author' | 'labels'
>;

/** What people do with requests. */
export interface People {
  /** All of them, the oldest first. */
  all(): readonly SeenRequest[];
  one(number: number): SeenRequest;
  comments(number: number): readonly { readonly body: string }[];
  /** Opens one; `quayside-bot` is our account. */
  add(request: {
    readonly title: string;
    readonly body: string;
    readonly head: string;
    readonly base: string;
    readonly author: 'quayside-bot' | 'anna' | 'stranger';
    /** From the branch of that name in a fork. */
    readonly isFork?: boolean;
  }): unknown;
  edit(number: number, text: { readonly title?: string; readonly body?: string }): unknown;
  merge(number: number, style: 'merge' | 'squash' | 'rebase' | 'ff', message?: string): string;
  close(number: number): unknown;
  reopen(number: number): unknown;
}

/** A forge with one repository and all that can happen to it, the same for stand-ins and for a real one. */
export interface TestedForge extends Pick<StandIn, 'gitUrl' | 'api' | 'token' | 'calls' | 'pushes'> {
  readonly kind: ForgeKind;
  readonly repository: Eventual<
    Pick<BareRepository, 'ref' | 'commit' | 'amend' | 'move' | 'remove' | 'read' | 'files' | 'parents' | 'merge'>
  >;
  readonly requests: Eventual<People>;
  /** What is answered from now on instead of its API. */
  inject(fault: Fault | undefined): void;
  close(): Promise<void>;
}

/** A stand-in as one of them. */
export function standInForge(kind: ForgeKind, standIn: StandIn): TestedForge {
  const { requests } = standIn;
  return {
    ...standIn,
    kind,
    requests: {
      ...requests,
      comments: (number) => requests.one(number).comments,
      edit: (number, text) => Object.assign(requests.one(number), text),
      reopen: (number) => (requests.one(number).state = 'open'),
    },
    inject: (fault) => (standIn.fault = fault),
  };
}
