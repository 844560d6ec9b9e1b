import { parseOrganization, type QuayOrganization } from '../api/index.js';
import { conflicts, documentProblems } from '../desired/index.js';
import { fileFault, InvalidInput, type Problem } from '../errors/index.js';
import { readNamedFile } from '../integration/index.js';
import { organizationName } from '../names/index.js';
import { type Kept } from '../publish/index.js';
import { parseYaml } from '../state/index.js';
import { located } from './located.js';
import { type RenderedState } from './render-state.js';
import { type Inputs, type KnownCluster } from './inputs.js';
import { isIgnored, personsDocuments } from './read-state-files.js';
import { type LocatedOrganization, unreadableSpecs } from './unreadable-specs.js';

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

/** The documents that the state repository holds once this rendering is published, without those that must not be applied. */
export function documentsOf(
  state: RenderedState,
  kept: readonly Kept[],
  inputs: Inputs,
  known: KnownCluster,
): Documents {
  const reasons = new Map(kept.map(({ path, reason }) => [path, reason]));
  const isPreserved = ({ organization }: Pick<LocatedOrganization, 'organization'>): boolean =>
    isIgnored(state.files, organization);
  const written = personsDocuments(state.files);
  const preservation = [...state.rendering.documents, ...written].filter(isPreserved);
  const rendered = state.rendering.documents
    .filter((document) => !reasons.has(document.path) && !isPreserved(document))
    .map(({ path, organization }) => ({ source: path, organization }));
  // What a person took back applies as it stands there now.
  const { documents: found, unread } = state.files;
  const reverted = [...found.values()].filter(
    ({ source }) => reasons.get(source) === 'Reverted' && !unread.has(source),
  );
  const faults = unreadableSpecs(reverted);
  const persons = written.filter((document) => !isPreserved(document));
  const checked = checkDocuments(
    [...rendered, ...reverted.filter(({ source }) => !faults.has(source)), ...persons],
    inputs,
    known,
  );
  const unwritten = state.rendering.documents.flatMap(({ path, organization }) =>
    reasons.has(path) ? [organization.spec.name] : [],
  );
  const applied = new Set(checked.documents.map(({ spec }) => spec.name));
  const ignored = preservation.map(({ organization }) => organization.spec.name);
  const uncertain = uncertainIn(state, inputs);
  const withheld = [...checked.withheld, ...unwritten, ...ignored, ...uncertain].filter((name) => !applied.has(name));
  const onlyGrow = state.files.unknown.folders.size > 0 || known.nothingGoes === true;
  return {
    ...checked,
    problems: [...[...faults.values()].flat(), ...checked.problems],
    withheld: new Set(withheld),
    complete: unread.size + faults.size === 0 && !onlyGrow,
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
  const documentsRead = await Promise.all([...new Set(paths)].map(readDocument));
  return { ...checkDocuments(documentsRead, inputs, known), complete: false, onlyGrow: false };
}

function checkDocuments(
  documentsRead: readonly LocatedOrganization[],
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
  for (const { source, organization } of documentsRead) {
    documentProblems(organization, context, source).forEach((problem) => refuse(source, problem));
  }
  // Two documents that claim one organization usually claim one object as well: that is reported once.
  // What is refused anyway keeps no other from being applied.
  const valid = documentsRead.filter(({ source }) => !refused.has(source));
  const bySources = new Map(conflicts(valid).map((conflict) => [JSON.stringify(conflict.sources), conflict]));
  for (const { sources, message } of bySources.values()) {
    sources.forEach((source) => refused.add(source));
    problems.push({ path: '', message, hint: 'Keep one of them.' });
  }
  const ours = documentsRead.filter(({ organization }) => organization.spec.integration === name);
  const withheld = documentsRead
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
  return { source: path, organization: located(file, () => parseOrganization(file.value, path)) };
}
