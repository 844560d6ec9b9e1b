import { InvalidInput, type Problem } from '../../errors/index.js';
import { type Head, type StateReader, type StateWriter } from '../../git/index.js';
import { namespaceOfFile, statePaths, type StatePaths } from '../../names/index.js';
import { type OrganizationPlan } from '../../plan/index.js';
import { type InputOptions } from '../../pipeline/input-options.js';
import { type Inputs, type KnownCluster } from '../../pipeline/inputs.js';
import { organizationKind } from '../../pipeline/organization-kind.js';
import { integrationPass } from '../../pipeline/organization-pass.js';
import { type Configuration } from '../../process/configuration.js';
import { type Published } from '../../publish/index.js';
import { openInputs, readCluster } from '../open-inputs.js';
import { withoutFiles } from './hidden-files.js';
import { checkIdentityFile } from './identity-file.js';
import { knownFromFiles } from './known-from-files.js';
import { openChecked } from './open-checked.js';
import { placeProblems } from './place-problems.js';
import { unusedOverlayFaults } from './unused-overlays.js';

/** What is wrong in a state repository, and what would become of it. */
export interface CheckResult {
  readonly state: string;
  /** The folder that was checked, from the top of the repository. */
  readonly folder: string;
  /** Files that people write, and documents. */
  readonly checked: { readonly overlays: number; readonly documents: number };
  /** With their places, in the order of files and lines. */
  readonly problems: readonly Problem[];
  /** Inputs that could not be read. */
  readonly unknown: readonly string[];
  /** Whether the cluster was read, or only what the repository shows of it. */
  readonly isWithCluster: boolean;
  /** What the next commit would change; absent while nobody knows. */
  readonly change?: Pick<Published, 'added' | 'changed' | 'removed' | 'kept'>;
  /** The same in Quay, as far as documents tell. */
  readonly plans: readonly OrganizationPlan[];
}

type Pending = Pick<CheckResult, 'change' | 'plans' | 'unknown'>;
type Repository = StateReader & StateWriter;

/** Checks every file of a cluster's folder, and asks neither Quay nor, without an option that names one, a cluster. */
export async function checkState(options: InputOptions, configuration: Configuration): Promise<CheckResult> {
  const inputs = await openInputs(options, configuration, { cluster: false });
  try {
    const state = await openChecked(inputs, options, configuration);
    try {
      return await checkRepository(inputs, options, state.repository);
    } finally {
      await state.close();
    }
  } finally {
    await inputs.cluster.close();
  }
}

async function checkRepository(inputs: Inputs, options: InputOptions, repository: Repository): Promise<CheckResult> {
  const head = await repository.head();
  const paths = statePaths(inputs.id, inputs.integration.spec.git.path);
  const snapshot = await inputs.cluster.snapshot();
  const isNamed = [options.cluster, options.kubeconfig, options.context].some((option) => option !== undefined);
  const isWithCluster = isNamed || snapshot.namespaces.known || snapshot.namespaces.code !== undefined;
  const known = isWithCluster ? await readCluster(inputs) : undefined;
  const problems: Problem[] = [];
  let pending: Pending = { plans: [], unknown: [] };
  const hidden = new Set<string>();
  for (let isOver = false; !isOver;) {
    const found = await findProblems(inputs, known, withoutFiles(repository, hidden), snapshot.uid);
    problems.push(...found.problems);
    const broken = 'refused' in found ? found.problems.flatMap(({ source }) => source ?? []) : [];
    isOver = broken.every((source) => hidden.has(source));
    broken.forEach((source) => hidden.add(source));
    // What is refused as a whole changes nothing, whatever the rest would do.
    if ('pending' in found && hidden.size === 0) pending = found.pending;
  }
  const inFolder = async (folder: string): Promise<number> =>
    ((await head?.list(`${folder}/`)) ?? []).filter(({ path }) => path.endsWith('.yaml')).length;
  return {
    state: repository.description,
    folder: paths.cluster,
    checked: { overlays: await inFolder(paths.overlays), documents: await inFolder(paths.organizations) },
    problems: await placeProblems(head, problems),
    isWithCluster,
    ...pending,
  };
}

type Found =
  | { readonly problems: readonly Problem[]; readonly pending: Pending }
  | { readonly problems: readonly Problem[]; readonly refused: true };

async function findProblems(
  opened: Inputs,
  cluster: KnownCluster | undefined,
  repository: Repository,
  uid: string | undefined,
): Promise<Found> {
  const paths = statePaths(opened.id, opened.integration.spec.git.path);
  try {
    const head = await repository.head();
    const { inputs, known } =
      cluster !== undefined || head === undefined
        ? { inputs: opened, known: cluster ?? (await readCluster(opened)) }
        : await knownFromFiles(opened, head, uid);
    await checkIdentityFile(head, inputs.integration, known.snapshot.uid);
    const pass = await integrationPass({ inputs, known, repository }, true);
    const { rendering } = pass.rendered.organizations;
    const used = new Set([
      ...rendering.documents.flatMap(({ namespace, kept }) => (kept === undefined ? [namespace] : [])),
      ...pass.read.organizations.problems.flatMap(({ source }) => namespaceOfFile(paths.overlays, source ?? '') ?? []),
    ]);
    const isUsed = (namespace: string): boolean => used.has(namespace);
    const unused = head === undefined ? [] : await unusedOverlayFaults(head, { id: inputs.id, paths, isUsed });
    const git = cluster === undefined ? withoutNew(pass.git, paths) : pass.git;
    const plans = await plansOf(head, git, organizationKind({ inputs, known }));
    const pending = { change: git, plans, unknown: rendering.unknown };
    return { problems: [...pass.read.organizations.problems, ...unused], pending };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    if (!error.problems.every(({ source }) => source?.startsWith(paths.cluster) === true)) throw error;
    return { problems: error.problems, refused: true };
  }
}

/** Without the cluster nobody knows whether a namespace without a document is there, or whose folder it is. */
function withoutNew(git: Published, paths: StatePaths): Published {
  const isKnown = (path: string): boolean => path !== paths.identity && !git.added.includes(path);
  const { writes, deletes } = git.change;
  const change = { writes: new Map([...writes].filter(([path]) => isKnown(path))), deletes };
  return { ...git, change, added: [], changed: git.changed.filter(isKnown) };
}

async function plansOf(
  head: Head | undefined,
  { change: { writes, deletes } }: Published,
  kind: ReturnType<typeof organizationKind>,
): Promise<readonly OrganizationPlan[]> {
  const paths = [...writes.keys(), ...deletes].filter((path) => path.startsWith(kind.folder)).sort();
  const there = (await head?.read(paths)) ?? new Map<string, string>();
  return paths.flatMap((path) => kind.plan?.(there.get(path), writes.get(path)) ?? []);
}
