import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { makeFolder } from '../../files/make-folder.js';

/** Writes the objects as one list into `cluster.yaml`, as `oc get -o yaml` does; gives the path. The folder is made where it is missing. */
export async function writeCluster(folder: string, objects: readonly object[]): Promise<string> {
  const list = { apiVersion: 'v1', items: objects, kind: 'List', metadata: { resourceVersion: '' } };
  const path = join(folder, 'cluster.yaml');
  await makeFolder(folder);
  await writeFile(path, dump(sorted(list), { seqNoIndent: true, lineWidth: -1, noRefs: true, quoteStyle: 'double' }));
  return path;
}

/** The same value with the keys of every mapping in alphabetical order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
