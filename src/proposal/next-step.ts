import type { Request, Situation, Step } from './situation.js';

/** What to do next about a proposal, from what is there; only `nothing`, `keep` and `hold` end a pass. */
export function nextStep(situation: Situation): Step {
  const { open, wanted } = situation;
  const ours = open.filter((request) => request.isOurs || request.marker !== undefined);
  const [request, duplicate] = ours;
  if (request !== undefined && duplicate !== undefined) {
    return { do: 'closeDuplicate', request: duplicate, kept: request };
  }
  const foreign = open.find((one) => !ours.includes(one) && one.base === situation.base);
  if (request === undefined && foreign !== undefined)
    return { do: 'hold', reason: 'ProposalForeign', request: foreign };
  const forgotten = thoughtAgain(situation, request);
  if (forgotten !== undefined) return forgotten;
  if (wanted.isEmpty) return withNothingWanted(situation, request);
  return request === undefined ? withoutRequest(situation) : withRequest(situation, request);
}

/** By an annotation all is released, by reopening what that request proposes. */
function thoughtAgain({ refused, released }: Situation, request: Request | undefined): Step | undefined {
  if (released && refused.size > 0) return { do: 'forget' };
  const reopened = request?.marker?.digest ?? '';
  return refused.has(reopened) ? { do: 'forget', digest: reopened } : undefined;
}

function withNothingWanted(situation: Situation, request: Request | undefined): Step {
  const { head, wanted, closed } = situation;
  if (request !== undefined) {
    // Who wrote on it has something in mind that is not wanted by us.
    if (head?.state === 'Edited') return { do: 'hold', reason: 'ProposalEdited', request };
    return { do: 'finish', request };
  }
  const no = unrecordedNo(situation);
  if (no !== undefined && wanted.withheld > 0) return no;
  if (wanted.withheld > 0) return { do: 'hold', reason: 'ProposalDeclined', ...(closed && { request: closed }) };
  if (head !== undefined && stateOf(situation) !== 'Edited') return { do: 'deleteHead', commit: head.commit };
  return { do: 'nothing' };
}

function withRequest(situation: Situation, request: Request): Step {
  const { head, base, released } = situation;
  if (head?.state === 'Edited' && !released) return { do: 'hold', reason: 'ProposalEdited', request };
  if (head?.state !== 'Ours') return withoutBranch(situation, request);
  if (!isRight(situation)) return { do: 'push', from: head.commit };
  const differing = { ...wordsToWrite(situation, request), base: request.base !== base };
  if (Object.values(differing).some(Boolean)) return { do: 'update', request, ...differing };
  return { do: 'keep', request };
}

/** Its branch has gone, and the forge will close it in a moment: then what goes for a request that went with its branch. */
function withoutBranch({ head, wanted, released }: Situation, { marker, number }: Request): Step {
  if (head?.state === 'Edited') return { do: 'push', from: head.commit };
  const isSecond = marker?.again !== undefined && marker.digest === wanted.digest;
  if (isSecond && !released) return { do: 'hold', reason: 'ProposalDeclined' };
  return { do: 'push', from: head?.commit, again: number };
}

/** A title that a person wrote stays; so does a text, until there is another to write. */
function wordsToWrite(
  { text, wanted }: Situation,
  { marker }: Request,
): { readonly title: boolean; readonly body: boolean } {
  if (marker === undefined) return { title: false, body: true };
  return { title: marker.title !== text.title, body: marker.text !== text.text || marker.digest !== wanted.digest };
}

/** The branch brings what is wanted, and merging it gives that. */
function isRight({ head, wanted }: Situation): boolean {
  return head?.state === 'Ours' && head.digest === wanted.digest && head.fits;
}

function withoutRequest(situation: Situation): Step {
  const { head, closed, released } = situation;
  const held = released ? undefined : heldBack(situation);
  if (held !== undefined) return held;
  if (stateOf(situation) === 'Ours' && isRight(situation)) return creation(situation);
  const again = wentWithItsBranch(situation) ? { again: closed?.number } : {};
  return { do: 'push', from: head?.commit, ...again };
}

/** What keeps a request from being opened, until a person says otherwise. */
function heldBack(situation: Situation): Step | undefined {
  const { closed } = situation;
  const no = unrecordedNo(situation);
  if (no !== undefined) return no;
  if (isDeclined(situation)) return { do: 'hold', reason: 'ProposalDeclined', ...(closed && { request: closed }) };
  return stateOf(situation) === 'Edited' ? { do: 'hold', reason: 'ProposalEdited' } : undefined;
}

/** The same change was proposed, and its request closed with the branch, not by a person's no. */
function wentWithItsBranch({ closed, wanted, released }: Situation): boolean {
  return (
    !released && closed?.state === 'closed' && closed.marker?.state === 'open' && closed.marker.digest === wanted.digest
  );
}

function creation({ closed, wanted, released, head }: Situation): Step {
  const isNo = closed?.state === 'closed' && closed.marker?.state !== 'empty';
  if (closed === undefined || !isNo) return { do: 'create' };
  const isSame = closed.marker?.digest === wanted.digest;
  if (released && isSame && closed.headCommit === head?.commit) return { do: 'reopen', request: closed };
  return isSame ? { do: 'create', again: closed.number } : { do: 'create', declined: closed.number };
}

/** A person's merge has taken in what a person wrote: the branch is nobody's work any more. */
function stateOf({ head, closed }: Situation): 'Ours' | 'Merged' | 'Edited' | undefined {
  if (head === undefined) return undefined;
  return closed?.state === 'merged' && closed.headCommit === head.commit ? 'Merged' : head.state;
}

/**
 * The change that a person said no to by closing its request. One that was closed because its branch went is proposed once more,
 * and is a no the second time.
 */
function refusedDigest({ closed, head }: Situation): string | undefined {
  if (closed?.state !== 'closed') return undefined;
  const { marker } = closed;
  if (marker === undefined) {
    // Somebody took the marker out.
    return closed.isOurs && head !== undefined && head.commit === closed.headCommit ? head.digest : undefined;
  }
  const isThere = head !== undefined && head.state !== 'Merged' && head.again !== closed.number;
  return marker.state === 'open' && (isThere || marker.again !== undefined) ? marker.digest : undefined;
}

function unrecordedNo(situation: Situation): Step | undefined {
  const { closed, refused } = situation;
  const digest = refusedDigest(situation);
  const isNew = closed !== undefined && digest !== undefined && digest !== '' && !refused.has(digest);
  return isNew ? { do: 'remember', request: closed, digest } : undefined;
}

function isDeclined({ wanted, refused }: Situation): boolean {
  return refused.has(wanted.digest) || refused.has(wanted.fullDigest);
}
