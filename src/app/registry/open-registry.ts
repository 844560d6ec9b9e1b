import { type Problem, TerminalError } from '../../errors/index.js';
import { kubeClient, type KubeClient } from '../../kube/index.js';
import { type Fault, modelRegistry, type RegistryResult } from '../../registry/index.js';
import { clusterFacts } from './cluster-facts.js';
import { readFactsFile } from './facts-file.js';
import { atPlaces, faultsInAll } from './faults-in-all.js';
import { gather, type Gathered, type ObjectSource } from './gather.js';
import { type FileObject, objectsInFiles } from './objects-in-files.js';
import { offers, type Offer } from './offers.js';
import { firstOf, fromCluster, fromFiles } from './sources.js';

/** Where a registry and the facts of its cluster come from. */
export interface RegistryOptions {
  /** Name of the registry, where there are several. */
  readonly name?: string;
  /** Files with the registry, its options and its Secrets. */
  readonly file?: readonly string[];
  /** A folder with the files of the bundle, or a config.yaml. */
  readonly bundle?: string;
  /** A file with the Secret of the managed keys. */
  readonly keys?: string;
  /** What kind of cluster to think of, instead of asking one. */
  readonly offers?: Offer;
  /** What `quayside registry facts` wrote. */
  readonly facts?: string;
  /** Domain of the default router. */
  readonly appsDomain?: string;
  readonly namespace?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** The variables of the process, for login plugins. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A registry, what it is modelled as, and the cluster that it was read from, if any. */
export interface OpenedRegistry {
  readonly gathered: Gathered;
  readonly result: RegistryResult;
  /** Every fault, with its place. */
  readonly problems: readonly LocatedFault[];
  readonly client?: KubeClient;
  close(): Promise<void>;
}

/** A fault with the place in the file that its object came from. */
export interface LocatedFault extends Problem {
  readonly severity: Fault['severity'];
  readonly object: string;
}

/** Whether nothing may be applied. */
export function hasError(problems: readonly LocatedFault[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** Reads all that a registry is made of, from files, from a cluster, or from both, and models it. Nothing is written. */
export async function openRegistry(options: RegistryOptions, environment: Environment): Promise<OpenedRegistry> {
  const isOffline = options.offers !== undefined || options.facts !== undefined;
  const { file = [], keys } = options;
  const files = await objectsInFiles([...file, ...(keys === undefined ? [] : [keys])]);
  if (isOffline && !files.some(({ object }) => object.kind === 'QuayRegistry')) {
    const hint = 'Name a file with the QuayRegistry: -f registry.yaml.';
    throw new TerminalError('InvalidInput', 'no file has a QuayRegistry', { hint });
  }
  const client = isOffline ? undefined : await connect(options, environment);
  const close = async (): Promise<void> => client?.close();
  try {
    const gathered = await gather(sourceOf(files, client, options), options, async (place) => ({
      ...(client === undefined ? await offlineFacts(options) : await clusterFacts(client.call, place)),
      ...(options.appsDomain !== undefined && { appsDomain: options.appsDomain }),
    }));
    const result = modelRegistry(gathered.inputs);
    const problems = faultsIn(gathered, result).map((fault) => located(fault, gathered.objects));
    return { gathered, result, problems, ...(client && { client }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the schemas refused, and what is wrong however that was meant. */
function faultsIn({ refused, others, places }: Gathered, { faults }: RegistryResult): readonly Fault[] {
  const readings = others.map((inputs) => modelRegistry(inputs).faults);
  return [...refused, ...faultsInAll([faults, ...readings]).map((fault) => atPlaces(fault, places))];
}

function connect({ kubeconfig, context }: RegistryOptions, environment: Environment): Promise<KubeClient> {
  return kubeClient({
    environment,
    ...(kubeconfig !== undefined && { kubeconfig }),
    ...(context !== undefined && { context }),
  });
}

function sourceOf(
  files: readonly FileObject[],
  client: KubeClient | undefined,
  { namespace }: RegistryOptions,
): ObjectSource {
  if (client === undefined) return fromFiles(files);
  const stated = files.find(({ object }) => object.kind === 'QuayRegistry')?.object.metadata as
    { readonly namespace?: string } | undefined;
  return firstOf(
    fromFiles(files),
    fromCluster(client.call, client.server, namespace ?? stated?.namespace ?? 'default'),
  );
}

async function offlineFacts({ facts, offers: offer = 'kubernetes' }: RegistryOptions) {
  const read = facts === undefined ? offers[offer] : await readFactsFile(facts);
  return { ...read, now: new Date().toISOString() };
}

/** A fault of config.yaml has its line there; any other has the line of its field in the file of its object. */
function located(fault: Fault, objects: ReadonlyMap<string, FileObject>): LocatedFault {
  const { reason: _, ...problem } = fault;
  const found = objects.get(fault.object);
  if (found === undefined) return problem;
  if (fault.source !== undefined) return { ...problem, source: `${found.source} (${fault.source})` };
  const line = found.lineOf(fault.path);
  return { ...problem, source: found.source, ...(line !== undefined && { line }) };
}
