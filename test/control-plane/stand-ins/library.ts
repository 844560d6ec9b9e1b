import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface LibraryObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly spec?: unknown;
  readonly items?: readonly LibraryObject[];
  readonly objects?: readonly LibraryObject[];
}

/** The objects of a kind that OpenShift ships, from a folder with its library; parameters of templates are filled in anyhow. Some are of the
 * time before the groups of the API; those are left out. */
export function libraryObjects(folder: string, kind: string): readonly LibraryObject[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const read = (name: string): LibraryObject => {
    const text = readFileSync(join(folder, name), 'utf8')
      .replace(/\$\{\{\w+\}\}/g, '1')
      .replace(/\$\{\w+\}/g, 'x');
    return JSON.parse(text) as LibraryObject;
  };
  return files
    .map(read)
    .flatMap(unpack)
    .filter((object) => object.kind === kind && object.apiVersion.includes('/'));
}

/** What is in a list or a template, or the object itself. */
function unpack(object: LibraryObject): readonly LibraryObject[] {
  return (object.items ?? object.objects)?.flatMap(unpack) ?? [object];
}
