import {
  integrationLabel,
  managedByLabel,
  managedByValue,
  type ClusterSnapshot,
  type QuayIntegration,
  type QuayOrganization,
} from '../api/index.js';
import {
  render,
  type RenderedDocument,
  type Rendering,
  schemaComment,
  type Unread,
  unknownInputs,
} from '../desired/index.js';
import { type Problem } from '../errors/index.js';
import { type Head } from '../git/index.js';
import { type NamespaceSelector, claimedByOthers, claims } from '../integration/index.js';
import { clusterId, labelValue, namespaceOfFile, statePaths, type StatePaths } from '../names/index.js';
import { carriesLabels } from '../publish/index.js';
import { formatFile, type JsonObject } from '../state/index.js';
import { readStateFiles, type StateFiles } from './read-state-files.js';
import { type Wanted } from './document-kind.js';
import { type LocatedOrganization, unreadableSpecs } from './unreadable-specs.js';

/** What the state repository should hold, held against one commit of it. */
export interface RenderedState {
  readonly paths: StatePaths;
  readonly rendering: Rendering;
  readonly files: StateFiles;
  readonly wanted: Wanted;
  readonly problems: readonly Problem[];
}

export interface RenderStateInput {
  readonly cluster: ClusterSnapshot & { readonly uid: string };
  readonly integration: QuayIntegration;
  readonly selectors: readonly NamespaceSelector[];
  /** Whether these are all integrations of the cluster: then the documents of any other one are nobody's. */
  readonly allIntegrationsKnown: boolean;
  /** Namespace → the integration that has it by the objects of the cluster; before what the files say. */
  readonly currentOwners?: ReadonlyMap<string, string>;
  readonly nothingGoes?: boolean;
  /** Folders of other kinds of documents, which mean nothing here. */
  readonly others?: readonly string[];
}

/** Renders on top of a commit: its overlays, its ignore list and people's documents count. */
export async function renderState(head: Head | undefined, input: RenderStateInput): Promise<RenderedState> {
  const { cluster, integration } = input;
  const name = labelValue(integration.metadata.name);
  const paths = statePaths(clusterId(integration.spec.clusterID), integration.spec.git.path);
  const onlyGrow = unknownInputs(cluster, integration.spec).length > 0;
  const read = await readStateFiles(head, paths, {
    isThere: isIn(cluster),
    isWanted: () => onlyGrow,
    others: input.others ?? [],
  });
  const documentsRead = [...read.documents].flatMap(([path, document]): [string, LocatedOrganization][] => {
    const namespace = namespaceOfFile(paths.organizations, path);
    return namespace === undefined ? [] : [[namespace, document]];
  });
  const isThere = new Set(input.selectors.map((selector) => labelValue(selector.integration.metadata.name)));
  const owners = new Map(
    documentsRead
      .flatMap(([namespace, { organization }]) => ownerOf(namespace, organization))
      .filter(([, owner]) => isThere.has(owner) || !input.allIntegrationsKnown),
  );
  const nobodys = new Set(
    documentsRead.flatMap(([namespace, { source, organization }]) =>
      ownerOf(namespace, organization).length > 0 && !owners.has(namespace) ? [source] : [],
    ),
  );
  const foreign = new Map([...owners].filter(([, owner]) => owner !== name));
  const stunted = unreadableSpecs(onlyGrow ? read.documents.values() : []);
  const rendered = render({
    cluster,
    integration,
    claimed: claimed(input, owners),
    overlays: new Map([...read.overlays].map(([namespace, { value }]) => [namespace, value])),
    ...(read.ignore && { ignore: read.ignore }),
    unread: unreadIn(read, input),
    previous: new Map(
      documentsRead
        .filter(([namespace, { source }]) => !foreign.has(namespace) && !stunted.has(source))
        .map(([namespace, { organization }]) => [namespace, organization]),
    ),
  });
  const files = withUnread(read, new Map([...stunted, ...unreadableSpecs(rendered.documents.flatMap(asKept))]));
  // One that cannot be read can be written anew, where nothing of it has to stay.
  const isHeld = ({ path, kept }: RenderedDocument): boolean => (onlyGrow || kept === true) && files.unread.has(path);
  const rendering = { ...rendered, documents: rendered.documents.filter((document) => !isHeld(document)) };
  const broken = new Set(files.problems.map(({ source }) => source));
  return {
    paths,
    rendering,
    files,
    wanted: wantedIn(input, paths, rendering, { nobodys, files }),
    // An overlay that is not YAML was reported already, with its line.
    problems: [
      ...files.problems,
      ...rendering.problems
        .filter(({ source }) => source === undefined || !broken.has(source))
        .map((problem) => ({
          ...problem,
          ...(problem.source && files.overlays.get(problem.namespace)?.locate(problem.path)),
        })),
    ],
  };
}

/** Whether the cluster has a namespace; while nobody knows, it may have any. */
function isIn({ namespaces }: ClusterSnapshot): (namespace: string) => boolean {
  const there = new Set(namespaces.known ? namespaces.items.map(({ name }) => name) : []);
  return (namespace) => !namespaces.known || there.has(namespace);
}

function unreadIn(
  { unknown: { folders, namespaces } }: StateFiles,
  { currentOwners, nothingGoes = false }: RenderStateInput,
): Unread {
  const areDocuments = [...folders.values()].some((kinds) => kinds.includes('organizations'));
  return {
    namespaces,
    nothingGoes,
    folders: [...new Map([...folders].map(([path, kinds]) => [kinds.join(' and '), path])).entries()].map(
      ([what, path]) => `${what} (see ${path})`,
    ),
    mayHaveDocument: (namespace) => areDocuments || currentOwners?.has(namespace) === true,
  };
}

function asKept({ path, organization, kept }: RenderedDocument): LocatedOrganization[] {
  return kept === undefined ? [] : [{ source: path, organization }];
}

function withUnread(files: StateFiles, faults: ReadonlyMap<string, readonly Problem[]>): StateFiles {
  return {
    ...files,
    unread: new Set([...files.unread, ...faults.keys()]),
    problems: [...files.problems, ...[...faults.values()].flat()],
  };
}

function ownerOf(namespace: string, { metadata }: QuayOrganization): [string, string][] {
  const owner = metadata.labels?.[integrationLabel];
  return owner === undefined ? [] : [[namespace, owner]];
}

/** Namespaces of other integrations: by the rules where both are known, and by the documents of one that is not. */
function claimed(
  { cluster, integration, selectors, currentOwners: liveOwners = new Map() }: RenderStateInput,
  owners: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const byLabel = new Map(selectors.map(({ integration: { metadata } }) => [labelValue(metadata.name), metadata.name]));
  const inFiles = [...owners].map(([namespace, label]): [string, string] => [namespace, byLabel.get(label) ?? label]);
  // Two integrations with repositories of their own share nothing but the objects.
  const currentOwners = new Map([...inFiles, ...liveOwners]);
  const strange = inFiles.filter(([namespace]) => !byLabel.has(owners.get(namespace) ?? ''));
  const namespaces = cluster.namespaces.known ? cluster.namespaces.items : [];
  return new Map([
    ...strange,
    ...claimedByOthers(integration.metadata.name, claims(selectors, namespaces, currentOwners)),
  ]);
}

function wantedIn(
  { integration, nothingGoes = false }: RenderStateInput,
  paths: StatePaths,
  rendering: Rendering,
  { nobodys, files: { unread, unknown } }: { readonly nobodys: ReadonlySet<string>; readonly files: StateFiles },
): Wanted {
  const labels = { [managedByLabel]: managedByValue, [integrationLabel]: labelValue(integration.metadata.name) };
  const kept = new Set(rendering.documents.filter((document) => document.kept).map(({ path }) => path));
  const written = rendering.documents.filter((document) => document.kept === undefined);
  return {
    files: new Map(
      written.map(({ path, namespace, organization }) => [
        path,
        formatFile(organization as JsonObject, header(namespace)),
      ]),
    ),
    isOurs: (path) => !kept.has(path) && !unread.has(path),
    mayRewrite: (path, content) => nobodys.has(path) || carriesLabels(content, labels),
    mayDelete: (_, content) => !nothingGoes && unknown.folders.size === 0 && carriesLabels(content, labels),
  };
}

function header(namespace: string): readonly string[] {
  return [
    `Rendered by Quayside from namespace ${namespace}; changes made here are overwritten.`,
    `To add to it or change it, write overlays/${namespace}.yaml.`,
    schemaComment('organization'),
  ];
}
