import { type QuayOrganization } from '../api/index.js';
import { type Ignore, isPersons, parseIgnore } from '../desired/index.js';
import { InvalidInput, type Problem } from '../errors/index.js';
import { type Head, isFile } from '../git/index.js';
import { namespaceOfFile, type StatePaths } from '../names/index.js';
import { maximumFileBytes, parseYaml } from '../state/index.js';
import { lazyOrganization } from './lazy-organization.js';

/** A document of the state repository and the file it stands in. */
export interface PlacedOrganization {
  readonly source: string;
  readonly organization: QuayOrganization;
}

/** What the folder of a cluster holds at one commit, and what could not be read in it. */
export interface StateFiles {
  readonly ignore: Ignore | undefined;
  /** Namespace → what its overlay says; a text where the overlay is no YAML. */
  readonly overlays: ReadonlyMap<string, unknown>;
  /** By path. */
  readonly documents: ReadonlyMap<string, PlacedOrganization>;
  readonly problems: readonly Problem[];
}

const none: StateFiles = { ignore: undefined, overlays: new Map(), documents: new Map(), problems: [] };

/** Reads the folder; a file that cannot be read becomes a problem and hides none of the others. */
export async function readStateFiles(head: Head | undefined, paths: StatePaths): Promise<StateFiles> {
  if (head === undefined) return none;
  const entries = await head.list(`${paths.cluster}/`);
  const problems: Problem[] = entries
    .filter((entry) => !isFile(entry))
    .map(({ path }) => ({
      path: '',
      source: path,
      message: 'is a link or a submodule',
      hint: 'Put a regular file there; links are never followed.',
    }));
  const large = entries.filter((entry) => isFile(entry) && entry.size > maximumFileBytes);
  problems.push(...large.map(({ path, size }) => tooLarge(path, size)));
  const readable = entries.filter(
    (entry) => isFile(entry) && entry.size <= maximumFileBytes && entry.path.endsWith('.yaml'),
  );
  const texts = await head.read(readable.map(({ path }) => path));
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };
  const overlays = new Map<string, unknown>();
  const documents = new Map<string, PlacedOrganization>();
  let ignore: Ignore | undefined;
  for (const [path, text] of texts) {
    const overlaid = namespaceOfFile(paths.overlays, path);
    if (overlaid !== undefined) overlays.set(overlaid, attempt(() => parseYaml(text, path).value) ?? text);
    else if (path === paths.ignore) ignore = attempt(() => parseIgnore(parseYaml(text, path).value, path));
    else if (path.startsWith(`${paths.organizations}/`)) {
      const organization = attempt(() => lazyOrganization(text, path));
      if (organization !== undefined) documents.set(path, { source: path, organization });
    }
  }
  // Without knowing what people want left alone, everything is left alone.
  if (ignore === undefined && texts.has(paths.ignore)) throw new InvalidInput(problems, 'StateInvalid');
  return { ignore, overlays, documents, problems };
}

/** The documents that people wrote, in the order of their paths. */
export function personsDocuments(files: StateFiles): readonly PlacedOrganization[] {
  return [...files.documents.values()].filter(({ organization }) => isPersons(organization));
}

function tooLarge(path: string, size: number): Problem {
  return {
    path: '',
    source: path,
    message: `has ${size} bytes; a state file may have ${maximumFileBytes}`,
    hint: 'Split it, or move it out of the state folder.',
  };
}
