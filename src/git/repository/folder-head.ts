import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { limits } from '../../limits/index.js';
import { blobId } from '../../state/index.js';
import { isFile, isFolder } from '../commands/head.js';
import { tooMany } from '../commands/list-tree.js';
import type { Head, TreeEntry } from './repository.js';

interface Found extends TreeEntry {
  readonly size: number;
}

/** The files that lie in a folder, as if they were those of a commit. Links are seen, and never followed. */
export async function folderHead(folder: string): Promise<Head> {
  const root = resolve(folder);
  await readdir(root);
  const at = (path: string): Promise<Found | undefined> => entryAt(root, path);
  const list = async (prefix = ''): Promise<readonly Found[]> => {
    const path = prefix.replace(/\/$/, '');
    const top = path === '' ? folderAt(path) : await at(path);
    if (top === undefined) return [];
    return (await below(root, top, prefix)).filter((entry) => entry.path.startsWith(prefix));
  };
  const readBytes = async (paths: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> => {
    const read = new Map<string, Uint8Array>();
    for (const path of paths) {
      const entry = await at(path);
      const bytes = entry !== undefined && isFile(entry) ? await contentOf(root, entry) : undefined;
      if (bytes !== undefined) read.set(path, bytes);
    }
    return read;
  };
  return {
    commit: 'files',
    list,
    children: async (prefix) => {
      const path = prefix.replace(/\/$/, '');
      const top = path === '' ? folderAt(path) : await at(path);
      return top !== undefined && isFolder(top) ? children(root, path) : [];
    },
    above: async (path) => {
      const steps = path.split('/').filter((step) => step !== '');
      const found = await Promise.all(steps.map((_, last) => at(steps.slice(0, last + 1).join('/'))));
      return found.filter((entry) => entry !== undefined);
    },
    sized: (entries) =>
      Promise.all(entries.map(async (entry) => ({ ...entry, size: isFile(entry) ? await sizeOf(root, entry) : 0 }))),
    readBytes,
    read: async (paths) =>
      new Map([...(await readBytes(paths))].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)])),
  };
}

function folderAt(path: string): Found {
  return { path, mode: '040000', id: '', size: 0 };
}

async function sizeOf(root: string, { path }: TreeEntry): Promise<number> {
  return (await lstat(join(root, path)).catch(() => undefined))?.size ?? 0;
}

/** What is at a path without a link on the way. */
async function entryAt(root: string, path: string): Promise<Found | undefined> {
  const steps = path.split('/');
  for (const [index] of steps.entries()) {
    const here = steps.slice(0, index + 1).join('/');
    const entry = await one(root, here);
    if (entry === undefined || index === steps.length - 1) return entry;
    if (!isFolder(entry)) return undefined;
  }
  return undefined;
}

async function one(root: string, path: string): Promise<Found | undefined> {
  const stat = await lstat(join(root, path)).catch(() => undefined);
  if (stat === undefined || path.split('/').includes('.git')) return undefined;
  if (stat.isSymbolicLink()) return { path, mode: '120000', id: '', size: 0 };
  if (stat.isDirectory()) {
    const isSubmodule = (await lstat(join(root, path, '.git')).catch(() => undefined)) !== undefined;
    return { ...folderAt(path), ...(isSubmodule && { mode: '160000' }) };
  }
  if (!stat.isFile()) return undefined;
  const entry = { path, mode: '100644', id: '', size: stat.size };
  const bytes = await contentOf(root, entry);
  // One that is too large to be read is like no other.
  return { ...entry, id: blobId(bytes ?? `${path}\0${stat.size}`) };
}

async function children(root: string, folder: string): Promise<readonly Found[]> {
  const names = await readdir(join(root, folder));
  if (names.length > limits.folderFiles) throw tooMany(folder);
  const found: Found[] = [];
  for (const name of names.sort()) {
    const entry = await one(root, folder === '' ? name : `${folder}/${name}`);
    if (entry !== undefined) found.push(entry);
  }
  return found;
}

async function below(root: string, top: Found, prefix: string): Promise<readonly Found[]> {
  if (!isFolder(top)) return [top];
  const files: Found[] = [];
  const queue = [top.path];
  for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
    for (const entry of await children(root, folder)) {
      if (isFolder(entry)) queue.push(entry.path);
      else files.push(entry);
    }
    if (files.length + queue.length > limits.folderFiles) throw tooMany(prefix);
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The bytes of a regular file that is not too large. */
async function contentOf(root: string, { path, size }: Found): Promise<Uint8Array | undefined> {
  if (size > limits.gitFileBytes) return undefined;
  const file = await open(join(root, path), constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const bytes = Buffer.alloc(size);
    const { bytesRead } = await file.read(bytes, 0, size, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
