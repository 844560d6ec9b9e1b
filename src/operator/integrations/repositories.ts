import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type GitSpec, type QuayIntegration } from '../../api/index.js';
import { type Configuration } from '../../process/configuration.js';
import { gitAccess } from '../../pipeline/git-access.js';
import { type GitAccess } from '../../pipeline/git-secret.js';
import { isRemote } from '../../pipeline/git-place.js';
import { openState } from '../../pipeline/open-state-repository.js';
import { failureOf } from '../../converge/index.js';
import { TerminalError } from '../../errors/index.js';
import { type StateRepository } from '../../git/index.js';
import { type CredentialsRule } from '../../integration/index.js';
import { type Cluster, type SecretObject } from '../../kube/index.js';
import { type ClusterId } from '../../names/index.js';
import { type Usable } from './known-integration.js';

/** Keeps the state repository of every integration open, for as long as nothing that it is opened with changes. */
export interface Repositories {
  /** `applied`: the commit that was applied last. */
  readonly open: (integration: QuayIntegration, id: ClusterId, applied?: string) => Promise<Usable<StateRepository>>;
  readonly close: (name: string) => void;
}

interface Options {
  readonly cluster: Cluster;
  readonly configuration: Configuration;
  /** The operator's namespace. */
  readonly namespace: string;
  /** By which Secrets may be shown to a remote. */
  readonly rule: () => Promise<CredentialsRule>;
  /** Folder of the embedded repository; absent where the operator has no volume. */
  readonly folder: string | undefined;
}

/** What the embedded repository is called inside its folder. */
const embedded = 'state.git';

/** No repository is open, to begin with. */
export function createRepositories({ cluster, configuration, namespace, rule, folder }: Options): Repositories {
  const opened = new Map<string, { readonly fingerprint: string; readonly repository: StateRepository }>();
  return {
    open: async (integration, id, applied) => {
      const { name } = integration.metadata;
      const { git } = integration.spec;
      try {
        const inputs = { cluster, integration, id };
        const { url } = git;
        // Each time: what was allowed when it was opened may not be any more.
        const access = isRemote(url) ? await gitAccess(inputs, url, rule, configuration) : {};
        const signing = git.signing && (await cluster.secret(namespace, git.signing.secretRef.name));
        const fingerprint = fingerprintOf(git, access, signing);
        const known = opened.get(name);
        if (known?.fingerprint === fingerprint) return { value: known.repository };
        if (git.url === undefined && folder === undefined) throw noRepository();
        if (git.review !== 'None') throw noReview(git.review);
        const folderOption = git.url === undefined && folder !== undefined ? { state: join(folder, embedded) } : {};
        const state = { ...configuration, readOnly: false, access, applied };
        const { repository } = await openState(inputs, { namespace, ...folderOption }, state);
        opened.set(name, { fingerprint, repository });
        return { value: repository };
      } catch (error) {
        return { failure: failureOf(error) };
      }
    },
    close: (name) => void opened.delete(name),
  };
}

function fingerprintOf(git: GitSpec, access: GitAccess, signing: SecretObject | undefined): string {
  const parts = JSON.stringify([git, access, [...(signing?.data ?? [])]]);
  return createHash('sha256').update(parts).digest('base64');
}

function noRepository(): TerminalError {
  return new TerminalError('NoStateRepository', 'there is no volume for an embedded state repository', {
    hint: 'Set spec.git.url to a remote, or install with a volume and give its folder as --state.',
  });
}

function noReview(review: string): TerminalError {
  return new TerminalError('NotSupported', `spec.git.review is ${review}, and pull requests are not opened yet`, {
    hint: 'Set it to None; protect the branch and let people merge what `quayside render` prints until then.',
  });
}
