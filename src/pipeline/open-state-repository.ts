import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { TerminalError } from '../errors/index.js';
import { type EmbeddedRepository, openRepository, type StateRepository, verifiedRepository } from '../git/index.js';
import { type Configuration } from '../process/configuration.js';
import { credentialsRuleOf } from './credential-uses.js';
import { gitAccess } from './git-access.js';
import { checkedUrl, isRemote } from './git-place.js';
import { type GitAccess } from './git-secret.js';
import { type Inputs } from './inputs.js';
import { type InputOptions } from './input-options.js';
import { signingOf, verificationOf } from './signatures.js';

export interface OpenState {
  readonly repository: StateRepository;
  /** Where things that belong to this machine alone may lie beside it. */
  readonly folder: string;
  readonly isRemote: boolean;
  /** Where the remote is, and what is shown to it. */
  readonly remote?: { readonly location: string; readonly access: GitAccess };
  close(): Promise<void>;
}

export interface StateConfiguration extends Configuration {
  readonly readOnly: boolean;
  /** Where that has been found out already. */
  readonly access?: GitAccess;
  /** The commit that was applied last: those up to it are not looked at again. */
  readonly applied?: string | undefined;
}

const embeddedDefault = join('.quayside', 'state.git');

/**
 * Opens the state repository: what the command line names, else what the integration names, else a bare one in this folder. Where
 * the integration wants signatures, nothing without them is read from its branch.
 */
export async function openState(
  inputs: Inputs,
  options: InputOptions,
  configuration: StateConfiguration,
): Promise<OpenState> {
  const verification = verificationOf(inputs.integration.spec.git, configuration.applied);
  const state = await openUnverified(inputs, options, configuration);
  return verification === undefined
    ? state
    : { ...state, repository: verifiedRepository(state.repository, verification) };
}

async function openUnverified(
  inputs: Inputs,
  options: InputOptions,
  configuration: StateConfiguration,
): Promise<OpenState> {
  const { git } = inputs.integration.spec;
  const location = options.state ?? checkedUrl(git.url) ?? embeddedDefault;
  const { branch } = git;
  const { cacheFolder, environment } = configuration;
  // Who only reads makes no commits.
  const signing = configuration.readOnly ? {} : await signingOf(inputs, options.namespace);
  const common = { branch, environment, ...signing };
  if (!isRemote(location)) {
    if (git.review !== 'None' && !configuration.readOnly) throw noForge(git.review);
    return openFolder({ folder: resolve(location), ...common }, configuration.readOnly);
  }
  const access =
    configuration.access ??
    (await gitAccess(inputs, location, () => credentialsRuleOf(inputs.cluster, options), configuration));
  const { partialFetch } = git;
  const repository = await openRepository({ url: location, cacheFolder, partialFetch, ...common, ...access });
  return {
    repository,
    folder: cacheFolder,
    isRemote: true,
    remote: { location, access },
    close: () => Promise.resolve(),
  };
}

/** Who only reads must not leave a repository behind: he gets an empty one that goes away with him. */
async function openFolder(
  { folder, ...rest }: { folder: string } & Omit<EmbeddedRepository, 'embedded'>,
  readOnly: boolean,
): Promise<OpenState> {
  if (!readOnly || existsSync(folder)) {
    const repository = await openRepository({ embedded: folder, ...rest });
    return { repository, folder, isRemote: false, close: () => Promise.resolve() };
  }
  const empty = await mkdtemp(join(tmpdir(), 'quayside-'));
  const repository = await openRepository({ embedded: empty, ...rest });
  return {
    repository: { ...repository, description: folder },
    folder: empty,
    isRemote: false,
    close: () => rm(empty, { recursive: true, force: true }),
  };
}

function noForge(review: string): TerminalError {
  return new TerminalError('NoForge', `spec.git.review is ${review}, and only a forge has pull requests`, {
    hint: 'Set spec.git.url to a repository on GitHub, GitLab, Gitea or Forgejo, or spec.git.review to None.',
  });
}
