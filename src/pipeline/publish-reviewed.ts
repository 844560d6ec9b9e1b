import { QuaysideError, TerminalError } from '../errors/index.js';
import { type Head, type StateReader } from '../git/index.js';
import { growingPart, type SplitFile, splitChange } from '../proposal/index.js';
import { type Published, type Rendered } from '../publish/index.js';
import {
  lookAtProposal,
  proposeChange,
  type Reviewable,
  type ReviewLook,
  type ReviewOutcome,
  type Proposer,
} from '../review/index.js';
import { type Kinds } from './document-kind.js';
import { type ReviewMode } from './review-mode.js';
import { contentOf, growOf } from './review-words.js';

/** What waits for people. */
export interface Proposal {
  /** How the branch and its request stand; absent when that is not known. */
  readonly outcome?: ReviewOutcome;
  /** The same before a pass, in a dry run; absent where the forge could not be asked. */
  readonly look?: ReviewLook;
  /** Why the forge could not be asked in a dry run, which goes on without it. */
  readonly unseen?: QuaysideError;
  /** Why the forge, or the branch of the proposal, could not be brought up to date. Everything else went on. */
  readonly fault?: QuaysideError;
  /** The step from the branch to what was rendered. */
  readonly difference: Published;
  /** The branch does not take our pushes, so that everything is proposed. */
  readonly refused?: QuaysideError;
}

/** What of a rendering is published this time. */
export type Part = (rendered: Rendered, head: Head | undefined) => Promise<Rendered>;

export interface Reviewed {
  readonly kinds: Kinds;
  readonly repository: StateReader;
  readonly review: ReviewMode;
  /** Publishes a part of the rendering, or only says what that would do. */
  readonly publishPart: (part: Part, dryRun: boolean) => Promise<Published>;
}

const all: Part = (rendered) => Promise.resolve(rendered);

/** Only the file that says whose folder this is: the one direct push that every writer makes. */
const identityAlone: Part = (rendered) =>
  Promise.resolve({ ...rendered, files: new Map(), isOurs: () => false, mayDelete: () => false });

/**
 * Pushes what needs no review, and proposes the rest. What is published is what the branch has in the end: a proposal is not.
 */
export async function publishReviewed(
  reviewed: Reviewed,
  dryRun: boolean,
): Promise<{ readonly git: Published; readonly proposal: Proposal }> {
  const whole = await reviewed.publishPart(all, true);
  if (dryRun) return { git: whole, proposal: { difference: whole, ...(await look(reviewed, whole)) } };
  const direct = await publishDirectly(reviewed, whole);
  const fault = direct?.fault && faultOf(reviewed, whole, direct.fault);
  if (fault !== undefined) return { git: { ...nothingOf(whole), fault }, proposal: { difference: whole } };
  const isPushed = direct?.pushed === true;
  const difference = isPushed ? await reviewed.publishPart(all, true) : whole;
  const proposal = {
    ...(await propose(reviewed, difference)),
    difference,
    ...(direct?.fault && { refused: direct.fault }),
  };
  return { git: isPushed ? direct : nothingOf(difference), proposal };
}

/** Why nothing can go on after a push that failed; a branch that only refuses ours still gets proposals. */
function faultOf(reviewed: Reviewed, { base }: Published, fault: QuaysideError): QuaysideError | undefined {
  if (!isRefusal(fault)) return fault;
  return base === undefined ? baseMissing(reviewed, fault) : undefined;
}

/** What is pushed without asking: what only adds, or at the beginning the name of the cluster. */
async function publishDirectly(
  { kinds, review, publishPart, repository }: Reviewed,
  whole: Published,
): Promise<Published | undefined> {
  const { writes, deletes } = whole.change;
  if (writes.size + deletes.length === 0) return undefined;
  if (review.which === 'All') {
    return whole.base === undefined ? publishPart(identityAlone, false) : undefined;
  }
  const base = whole.base === undefined ? undefined : await repository.at(whole.base);
  if (growingPart(await splitFiles(kinds, whole, base)).writes.size === 0) return undefined;
  return publishPart(async (rendered, head) => {
    const paths = [...rendered.files.keys()];
    const there = (await head?.read(paths)) ?? new Map<string, string>();
    const grow = growOf(kinds);
    const files = paths.map((path): [string, string] => {
      const wanted = rendered.files.get(path) ?? '';
      const before = there.get(path);
      return [path, before === undefined || before === wanted ? wanted : grow(before, wanted, path).grown];
    });
    return { ...rendered, files: new Map(files), mayDelete: () => false };
  }, false);
}

async function splitFiles(kinds: Kinds, { change }: Published, base: Head | undefined): Promise<readonly SplitFile[]> {
  const paths = [...change.writes.keys(), ...change.deletes];
  const there = (await base?.read(paths)) ?? new Map<string, string>();
  const files = paths.map((path) => ({ path, there: there.get(path), wanted: change.writes.get(path) }));
  return splitChange(files, growOf(kinds));
}

async function propose(reviewed: Reviewed, difference: Published): Promise<Omit<Proposal, 'difference'>> {
  try {
    const outcome = await onForge(reviewed, difference, proposeChange);
    return outcome === undefined ? {} : { outcome };
  } catch (error) {
    if (!(error instanceof QuaysideError)) throw error;
    return { fault: error };
  }
}

async function look(reviewed: Reviewed, difference: Published): Promise<Omit<Proposal, 'difference'>> {
  try {
    const found = await onForge(reviewed, difference, lookAtProposal);
    return found === undefined ? {} : { look: found };
  } catch (error) {
    if (!(error instanceof QuaysideError)) throw error;
    return { unseen: error };
  }
}

/** Does something with what is to be reviewed; nothing while the branch has no commit. */
async function onForge<T>(
  { kinds, review, repository }: Reviewed,
  difference: Published,
  work: (proposer: Proposer, reviewable: Reviewable) => Promise<T>,
): Promise<T | undefined> {
  const base = difference.base === undefined ? undefined : await repository.at(difference.base);
  if (base === undefined) return undefined;
  const proposer = { ...(await review.proposer()), grow: growOf(kinds) };
  return work(proposer, {
    base,
    files: await splitFiles(kinds, difference, base),
    content: (change, withheld) => contentOf({ kinds, base, title: review.title, remarks: [] }, change, withheld),
    released: review.released,
  });
}

function isRefusal({ code }: QuaysideError): boolean {
  return code === 'PushDenied' || code === 'PermissionDenied';
}

/** The same comparison, of which nothing was pushed. */
function nothingOf(published: Published): Published {
  return {
    ...published,
    change: { writes: new Map(), deletes: [] },
    added: [],
    changed: [],
    removed: [],
    pushed: false,
  };
}

function baseMissing({ repository }: Reviewed, cause: QuaysideError): TerminalError {
  return new TerminalError(
    'BaseMissing',
    `${repository.description} has no commit, and does not take ours: ${cause.message}`,
    {
      hint: `Push a first commit to ${repository.branch} yourself, a README for instance; Quayside then proposes the rest.`,
      cause,
    },
  );
}
