import type { ForgeRequest, FoundRequests } from '../forge/index.js';
import {
  changeDigest,
  type FileWrites,
  type ProposalHead,
  readMarker,
  refusedLosses,
  type Request,
  type RequestWords,
  requestWords,
  type Situation,
  withoutRefused,
} from '../proposal/index.js';
import { blobId } from '../state/index.js';
import type { Memory } from './memory.js';
import type { Proposer, Reviewable } from './review.js';

/** What is known in the middle of a pass; steps replace parts of it. */
export interface Observed {
  readonly memory: Memory;
  readonly head: ProposalHead | undefined;
  readonly found: FoundRequests;
}

/** What is to be proposed, given what people refused, and how the request should put it. */
export interface Wanted extends FileWrites {
  readonly digest: string;
  readonly fullDigest: string;
  readonly withheld: readonly string[];
  readonly words: RequestWords;
  readonly isDestructive: boolean;
}

const noWords: RequestWords = { title: '', body: '', hashes: { title: '', text: '' } };

export async function wantedOf(
  { forge, comparison }: Proposer,
  { files, content }: Reviewable,
  { refusals }: Memory,
): Promise<Wanted> {
  const refused = refusedLosses(refusals);
  const change = withoutRefused(files, (loss) => refused.has(loss));
  const isEmpty = change.writes.size + change.deletes.length === 0;
  const said = isEmpty ? undefined : await content(change, change.withheld);
  return {
    ...change,
    digest: digestOf(change),
    fullDigest: digestOf(withoutRefused(files, () => false)),
    words: said === undefined ? noWords : requestWords(said, { ...forge.limits, comparison }),
    isDestructive: said?.isDestructive ?? false,
  };
}

function digestOf({ writes, deletes }: FileWrites): string {
  const written = [...writes].map(([path, content]): [string, string] => [path, blobId(content)]);
  return changeDigest(
    new Map<string, string | undefined>([...written, ...deletes.map((path) => [path, undefined] as const)]),
  );
}

export function situationOf(
  { repository, integration, cluster }: Proposer,
  { released }: Reviewable,
  {
    wanted,
    observed,
    account,
  }: { readonly wanted: Wanted; readonly observed: Observed; readonly account: string | undefined },
): Situation {
  const { head, found, memory } = observed;
  const asRequest = (request: ForgeRequest): Request => {
    const { body, author, ...rest } = request;
    const marker = readMarker(body, { integration, cluster });
    return { ...rest, isOurs: account !== undefined && author === account, ...(marker && { marker }) };
  };
  return {
    base: repository.branch,
    wanted: {
      digest: wanted.digest,
      fullDigest: wanted.fullDigest,
      isEmpty: wanted.writes.size + wanted.deletes.length === 0,
      withheld: wanted.withheld.length,
    },
    text: wanted.words.hashes,
    ...(head && { head }),
    open: found.open.map(asRequest),
    ...(found.closed && { closed: asRequest(found.closed) }),
    refused: new Set(memory.refusals.map(({ digest }) => digest)),
    released,
  };
}
