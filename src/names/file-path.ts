import { TerminalError } from '../errors/index.js';
import { type ClusterId } from './cluster-id.js';
import { kubernetesName } from './kubernetes-name.js';

/** Where the files of one cluster are in the state repository; folders without a slash at the end. */
export interface StatePaths {
  readonly cluster: string;
  readonly identity: string;
  readonly ignore: string;
  readonly organizations: string;
  readonly overlays: string;
  readonly readme: string;
  /** What editors read. */
  readonly schemas: string;
  readonly organization: (namespace: string) => string;
  readonly overlay: (namespace: string) => string;
}

/** The paths of a cluster below `path`, the folder that the integration names; what would leave that folder is refused. */
export function statePaths(id: ClusterId, path = ''): StatePaths {
  const cluster = [...folders(path), 'clusters', clusterFolder(id)].join('/');
  const organizations = `${cluster}/organizations`;
  const overlays = `${cluster}/overlays`;
  return {
    cluster,
    identity: `${cluster}/cluster.yaml`,
    ignore: `${cluster}/ignore.yaml`,
    organizations,
    overlays,
    readme: `${cluster}/README.md`,
    schemas: `${cluster}/schemas`,
    organization: (namespace) => `${organizations}/${fileName(namespace)}`,
    overlay: (namespace) => `${overlays}/${fileName(namespace)}`,
  };
}

/** The namespace that a file of `organizations/` or `overlays/` is named after; undefined for any other file. */
export function namespaceOfFile(folder: string, path: string): string | undefined {
  if (!path.startsWith(`${folder}/`) || !path.endsWith('.yaml')) return undefined;
  const namespace = path.slice(folder.length + 1, -'.yaml'.length);
  return isNamespaceName(namespace) ? namespace : undefined;
}

function folders(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const bad = parts.find(
    (part) => part === '..' || part.toLowerCase() === '.git' || !/^[^\p{Cc}\p{Cs}\\:]+$/u.test(part),
  );
  if (bad !== undefined) {
    throw new TerminalError(
      'InvalidInput',
      `git.path ${JSON.stringify(path)} leaves the repository or cannot be a folder`,
      {
        hint: 'Name a folder inside the repository, such as registry/state.',
      },
    );
  }
  return parts;
}

function clusterFolder(id: ClusterId): string {
  // Files can carry more than names of Kubernetes: `_`, and a hyphen at the end.
  return /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9_-])?$/.test(id) ? id : kubernetesName(id, 63);
}

function fileName(namespace: string): string {
  if (!isNamespaceName(namespace)) {
    throw new TerminalError('InvalidInput', `${JSON.stringify(namespace)} is not the name of a namespace`);
  }
  return `${namespace}.yaml`;
}

/** Whether Kubernetes takes the text as the name of a namespace. */
export function isNamespaceName(text: string): boolean {
  return text.length <= 63 && /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(text);
}
