import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { type Cluster, type Context, KubeConfig, type User } from '@kubernetes/client-node';
import { load } from 'js-yaml';
import { readAtMostSync } from '../../files/read-at-most.js';
import { limits } from '../../limits/index.js';
import { objectOrEmpty, objectsIn, textOf } from '../../json/index.js';
import { type Environment } from '../kubeconfig-options.js';
import { loginOf, type Login } from './login.js';

/** What one or more kubeconfig files say together. */
export interface Kubeconfig {
  readonly clusters: readonly Cluster[];
  readonly users: readonly User[];
  readonly contexts: readonly Context[];
  readonly currentContext: string;
  /** By user: what the library does not do as kubectl does. */
  readonly logins: ReadonlyMap<string, Login>;
}

const nothing: Kubeconfig = { clusters: [], users: [], contexts: [], currentContext: '', logins: new Map() };

/** The files that kubectl would read where none is named. */
export function defaultFiles({ KUBECONFIG = '' }: Environment): readonly string[] {
  const listed = KUBECONFIG.split(delimiter).filter((path) => path !== '');
  return listed.length > 0 ? listed : [join(homedir(), '.kube', 'config')];
}

/** Reads files one after the other: those that are missing are passed over, and of what has the same name the first counts. */
export function readKubeconfigs(paths: readonly string[]): Kubeconfig {
  return paths.flatMap((path) => readIfThere(path)).reduce(merged, nothing);
}

function readIfThere(path: string): readonly Kubeconfig[] {
  try {
    return [readKubeconfig(path)];
  } catch (error) {
    if (objectOrEmpty(error).code === 'ENOENT') return [];
    throw error;
  }
}

/** Reads one file. Paths in it start from its folder. */
export function readKubeconfig(path: string): Kubeconfig {
  const text = readAtMostSync(path, limits.namedFileBytes).toString('utf8');
  if (text.trim() === '') return nothing;
  const folder = dirname(resolve(path));
  const config = new KubeConfig();
  config.loadFromString(text);
  config.makePathsAbsolute(folder);
  const users = objectsIn(objectOrEmpty(load(text)).users);
  return {
    clusters: config.getClusters(),
    // The library's way of running a login plugin is not used.
    users: config.getUsers().map((user) => ({ ...user, exec: undefined })),
    contexts: config.getContexts(),
    currentContext: config.getCurrentContext() ?? '',
    logins: new Map(users.map(({ name, user }) => [textOf(name) ?? '', loginOf(objectOrEmpty(user), folder)])),
  };
}

function merged(before: Kubeconfig, after: Kubeconfig): Kubeconfig {
  return {
    clusters: firstOfEach([...before.clusters, ...after.clusters]),
    users: firstOfEach([...before.users, ...after.users]),
    contexts: firstOfEach([...before.contexts, ...after.contexts]),
    currentContext: before.currentContext === '' ? after.currentContext : before.currentContext,
    logins: new Map([...after.logins, ...before.logins]),
  };
}

function firstOfEach<T extends { readonly name: string }>(items: readonly T[]): readonly T[] {
  return items.filter(({ name }, at) => items.findIndex((one) => one.name === name) === at);
}
