import { type ChangeSet } from '../converge/index.js';
import { type LeftOut } from '../desired/index.js';
import { type Problem, type TerminalError } from '../errors/index.js';
import { type Head } from '../git/index.js';
import { type Published } from '../publish/index.js';
import { type Quay } from '../quay/index.js';
import { checkHistory } from '../sync/index.js';
import { type Configuration } from './configuration.js';
import { convergeState, type ConvergeChoices } from './converge-state.js';
import { documentsFromFiles, documentsOf, type Documents } from './documents.js';
import { openJournal } from './journal.js';
import { type Place, publishState, type PublishedState } from './publish-state.js';
import { readRecord, recordRef, writeRecord } from './record.js';
import { openEnds, openQuay, readCluster } from './road.js';
import { type RoadOptions } from './road-options.js';
import { type OpenState, openState } from './state-repository.js';

export interface TravelOptions extends RoadOptions, Omit<ConvergeChoices, 'onlyGrow'> {
  /** Documents to apply instead of those of the state repository. */
  readonly documents?: readonly string[];
  /** Go on although the last applied commit is not in the history of the branch. */
  readonly acceptHistory?: boolean;
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
  const head = await repository.head({ fetch: false });
  const { changeSet, diverged } = await converge(options, equipment, { head, documents: stated.documents });
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
  };
}

interface Stated extends Documents {
  readonly published?: PublishedState;
}

async function statedDocuments(options: TravelOptions, place: Place): Promise<Stated> {
  const { ends, known } = place;
  if (options.documents !== undefined) return documentsFromFiles(options.documents, ends, known);
  const published = await publishState(place, options.dryRun);
  const { rendered, git } = published;
  const { documents, problems } = documentsOf(rendered, new Set(git.kept.map(({ path }) => path)), ends, known);
  const unsafe = git.kept
    .filter(({ reason }) => reason === 'Unsafe')
    .map(({ path, message }) => ({ path: '', source: path, message }));
  return { documents, problems: [...rendered.problems, ...unsafe, ...problems], published };
}

async function converge(
  options: TravelOptions,
  { ends, known, repository, state, quay }: Equipment,
  stated: { readonly head: Head | undefined; readonly documents: Documents['documents'] },
): Promise<{ readonly changeSet: ChangeSet; readonly diverged: TerminalError | undefined }> {
  const { author } = ends.integration.spec.git;
  const ref = recordRef(ends.id, ends.integration.metadata.name);
  const before = await readRecord(repository, ref);
  const journal = openJournal(state.folder, `${repository.description} ${ref}`);
  const diverged =
    options.acceptHistory === true ? undefined : await checkHistory(repository, stated.head, before.head);
  const complete = options.documents === undefined;
  const { changeSet, recorded } = await convergeState({
    ...options,
    ends,
    known,
    quay,
    journal,
    secretsNamespace: options.namespace,
    documents: stated.documents,
    recorded: new Map([...before.organizations, ...(await journal.read())]),
    complete,
    onlyGrow: diverged !== undefined,
  });
  if (!options.dryRun && !ends.integration.spec.suspend) {
    const isWhole = complete && diverged === undefined && isComplete(changeSet);
    const after = { head: isWhole ? stated.head?.commit : before.head, organizations: recorded };
    await writeRecord({ repository, ref, author }, before, after);
    await journal.remove();
  }
  return { changeSet, diverged };
}

function isComplete({ totals, stopped }: ChangeSet): boolean {
  return stopped === undefined && totals.failed + totals.notDone + totals.unknown === 0;
}
