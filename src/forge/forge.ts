/** The forges that pull requests can be opened on; GitHub stands for its Enterprise Server too, Gitea for Forgejo. */
export type ForgeKind = 'GitHub' | 'GitLab' | 'Gitea';

/** A pull or merge request. */
export interface ForgeRequest {
  /** What people call it by: GitLab's `iid`. */
  readonly number: number;
  readonly state: 'open' | 'closed' | 'merged';
  readonly title: string;
  readonly body: string;
  /** The branch that it brings, in this repository. */
  readonly head: string;
  /** Its newest commit; absent while the forge prepares the request. */
  readonly headCommit?: string;
  readonly base: string;
  readonly author: string;
  readonly url: string;
  /** The forge merges it by itself as soon as it may. */
  readonly autoMerge: boolean;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** When it was closed or merged. */
  readonly closedAt?: number;
}

/** What a request says; `head` is never changed. */
export interface RequestText {
  readonly title: string;
  readonly body: string;
  readonly base: string;
}

/** The repository as the forge sees it. */
export interface ForgeRepository {
  /** Survives a new name. */
  readonly id: string;
  readonly fullName: string;
  readonly archived: boolean;
  /** Undefined where the forge does not say. */
  readonly mayPush?: boolean;
}

/** What a commit is told to have come to. */
export interface CommitStatus {
  readonly state: 'pending' | 'success' | 'failure';
  /** Who says so; one line for each in the list of checks. */
  readonly context: string;
  readonly description: string;
  readonly url?: string;
}

/** How much of a text a forge takes, in UTF-16 units. */
export interface ForgeLimits {
  readonly title: number;
  readonly body: number;
}

/** The requests from one branch. */
export interface FoundRequests {
  /** The oldest first. */
  readonly open: readonly ForgeRequest[];
  /** The one that was closed or merged last. */
  readonly closed: ForgeRequest | undefined;
}

/** The requests of one repository. Nothing is repeated: whoever asks looks first whether it has happened. */
export interface Forge {
  readonly kind: ForgeKind;
  /** For people: where it is. */
  readonly description: string;
  readonly limits: ForgeLimits;
  /** Reads the repository itself; throws `ForgeRepositoryNotFound`, `RepositoryArchived`. */
  repository(): Promise<ForgeRepository>;
  /** The name of the account that the token is for; undefined where it may not be asked. */
  account(): Promise<string | undefined>;
  /** The requests from a branch of this repository, into whatever branch. */
  find(head: string): Promise<FoundRequests>;
  /** Opens one; throws `ProposalExists` when there is one, `ProposalUnseen` when the forge has not seen the branch yet. */
  create(head: string, text: RequestText, labels: readonly string[]): Promise<ForgeRequest>;
  update(number: number, text: Partial<RequestText>): Promise<void>;
  close(number: number): Promise<void>;
  /** Opens a closed one again; false where the forge does not. */
  reopen(number: number): Promise<boolean>;
  comment(number: number, text: string): Promise<void>;
  /** The texts of the comments on a request, the newest last. */
  comments(number: number): Promise<readonly string[]>;
  status(commit: string, status: CommitStatus): Promise<void>;
  /** Calls left until the limit, as the forge said last. */
  callsLeft(): number | undefined;
  /** When the token ends, in milliseconds since 1970; undefined where it does not, or nobody says. Asked for once at most. */
  tokenExpires(): Promise<number | undefined>;
  /** Drops all connections. */
  disconnect(): Promise<void>;
}
