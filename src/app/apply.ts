import { type ChangeSet } from '../converge/index.js';
import { type LeftOut } from '../desired/index.js';
import { type Problem, type TerminalError } from '../errors/index.js';
import { type Head } from '../git/index.js';
import { quayAddress, statePaths } from '../names/index.js';
import { checkIdentity, type Published } from '../publish/index.js';
import { type Quay } from '../quay/index.js';
import { checkAncestry } from '../pipeline/check-ancestry.js';
import { checkStateHistory } from '../pipeline/check-history.js';
import { type Configuration } from '../process/configuration.js';
import { convergeState, type ConvergeChoices } from './converge-state.js';
import { documentsFromFiles } from '../pipeline/documents.js';
import { ignoredBy, policyOfApply } from './apply-policy.js';
import { openJournal } from './apply-journal.js';
import { type Kept, remember } from './remember.js';
import { type Declared, pushedDocuments } from '../pipeline/organization-pass.js';
import { type Session } from '../pipeline/session.js';
import { findRecord, keepRecord, recordPlaces } from './record-place.js';
import { clusterIdentity } from '../pipeline/cluster-identity.js';
import { openInputs, openQuay, readCluster } from './open-inputs.js';
import { readOperatorInventory } from './operator-inventory.js';
import { type RemovalsUnknown, removalsUnknown } from './removals-unknown.js';
import { type InputOptions } from '../pipeline/input-options.js';
import { type OwnershipKeys } from '../ownership/index.js';
import { isReadOnly, ownershipFor } from './open-ownership.js';
import { type RoleChoice } from './unchanged-roles.js';
import { type OpenState, openState } from '../pipeline/open-state-repository.js';
import { type Proposal } from '../pipeline/publish-reviewed.js';
import { reviewOf } from './review-of.js';

export interface ApplyStateOptions extends InputOptions, Omit<ConvergeChoices, 'policy'> {
  /** Documents to apply instead of those of the state repository. */
  readonly documents?: readonly string[];
  /** Go on although the last applied commit is not in the history of the branch. */
  readonly acceptHistory?: boolean;
  /** Stops before the next change in Quay; what was done is recorded and reported all the same. */
  readonly signal?: AbortSignal;
}

/** The result of an apply; plain data without a secret. */
export interface ApplyResult extends Kept {
  readonly cluster: string;
  readonly integration: string;
  readonly quay: string;
  readonly state: string;
  /** Absent when documents were given. */
  readonly git?: Published;
  /** The commit whose documents were applied last. */
  readonly appliedCommit?: string;
  /** What waits for people, where changes do. */
  readonly proposal?: Proposal;
  readonly leftOut: readonly LeftOut[];
  /** Inputs that could not be read, so that documents only grow. */
  readonly unknown: readonly string[];
  readonly problems: readonly Problem[];
  /** Set when nothing was removed because the history is not what it was. */
  readonly diverged?: TerminalError;
  readonly changeSet: ChangeSet;
  /** Set where nothing says what was made in some organizations, so that what would be removed there is not known. */
  readonly removalsUnknown?: RemovalsUnknown;
}

/** Runs the pipeline once: render, publish, converge, record. A dry run stops before every write. */
export async function applyState(options: ApplyStateOptions, configuration: Configuration): Promise<ApplyResult> {
  const inputs = await openInputs(options, configuration);
  try {
    const known = await readCluster(inputs);
    const ownership = await ownershipFor(inputs, options, configuration);
    const quay = await openQuay(inputs, options, configuration);
    const state = await openState(inputs, options, { ...configuration, readOnly: options.dryRun });
    const review = reviewOf(inputs, options, { state, configuration });
    try {
      const { repository } = state;
      return await go(options, {
        inputs,
        known,
        repository,
        state,
        quay,
        ownership,
        ...(review && { review: review.mode }),
      });
    } finally {
      await review?.close();
      await state.close();
      await quay.close();
    }
  } finally {
    await inputs.cluster.close();
  }
}

interface ApplySession extends Session {
  readonly state: OpenState;
  readonly quay: Quay;
  readonly ownership: OwnershipKeys;
}

async function go(options: ApplyStateOptions, session: ApplySession): Promise<ApplyResult> {
  const { inputs, repository, quay } = session;
  // A Quay that cannot be used is found before anything is written to Git.
  await quay.whoAmI();
  await quay.demandAdministration();
  const declared = await documentsToApply(options, session);
  const { pass } = declared;
  const head = pass === undefined ? await repository.head({ fetch: false }) : pass.head;
  const { changeSet, ...recorded } = await converge(options, session, { ...declared, head });
  const { rendering } = pass?.rendered.organizations ?? {};
  return {
    cluster: inputs.cluster.description,
    integration: inputs.integration.metadata.name,
    quay: inputs.integration.spec.quayHostname,
    state: repository.description,
    ...(pass && { git: pass.git }),
    ...(pass?.proposal && { proposal: pass.proposal }),
    leftOut: rendering?.leftOut ?? [],
    unknown: rendering?.unknown ?? [],
    problems: declared.problems,
    changeSet,
    ...recorded,
  };
}

async function documentsToApply(options: ApplyStateOptions, session: Session): Promise<Declared> {
  const { inputs, known } = session;
  if (options.documents === undefined) return pushedDocuments(session, options.dryRun);
  await checkIdentity(await session.repository.head(), clusterIdentity(inputs.integration, known.snapshot.uid));
  return documentsFromFiles(options.documents, inputs, known);
}

/** Who names documents wants to know all about them. */
function rolesFor({ roles, documents }: ApplyStateOptions): RoleChoice {
  return roles ?? (documents === undefined ? undefined : true);
}

async function converge(
  options: ApplyStateOptions,
  session: ApplySession,
  declared: Declared & { readonly head: Head | undefined },
): Promise<Pick<ApplyResult, 'changeSet' | 'appliedCommit' | 'diverged' | 'removalsUnknown' | keyof Kept>> {
  const { inputs, known, state, quay, ownership } = session;
  const { repository } = state;
  const { host } = quayAddress(inputs.integration.spec.quayHostname);
  const { metadata, spec } = inputs.integration;
  const places = recordPlaces(statePaths(inputs.id).cluster, metadata.name, host);
  const recording = { repository, places, author: spec.git.author };
  const records = !isReadOnly(options, inputs);
  const found = await findRecord(recording, { ask: records && state.isRemote });
  const before = found.record;
  const journal = openJournal(state.folder, `${repository.description} ${places.ref}`, before.at?.commit);
  const diverged = await divergence(options, session, declared.head, before.head);
  const { documents, withheld, complete } = declared;
  const operator = await readOperatorInventory(inputs, host);
  const { changeSet, recorded, withoutInventory } = await convergeState({
    ...options,
    roles: rolesFor(options),
    inputs,
    known,
    quay,
    ownership,
    journal,
    secretsNamespace: options.namespace,
    documents,
    withheld,
    recorded: await journal.merge(before.organizations, before.at?.commit),
    operator,
    complete,
    apart: options.documents !== undefined,
    isIgnored: ignoredBy(declared),
    policy: policyOfApply(declared, diverged),
  });
  const isWhole = complete && diverged === undefined && isComplete(changeSet);
  const after = { head: isWhole ? declared.head?.commit : before.head, organizations: recorded };
  const kept = records ? await remember(journal, () => keepRecord({ ...recording, ownership }, found, after)) : {};
  const applied = options.dryRun ? before.head : after.head;
  return {
    changeSet,
    ...(applied !== undefined && { appliedCommit: applied }),
    ...(diverged && { diverged }),
    ...removalsUnknown(withoutInventory, operator),
    ...kept,
  };
}

async function divergence(
  { acceptHistory, documents }: ApplyStateOptions,
  { inputs, repository }: ApplySession,
  head: Head | undefined,
  lastApplied: string | undefined,
): Promise<TerminalError | undefined> {
  if (acceptHistory === true) return undefined;
  if (documents !== undefined) return checkAncestry(repository, head, lastApplied);
  return checkStateHistory(repository, head, lastApplied, statePaths(inputs.id, inputs.integration.spec.git.path));
}

function isComplete({ totals, stopped }: ChangeSet): boolean {
  return stopped === undefined && totals.failed + totals.notDone + totals.unknown === 0;
}
