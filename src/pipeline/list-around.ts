import { type Head, isFolder, type TreeEntry } from '../git/index.js';
import { type StatePaths } from '../names/index.js';

/**
 * The files in the folder of a cluster, and whatever beside it and around it may have been meant for it. Nothing else of the
 * repository is listed: it may be somebody's whole project, or hold folders in folders without end.
 */
export async function listAround(head: Head, { cluster }: StatePaths): Promise<readonly TreeEntry[]> {
  const folders = cluster.split('/');
  const [clusters = '', own = ''] = folders.slice(-2);
  const home = folders
    .slice(0, -2)
    .map((step) => `${step}/`)
    .join('');
  const around = (await head.above(cluster)).filter((entry) => !isFolder(entry));
  const beside: TreeEntry[] = [];
  for (const top of await head.children(home)) {
    if (nameOf(top).toLowerCase() !== clusters || around.some(({ path }) => path === top.path)) continue;
    if (isFolder(top)) beside.push(...(await besideCluster(head, top.path, own)));
    else beside.push(top);
  }
  const inside = await head.list(`${cluster}/`);
  return [...around, ...beside.filter(({ path }) => path !== cluster), ...inside];
}

/** What stands in a folder of clusters: files, other spellings of this cluster, and what is one folder too high. */
async function besideCluster(head: Head, folder: string, own: string): Promise<readonly TreeEntry[]> {
  const found: TreeEntry[] = [];
  for (const entry of await head.children(`${folder}/`)) {
    const name = nameOf(entry).toLowerCase();
    if (!isFolder(entry) || name === own) found.push(entry);
    else if (name === 'overlays' || name === 'organizations') found.push(...(await head.list(`${entry.path}/`)));
  }
  return found;
}

function nameOf({ path }: TreeEntry): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
