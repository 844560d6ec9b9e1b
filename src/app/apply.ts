import { type QuayOrganization } from '../api/index.js';
import { type ChangeSet } from '../converge/index.js';
import { type LeftOut } from '../desired/index.js';
import { type Problem, QuaysideError, type TerminalError } from '../errors/index.js';
import { type Head } from '../git/index.js';
import { quayAddress, statePaths } from '../names/index.js';
import { checkIdentity, type Published } from '../publish/index.js';
import { type Quay } from '../quay/index.js';
import { checkHistory } from '../sync/index.js';
import { checkStateHistory } from '../pipeline/check-history.js';
import { type Configuration } from '../process/configuration.js';
import { convergeState, type ConvergeChoices } from './converge-state.js';
import { documentsFromFiles } from '../pipeline/documents.js';
import { type Journal, openJournal } from './apply-journal.js';
import { type Place } from '../pipeline/publish-documents.js';
import { publishedDocuments, type Stated } from '../pipeline/published-documents.js';
import { readRecord, recordRef, writeRecord } from './applied-inventory.js';
import { clusterIdentity } from '../pipeline/render-state.js';
import { openEnds, openQuay, readCluster } from './open-inputs.js';
import { type RoadOptions } from '../pipeline/input-options.js';
import { type RoleChoice } from './unchanged-roles.js';
import { statedHead } from '../pipeline/declared-head.js';
import { isIgnored } from '../pipeline/read-state-files.js';
import { type OpenState, openState } from '../pipeline/open-state-repository.js';

export interface TravelOptions extends RoadOptions, Omit<ConvergeChoices, 'onlyGrow'> {
  /** Documents to apply instead of those of the state repository. */
  readonly documents?: readonly string[];
  /** Go on although the last applied commit is not in the history of the branch. */
  readonly acceptHistory?: boolean;
  /** Stops the way before the next change in Quay; what was done is remembered and told all the same. */
  readonly signal?: AbortSignal;
}

/** What became of the way from the cluster over Git to Quay; plain data without a secret. */
export interface Journey {
  readonly cluster: string;
  readonly integration: string;
  readonly quay: string;
  readonly state: string;
  /** Absent when documents were given. */
  readonly git?: Published;
  readonly leftOut: readonly LeftOut[];
  /** Inputs that could not be read, so that documents only grow. */
  readonly unknown: readonly string[];
  readonly problems: readonly Problem[];
  /** Set when nothing was removed because the history is not what it was. */
  readonly diverged?: TerminalError;
  readonly changeSet: ChangeSet;
  /** Why what was done could not be remembered in the state repository; the next apply finds out by itself. */
  readonly unrecorded?: QuaysideError;
}

/** Goes the whole way once: render, publish, converge, remember. A dry run stops before every write. */
export async function travel(options: TravelOptions, configuration: Configuration): Promise<Journey> {
  const ends = await openEnds(options);
  try {
    const known = await readCluster(ends);
    const quay = await openQuay(ends, options, configuration);
    const state = await openState(ends, options, { ...configuration, readOnly: options.dryRun });
    try {
      return await go(options, { ends, known, repository: state.repository, state, quay });
    } finally {
      await state.close();
      await quay.close();
    }
  } finally {
    await ends.cluster.close();
  }
}

interface Equipment extends Place {
  readonly state: OpenState;
  readonly quay: Quay;
}

async function go(options: TravelOptions, equipment: Equipment): Promise<Journey> {
  const { ends, repository, quay } = equipment;
  // A Quay that cannot be used is found before anything is written to Git.
  await quay.whoAmI();
  const stated = await statedDocuments(options, equipment);
  const head = await (stated.published ? statedHead(repository, stated.published) : repository.head({ fetch: false }));
  const { changeSet, diverged, unrecorded } = await converge(options, equipment, { ...stated, head });
  const { rendering } = stated.published?.rendered ?? {};
  return {
    cluster: ends.cluster.description,
    integration: ends.integration.metadata.name,
    quay: ends.integration.spec.quayHostname,
    state: repository.description,
    ...(stated.published && { git: stated.published.git }),
    leftOut: rendering?.leftOut ?? [],
    unknown: rendering?.unknown ?? [],
    problems: stated.problems,
    ...(diverged && { diverged }),
    changeSet,
    ...(unrecorded && { unrecorded }),
  };
}

async function statedDocuments(options: TravelOptions, place: Place): Promise<Stated> {
  const { ends, known } = place;
  if (options.documents === undefined) return publishedDocuments(place, options.dryRun);
  await checkIdentity(await place.repository.head(), clusterIdentity(ends.integration, known.snapshot.uid));
  return documentsFromFiles(options.documents, ends, known);
}

/** Who names documents wants to know all about them. */
function rolesFor({ roles, documents }: TravelOptions): RoleChoice {
  return roles ?? (documents === undefined ? undefined : true);
}

async function converge(
  options: TravelOptions,
  equipment: Equipment,
  stated: Stated & { readonly head: Head | undefined },
): Promise<Pick<Journey, 'changeSet' | 'diverged' | 'unrecorded'>> {
  const { ends, known, repository, state, quay } = equipment;
  const { host } = quayAddress(ends.integration.spec.quayHostname);
  const ref = recordRef(statePaths(ends.id).cluster, ends.integration.metadata.name, host);
  const before = await readRecord(repository, ref);
  const journal = openJournal(state.folder, `${repository.description} ${ref}`, before.at?.commit);
  const diverged = await divergence(options, equipment, stated.head, before.head);
  const { documents, withheld, complete } = stated;
  const { changeSet, recorded } = await convergeState({
    ...options,
    roles: rolesFor(options),
    ends,
    known,
    quay,
    journal,
    secretsNamespace: options.namespace,
    documents,
    withheld,
    recorded: await journal.merge(before.organizations, before.at?.commit),
    complete,
    apart: options.documents !== undefined,
    isIgnored: ignoredBy(stated),
    onlyGrow: stated.onlyGrow || diverged !== undefined,
  });
  const isWhole = complete && diverged === undefined && isComplete(changeSet);
  const after = { head: isWhole ? stated.head?.commit : before.head, organizations: recorded };
  const unrecorded =
    options.dryRun || ends.integration.spec.suspend
      ? undefined
      : await remember(journal, () =>
          writeRecord({ repository, ref, author: ends.integration.spec.git.author }, before, after),
        );
  return { changeSet, ...(diverged && { diverged }), ...(unrecorded && { unrecorded }) };
}

function ignoredBy({ published }: Stated): (document: QuayOrganization) => boolean {
  const files = published?.rendered.files ?? { ignore: undefined };
  return (document) => isIgnored(files, document);
}

async function divergence(
  { acceptHistory, documents }: TravelOptions,
  { ends, repository }: Equipment,
  head: Head | undefined,
  lastApplied: string | undefined,
): Promise<TerminalError | undefined> {
  if (acceptHistory === true) return undefined;
  if (documents !== undefined) return checkHistory(repository, head, lastApplied);
  return checkStateHistory(repository, head, lastApplied, statePaths(ends.id, ends.integration.spec.git.path));
}

/** What was done in Quay has to be told even if it cannot be written down: then the journal stays for the next apply. */
async function remember(journal: Journal, write: () => Promise<unknown>): Promise<QuaysideError | undefined> {
  try {
    await write();
    await journal.remove();
    return undefined;
  } catch (error) {
    if (error instanceof QuaysideError) return error;
    throw error;
  }
}

function isComplete({ totals, stopped }: ChangeSet): boolean {
  return stopped === undefined && totals.failed + totals.notDone + totals.unknown === 0;
}
