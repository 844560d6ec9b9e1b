import { parseOrganization, type QuayOrganization } from '../api/index.js';
import { conflicts, documentProblems, isPersons } from '../desired/index.js';
import { fileFault, InvalidInput, type Problem } from '../errors/index.js';
import { readNamedFile } from '../integration/index.js';
import { organizationName } from '../names/index.js';
import { parseYaml } from '../state/index.js';
import { located as locatedIn } from './located.js';
import { type RenderedState } from './render-state.js';
import { type Inputs, type KnownCluster } from './inputs.js';
import { type Tree } from './document-kind.js';
import { documentsRead } from './documents-read.js';
import { personsDocuments } from './read-state-files.js';
import { type LocatedOrganization } from './unreadable-specs.js';

export interface Documents {
  readonly documents: readonly QuayOrganization[];
  readonly problems: readonly Problem[];
  /** Organizations that are declared, by documents that must not be applied: nothing is done about them. */
  readonly withheld: ReadonlySet<string>;
  /** Whether an organization without a document is no longer declared, rather than in a document that was not read. */
  readonly complete: boolean;
  /** Whether nothing at all may be taken away, since nobody knows what else is stated. */
  readonly onlyGrow: boolean;
}

/** The documents that a tree holds, without those that must not be applied. */
export async function documentsIn(
  tree: Tree | undefined,
  state: RenderedState,
  inputs: Inputs,
  known: KnownCluster,
): Promise<Documents> {
  const { files, rendering } = state;
  const { documents: stated, unread, faults } = await documentsRead(tree, state, inputs.integration.metadata.name);
  const checked = checkDocuments(stated, inputs, known);
  const applied = new Set(checked.documents.map(({ spec }) => spec.name));
  // What is rendered is declared, whether or not the branch has it by now.
  const wanted = [...rendering.documents, ...personsDocuments(files)].map(({ organization }) => organization.spec.name);
  const withheld = [...checked.withheld, ...wanted, ...uncertainIn(state, inputs)].filter((name) => !applied.has(name));
  const onlyGrow = files.unknown.folders.size > 0 || known.nothingGoes === true;
  return {
    ...checked,
    problems: [...faults, ...checked.problems],
    withheld: new Set(withheld),
    complete: unread.size === 0 && !onlyGrow,
    onlyGrow,
  };
}

/** Organizations of which nobody knows what is declared, and that have no document to go by: they are stated all the same. */
function uncertainIn({ rendering }: RenderedState, { id }: Inputs): readonly string[] {
  return rendering.leftOut
    .filter(({ reason }) => reason === 'OverlayInvalid' || reason === 'InputUnknown')
    .map(({ namespace }) => organizationName(id, namespace));
}

/** Documents from files that a person names. */
export async function documentsFromFiles(
  paths: readonly string[],
  inputs: Inputs,
  known: KnownCluster,
): Promise<Documents> {
  const documents = await Promise.all([...new Set(paths)].map(readDocument));
  return { ...checkDocuments(documents, inputs, known), complete: false, onlyGrow: false };
}

function checkDocuments(
  located: readonly LocatedOrganization[],
  inputs: Inputs,
  known: KnownCluster,
): Pick<Documents, 'documents' | 'problems' | 'withheld'> {
  const { name } = inputs.integration.metadata;
  const integrations = new Map(known.selectors.map(({ integration }) => [integration.metadata.name, integration]));
  const problems: Problem[] = [];
  const refused = new Set<string>();
  const refuse = (source: string, problem: Problem): void => {
    refused.add(source);
    problems.push(problem);
  };
  const { namespaces } = known.snapshot;
  const seen = new Map(namespaces.known ? namespaces.items.map((record) => [record.name, record]) : []);
  const context = { integrations, namespace: (namespace: string) => seen.get(namespace) };
  for (const { source, organization } of located) {
    documentProblems(organization, context, source).forEach((problem) => refuse(source, problem));
  }
  // Two documents that claim one organization usually claim one object as well: that is reported once.
  // What is refused anyway keeps no other from being applied.
  const valid = located.filter(({ source }) => !refused.has(source));
  const bySources = new Map(conflicts(valid).map((conflict) => [JSON.stringify(conflict.sources), conflict]));
  const byPeople = new Set(valid.flatMap(({ source, organization }) => (isPersons(organization) ? [source] : [])));
  for (const { claim, sources, message } of bySources.values()) {
    sources.forEach((source) => refused.add(source));
    const source = sources.find((one) => byPeople.has(one)) ?? sources[0];
    const path = claim === 'object' ? 'metadata.name' : 'spec.name';
    problems.push({ path, message, hint: 'Keep one of them.', ...(source !== undefined && { source }) });
  }
  const ours = located.filter(({ organization }) => organization.spec.integration === name);
  const withheld = located
    .filter(({ source }) => refused.has(source))
    .map(({ organization }) => organization.spec.name);
  return {
    documents: ours.filter(({ source }) => !refused.has(source)).map(({ organization }) => organization),
    problems,
    withheld: new Set(withheld),
  };
}

async function readDocument(path: string): Promise<LocatedOrganization> {
  const bytes = await readNamedFile(path).catch((error: unknown) => {
    throw new InvalidInput([{ path: '', source: path, message: fileFault(error), hint: 'Check the path.' }]);
  });
  const file = parseYaml(bytes, path);
  return { source: path, organization: locatedIn(file, () => parseOrganization(file.value, path)) };
}
