import { readFile } from 'node:fs/promises';
import { parseOrganization, type QuayOrganization } from '../api/index.js';
import { conflicts, isPersons, personProblems } from '../desired/index.js';
import { InvalidInput, type Problem, toError } from '../errors/index.js';
import { parseYaml } from '../state/index.js';
import { type RenderedState } from './rendered-state.js';
import { type Ends, type KnownCluster } from './road.js';
import { personsDocuments, type PlacedOrganization } from './state-files.js';

export interface Documents {
  readonly documents: readonly QuayOrganization[];
  readonly problems: readonly Problem[];
}

/** The documents that the state repository holds once this rendering is published, without those that must not be applied. */
export function documentsOf(
  state: RenderedState,
  notWritten: ReadonlySet<string>,
  ends: Ends,
  known: KnownCluster,
): Documents {
  const rendered = state.rendering.documents
    .filter(({ path }) => !notWritten.has(path))
    .map(({ path, organization }) => ({ source: path, organization }));
  return judge([...rendered, ...personsDocuments(state.files)], ends, known);
}

/** Documents from files that a person names. */
export async function documentsFromFiles(
  paths: readonly string[],
  ends: Ends,
  known: KnownCluster,
): Promise<Documents> {
  const placed = await Promise.all(paths.map(readDocument));
  return judge(placed, ends, known);
}

function judge(placed: readonly PlacedOrganization[], ends: Ends, known: KnownCluster): Documents {
  const { name } = ends.integration.metadata;
  const integrations = new Map(known.claimants.map(({ integration }) => [integration.metadata.name, integration]));
  const problems: Problem[] = [];
  const refused = new Set<string>();
  const refuse = (source: string, problem: Problem): void => {
    refused.add(source);
    problems.push(problem);
  };
  const context = { integrations, namespaces: known.snapshot.namespaces };
  for (const { source, organization } of placed) {
    if (isPersons(organization))
      personProblems(organization, context, source).forEach((problem) => refuse(source, problem));
  }
  for (const { sources, message } of conflicts(placed)) {
    for (const source of sources) refuse(source, { path: '', source, message, hint: 'Keep one of them.' });
  }
  const documents = placed
    .filter(({ source, organization }) => !refused.has(source) && organization.spec.integration === name)
    .map(({ organization }) => organization);
  return { documents, problems };
}

async function readDocument(path: string): Promise<PlacedOrganization> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new InvalidInput([{ path: '', source: path, message: `cannot be read: ${toError(error).message}` }]);
  });
  const file = parseYaml(bytes, path);
  try {
    return { source: path, organization: parseOrganization(file.value, path) };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput(error.problems.map((problem) => ({ ...problem, ...file.locate(problem.path) })));
  }
}
