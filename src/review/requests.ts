import { setTimeout as wait } from 'node:timers/promises';
import { type ForgeRequest, type FoundRequests, isExisting, isUnseen } from '../forge/index.js';
import { bodyWith, type Marker, readMarker, type Step, titleToWrite } from '../proposal/index.js';
import type { Wanted } from './observe.js';
import type { ProposedRequest, Proposer } from './review.js';

/** A forge shows a push after some seconds at the latest. */
const pauses = [2_000, 5_000, 10_000];

export function proposed({ number, url, createdAt }: ForgeRequest): ProposedRequest {
  return { number, url, createdAt };
}

/** The body with all that is remembered about it. */
function bodyOf(proposer: Proposer, wanted: Wanted, more: Pick<Marker, 'base'> & Partial<Marker>): string {
  const { integration, cluster, trailers } = proposer;
  const { digest, words, isDestructive } = wanted;
  const marker: Marker = {
    ...{ integration, cluster, digest, state: 'open', ...words.hashes },
    ...(isDestructive && { risk: 'destructive' }),
    ...more,
  };
  // Forges that squash take the text for that of the commit: so the trailers survive.
  const last = Object.entries(trailers).map(([key, value]) => `${key}: ${value}`);
  return bodyWith(marker, [words.body, last.join('\n')].filter((part) => part !== '').join('\n\n'));
}

/** Opens a request, however often it is tried: one that is there already is taken. */
export async function createRequest(
  proposer: Proposer,
  wanted: Wanted,
  base: string,
  step: Extract<Step, { do: 'create' }>,
): Promise<FoundRequests> {
  const { forge, branch, labels, repository, delay = wait } = proposer;
  const again = step.again === undefined ? {} : { again: String(step.again) };
  const refers = step.declined ?? step.again;
  const referring = refers === undefined ? wanted : referringTo(wanted, refers);
  const text = {
    title: wanted.words.title,
    body: bodyOf(proposer, referring, { base, ...again }),
    base: repository.branch,
  };
  for (let attempt = 0; ; attempt += 1) {
    try {
      return { open: [await forge.create(branch, text, labels)], closed: undefined };
    } catch (error) {
      const found = isExisting(error) ? await forge.find(branch) : undefined;
      if (found !== undefined && found.open.length > 0) return found;
      const pause = pauses[attempt];
      if (!isUnseen(error) || pause === undefined) throw error;
      await delay(pause);
    }
  }
}

function referringTo(wanted: Wanted, number: number): Wanted {
  const body = `An earlier proposal was closed without being merged (number ${number}).\n\n${wanted.words.body}`;
  return { ...wanted, words: { ...wanted.words, body } };
}

/** Writes what differs, and leaves what people wrote. */
export async function updateRequest(
  proposer: Proposer,
  { wanted, base, request }: { readonly wanted: Wanted; readonly base: string; readonly request: ForgeRequest },
  what: Pick<Extract<Step, { do: 'update' }>, 'title' | 'body' | 'base'>,
): Promise<ForgeRequest> {
  const { forge, repository, integration, cluster } = proposer;
  const marker = readMarker(request.body, { integration, cluster });
  const changes = {
    // The hash of the title stands in the body.
    ...((what.body || what.title) && {
      body: bodyOf(proposer, wanted, { base, ...keptIn(marker, wanted, what.title) }),
    }),
    ...(what.title && { title: titleToWrite(request.title, wanted.words.title) }),
    ...(what.base && { base: repository.branch }),
  };
  await forge.update(request.number, changes);
  if (request.autoMerge && becomesWorse(marker, wanted)) await forge.comment(request.number, becameDestructive);
  return { ...request, ...changes };
}

/** What a marker remembers beyond the text: which request it follows, and the title that a person may have written over. */
function keptIn(marker: Marker | undefined, { digest }: Wanted, isTitleNew: boolean): Partial<Marker> {
  if (marker === undefined) return {};
  return {
    ...(marker.digest === digest && marker.again !== undefined && { again: marker.again }),
    ...(!isTitleNew && { title: marker.title }),
  };
}

function becomesWorse(marker: Marker | undefined, { isDestructive }: Wanted): boolean {
  return isDestructive && marker !== undefined && marker.risk === undefined;
}

const becameDestructive =
  'This proposal now has changes by which something is lost for good, and it is set to be merged automatically.';

/** Says that nothing is left, once, and closes: by the marker it is known that this was no refusal. */
export async function finishRequest(
  proposer: Proposer,
  { wanted, base, request }: { readonly wanted: Wanted; readonly base: string; readonly request: ForgeRequest },
): Promise<void> {
  const { forge } = proposer;
  const body = 'Nothing of this proposal is left to do: the base branch has all of it.';
  const empty = { ...wanted, words: { ...wanted.words, body } };
  if (readMarker(request.body, proposer)?.state !== 'empty') {
    await forge.update(request.number, { body: bodyOf(proposer, empty, { base, state: 'empty' }) });
  }
  await forge.close(request.number);
}

const toldMark = (commit: string): string => `<!-- quayside: about ${commit} -->`;

/** One comment about a commit of somebody else, however often it is seen. */
export async function tellEdited({ forge, branch }: Proposer, number: number, commit: string): Promise<boolean> {
  const mark = toldMark(commit);
  if ((await forge.comments(number)).some((text) => text.includes(mark))) return false;
  const text =
    `Somebody else has a commit on \`${branch}\`, so Quayside pushes nothing there any more. Merge it as it is, or delete the branch; ` +
    'or let Quayside write over it with the annotation `quayside.dev/propose-again` on the integration.';
  await forge.comment(number, `${mark}\n${text}`);
  return true;
}
