import type { BareRepository } from './bare-repository.js';

/** A request as a stand-in keeps it: what the refs do to it follows them. */
export interface StoredRequest {
  readonly number: number;
  title: string;
  body: string;
  readonly head: string;
  base: string;
  state: 'open' | 'closed' | 'merged';
  headCommit: string;
  /** The commit of base that its head was forced to, so that nothing is left of it. */
  emptiedBy?: string;
  readonly author: string;
  readonly isFork: boolean;
  labels: string[];
  autoMerge: boolean;
  readonly comments: { readonly author: string; readonly body: string }[];
  readonly createdAt: number;
  closedAt?: number;
}

export interface RequestStore {
  all(): readonly StoredRequest[];
  one(number: number): StoredRequest;
  add(
    request: Pick<StoredRequest, 'title' | 'body' | 'head' | 'base' | 'author'> & { readonly isFork?: boolean },
  ): StoredRequest;
  /** Closes and merges what Git has closed and merged. */
  follow(): void;
  merge(number: number, style: 'merge' | 'squash' | 'rebase' | 'ff', message?: string): string;
  close(number: number): void;
}

/** Requests over the refs of a repository. `closesEmptied`: one whose head is forced to a commit of base is closed. */
export function requestStore(
  repository: BareRepository,
  { closesEmptied }: { readonly closesEmptied: boolean },
): RequestStore {
  const requests: StoredRequest[] = [];
  let clock = Date.UTC(2026, 0, 1);
  const tick = (): number => (clock += 1_000);
  const one = (number: number): StoredRequest => {
    const found = requests.find((request) => request.number === number);
    if (found === undefined) throw new Error(`no request ${number}`);
    return found;
  };
  const end = (request: StoredRequest, state: 'closed' | 'merged'): void => {
    request.state = state;
    request.closedAt = tick();
  };
  const follow = (): void => {
    for (const request of requests.filter(({ state, isFork }) => state === 'open' && !isFork)) {
      const ended = endedBy(repository, request, closesEmptied);
      if (ended !== undefined) end(request, ended);
    }
  };
  return {
    all: () => requests,
    one,
    add: ({ isFork = false, ...request }) => {
      const stored: StoredRequest = {
        ...request,
        number: requests.length + 1,
        state: 'open',
        headCommit: repository.ref(request.head) ?? '',
        isFork,
        labels: [],
        autoMerge: false,
        comments: [],
        createdAt: tick(),
      };
      requests.push(stored);
      return stored;
    },
    follow,
    merge: (number, style, message) => {
      follow();
      const request = one(number);
      const commit = repository.merge(request.base, request.head, style, message ?? `${request.title} (#${number})`);
      end(request, 'merged');
      return commit;
    },
    close: (number) => end(one(number), 'closed'),
  };
}

/** Notes where the branch of a request is, and says how that ends it. */
function endedBy(
  repository: BareRepository,
  request: StoredRequest,
  closesEmptied: boolean,
): 'closed' | 'merged' | undefined {
  const [head, base] = [repository.ref(request.head), repository.ref(request.base)];
  if (head === undefined || base === undefined) return 'closed';
  const hasMoved = head !== request.headCommit;
  const isContained = repository.isAncestor(head, base);
  request.headCommit = head;
  if (hasMoved && isContained) request.emptiedBy = head;
  if (!isContained) return undefined;
  if (request.emptiedBy !== head) return 'merged';
  return closesEmptied ? 'closed' : undefined;
}
