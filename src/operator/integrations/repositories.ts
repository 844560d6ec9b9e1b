import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type GitSpec, type QuayIntegration } from '../../api/index.js';
import { type Configuration } from '../../process/configuration.js';
import { gitAccess } from '../../pipeline/git-access.js';
import { type GitAccess } from '../../pipeline/git-secret.js';
import { isRemote } from '../../pipeline/git-place.js';
import { type Inputs } from '../../pipeline/inputs.js';
import { openState } from '../../pipeline/open-state-repository.js';
import { type OpenReview, openReview, type ProposerSources } from '../../pipeline/proposer.js';
import { failureOf } from '../../converge/index.js';
import { TerminalError } from '../../errors/index.js';
import { type StateRepository } from '../../git/index.js';
import { type CredentialsRule } from '../../integration/index.js';
import { type Cluster, type SecretObject } from '../../kube/index.js';
import { type ClusterId } from '../../names/index.js';
import { type Usable } from './known-integration.js';

/** A state repository, and what the changes of its integration wait for. */
export type UsableState = Usable<StateRepository> & { readonly review?: OpenReview | undefined };

/** Keeps the state repository of every integration open, for as long as nothing that it is opened with changes. */
export interface Repositories {
  /** `applied`: the commit that was applied last. */
  readonly open: (integration: QuayIntegration, id: ClusterId, applied?: string) => Promise<UsableState>;
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
  readonly onForgeCall?: ProposerSources['onCall'];
}

/** What the embedded repository is called inside its folder. */
const embedded = 'state.git';

/** No repository is open, to begin with. */
export function createRepositories(options: Options): Repositories {
  const { cluster, configuration, namespace, rule, folder } = options;
  const opened = new Map<string, Opened>();
  const forgetOne = (name: string): void => {
    void opened.get(name)?.review?.close();
    opened.delete(name);
  };
  return {
    open: async (integration, id, applied) => {
      const { name } = integration.metadata;
      const { git } = integration.spec;
      try {
        const inputs = { cluster, integration, id };
        const { url } = git;
        // Each time: what was allowed when it was opened may not be any more.
        const access = isRemote(url) ? await gitAccess(inputs, url, rule, configuration) : {};
        const fingerprint = fingerprintOf(git, access, await secretsOf(options, git));
        const known = opened.get(name);
        if (known?.fingerprint === fingerprint) return { value: known.repository, review: known.review };
        if (git.url === undefined && folder === undefined) throw noRepository();
        const folderOption = git.url === undefined && folder !== undefined ? { state: join(folder, embedded) } : {};
        const state = { ...configuration, readOnly: false, access, applied };
        const { repository } = await openState(inputs, { namespace, ...folderOption }, state);
        forgetOne(name);
        const review = isRemote(url)
          ? reviewOf(options, inputs, { repository, location: url, git: access })
          : undefined;
        opened.set(name, { fingerprint, repository, review });
        return { value: repository, review };
      } catch (error) {
        return { failure: failureOf(error) };
      }
    },
    close: forgetOne,
  };
}

/** The Secrets beside that for Git: for signing, and for the forge. */
async function secretsOf(
  { cluster, namespace }: Options,
  { signing, forge }: GitSpec,
): Promise<readonly (SecretObject | undefined)[]> {
  const names = [signing?.secretRef.name, forge?.secretRef?.name];
  return Promise.all(names.map(async (name) => (name === undefined ? undefined : cluster.secret(namespace, name))));
}

interface Opened {
  readonly fingerprint: string;
  readonly repository: StateRepository;
  readonly review: OpenReview | undefined;
}

function reviewOf(
  { configuration, rule, onForgeCall }: Options,
  inputs: Inputs,
  remote: Pick<ProposerSources, 'repository' | 'location' | 'git'>,
): OpenReview | undefined {
  const { environment } = configuration;
  const onCall = onForgeCall === undefined ? {} : { onCall: onForgeCall };
  return openReview({ inputs, ...remote, rule, configuration, environment, released: false, ...onCall });
}

function fingerprintOf(git: GitSpec, access: GitAccess, secrets: readonly (SecretObject | undefined)[]): string {
  const parts = JSON.stringify([git, access, secrets.map((secret) => [...(secret?.data ?? [])])]);
  return createHash('sha256').update(parts).digest('base64');
}

function noRepository(): TerminalError {
  return new TerminalError('NoStateRepository', 'there is no volume for an embedded state repository', {
    hint: 'Set spec.git.url to a remote, or install with a volume and give its folder as --state.',
  });
}
