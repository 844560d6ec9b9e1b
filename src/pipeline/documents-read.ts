import { integrationLabel, type QuayOrganization } from '../api/index.js';
import { isPersons } from '../desired/index.js';
import { type Problem } from '../errors/index.js';
import { isFile } from '../git/index.js';
import { labelValue } from '../names/index.js';
import { blobId } from '../state/index.js';
import { type Tree } from './document-kind.js';
import { isIgnored } from './read-state-files.js';
import { type RenderedState } from './render-state.js';
import { type LocatedOrganization, unreadableSpecs } from './unreadable-specs.js';

/** The documents of a tree that are this integration's to apply, and what could not be read. */
interface DocumentsRead {
  readonly documents: readonly LocatedOrganization[];
  /** Paths of documents. */
  readonly unread: ReadonlySet<string>;
  readonly faults: readonly Problem[];
}

/**
 * Reads the documents of an integration, and those of people, from a tree. Most files have the bytes that were rendered, or that
 * were read before: content has one id wherever it stands, so nothing is parsed twice.
 */
export async function documentsRead(
  tree: Tree | undefined,
  { paths, files, wanted, rendering }: RenderedState,
  integration: string,
): Promise<DocumentsRead> {
  const rendered = new Map(rendering.documents.map(({ path, organization }) => [path, organization]));
  const documents: LocatedOrganization[] = [];
  const parsed: LocatedOrganization[] = [];
  for (const { path: source, id, mode } of (await tree?.list(`${paths.organizations}/`)) ?? []) {
    const content = wanted.files.get(source);
    const organization = content !== undefined && blobId(content) === id ? rendered.get(source) : undefined;
    const known = files.documents.get(source);
    if (organization !== undefined) documents.push({ source, organization });
    else if (known?.id === id && isFile({ mode }) && !files.unread.has(source)) parsed.push(known);
  }
  const candidates = parsed.filter(({ organization }) => isPersons(organization) || isOf(integration, organization));
  const faults = unreadableSpecs(candidates);
  const readable = candidates.filter(({ source }) => !faults.has(source));
  return {
    documents: [...documents, ...readable].filter(({ organization }) => !isIgnored(files, organization)),
    unread: new Set([...files.unread, ...faults.keys()]),
    faults: [...faults.values()].flat(),
  };
}

function isOf(integration: string, { metadata }: QuayOrganization): boolean {
  return metadata.labels?.[integrationLabel] === labelValue(integration);
}
