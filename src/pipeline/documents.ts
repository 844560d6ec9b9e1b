import { readFile } from 'node:fs/promises';
import { parseOrganization, type QuayOrganization } from '../api/index.js';
import { conflicts, documentProblems } from '../desired/index.js';
import { fileFault, InvalidInput, type Problem } from '../errors/index.js';
import { organizationName } from '../names/index.js';
import { type Kept } from '../publish/index.js';
import { parseYaml } from '../state/index.js';
import { located } from './located.js';
import { type RenderedState } from './render-state.js';
import { type Ends, type KnownCluster } from './inputs.js';
import { isIgnored, personsDocuments, type PlacedOrganization } from './read-state-files.js';
import { unreadableSpecs } from './unreadable-specs.js';

export interface Documents {
  readonly documents: readonly QuayOrganization[];
  readonly problems: readonly Problem[];
  /** Organizations that are stated, by documents that must not be applied: nothing is done about them. */
  readonly withheld: ReadonlySet<string>;
  /** Whether an organization that no document states is no longer stated, rather than in a document that was not read. */
  readonly complete: boolean;
  /** Whether nothing at all may be taken away, since nobody knows what else is stated. */
  readonly onlyGrow: boolean;
}

/** The documents that the state repository holds once this rendering is published, without those that must not be applied. */
export function documentsOf(state: RenderedState, kept: readonly Kept[], ends: Ends, known: KnownCluster): Documents {
  const reasons = new Map(kept.map(({ path, reason }) => [path, reason]));
  const isAlone = ({ organization }: Pick<PlacedOrganization, 'organization'>): boolean =>
    isIgnored(state.files, organization);
  const written = personsDocuments(state.files);
  const alone = [...state.rendering.documents, ...written].filter(isAlone);
  const rendered = state.rendering.documents
    .filter((document) => !reasons.has(document.path) && !isAlone(document))
    .map(({ path, organization }) => ({ source: path, organization }));
  // What a person took back applies as it stands there now.
  const { documents: found, unread } = state.files;
  const reverted = [...found.values()].filter(
    ({ source }) => reasons.get(source) === 'Reverted' && !unread.has(source),
  );
  const faults = unreadableSpecs(reverted);
  const persons = written.filter((document) => !isAlone(document));
  const judged = judge([...rendered, ...reverted.filter(({ source }) => !faults.has(source)), ...persons], ends, known);
  const unwritten = state.rendering.documents.flatMap(({ path, organization }) =>
    reasons.has(path) ? [organization.spec.name] : [],
  );
  const applied = new Set(judged.documents.map(({ spec }) => spec.name));
  const ignored = alone.map(({ organization }) => organization.spec.name);
  const uncertain = uncertainIn(state, ends);
  const withheld = [...judged.withheld, ...unwritten, ...ignored, ...uncertain].filter((name) => !applied.has(name));
  const onlyGrow = state.files.unknown.folders.size > 0;
  return {
    ...judged,
    problems: [...[...faults.values()].flat(), ...judged.problems],
    withheld: new Set(withheld),
    complete: unread.size + faults.size === 0 && !onlyGrow,
    onlyGrow,
  };
}

/** Organizations of which nobody knows what is stated, and that have no document to go by: they are stated all the same. */
function uncertainIn({ rendering }: RenderedState, { id }: Ends): readonly string[] {
  return rendering.leftOut
    .filter(({ reason }) => reason === 'OverlayInvalid' || reason === 'InputUnknown')
    .map(({ namespace }) => organizationName(id, namespace));
}

/** Documents from files that a person names. */
export async function documentsFromFiles(
  paths: readonly string[],
  ends: Ends,
  known: KnownCluster,
): Promise<Documents> {
  const placed = await Promise.all([...new Set(paths)].map(readDocument));
  return { ...judge(placed, ends, known), complete: false, onlyGrow: false };
}

function judge(
  placed: readonly PlacedOrganization[],
  ends: Ends,
  known: KnownCluster,
): Pick<Documents, 'documents' | 'problems' | 'withheld'> {
  const { name } = ends.integration.metadata;
  const integrations = new Map(known.claimants.map(({ integration }) => [integration.metadata.name, integration]));
  const problems: Problem[] = [];
  const refused = new Set<string>();
  const refuse = (source: string, problem: Problem): void => {
    refused.add(source);
    problems.push(problem);
  };
  const { namespaces } = known.snapshot;
  const seen = new Map(namespaces.known ? namespaces.items.map((record) => [record.name, record]) : []);
  const context = { integrations, namespace: (namespace: string) => seen.get(namespace) };
  for (const { source, organization } of placed) {
    documentProblems(organization, context, source).forEach((problem) => refuse(source, problem));
  }
  // Two documents that claim one organization usually claim one object as well: that is said once.
  const bySources = new Map(conflicts(placed).map((conflict) => [JSON.stringify(conflict.sources), conflict]));
  for (const { sources, message } of bySources.values()) {
    sources.forEach((source) => refused.add(source));
    problems.push({ path: '', message, hint: 'Keep one of them.' });
  }
  const ours = placed.filter(({ organization }) => organization.spec.integration === name);
  const withheld = placed.filter(({ source }) => refused.has(source)).map(({ organization }) => organization.spec.name);
  return {
    documents: ours.filter(({ source }) => !refused.has(source)).map(({ organization }) => organization),
    problems,
    withheld: new Set(withheld),
  };
}

async function readDocument(path: string): Promise<PlacedOrganization> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new InvalidInput([{ path: '', source: path, message: fileFault(error), hint: 'Check the path.' }]);
  });
  const file = parseYaml(bytes, path);
  return { source: path, organization: located(file, () => parseOrganization(file.value, path)) };
}
