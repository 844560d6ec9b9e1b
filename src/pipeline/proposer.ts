import { TerminalError } from '../errors/index.js';
import { type CommitStatus, comparisonPage, findForge, openForge, type OpenForge } from '../forge/index.js';
import { type Proposer, type ReviewRepository } from '../review/index.js';
import { forgeCredentials, forgeOptionsOf, type ForgePlace } from './forge-access.js';
import { type Inputs } from './inputs.js';
import { type ReviewMode } from './review-mode.js';
import { trailersOf } from './trailers.js';

/** What a proposer needs beside an integration. */
export interface ProposerSources extends ForgePlace {
  readonly inputs: Inputs;
  readonly repository: ReviewRepository;
  /** A person said: propose again what was refused or written over. */
  readonly released: boolean;
}

/** A review mode, and the forge behind it once it was asked for. */
export interface OpenReview {
  readonly mode: ReviewMode;
  /** Shows on a commit of base what came of it; what it shows already costs no call. */
  tell(commit: string, status: Pick<CommitStatus, 'state' | 'description'>): Promise<void>;
  /** The commit that it showed something on last. */
  told(): string | undefined;
  /** Calls until the limit of the forge, as it said last. */
  callsLeft(): number | undefined;
  /** When the token for the forge ends, in milliseconds since 1970; undefined while the forge was not asked anything. */
  tokenExpires(): Promise<number | undefined>;
  close(): Promise<void>;
}

/** The branch that brings the proposals of an integration: a function of its names, so that there is one. */
export function proposalBranch({ id, integration }: Pick<Inputs, 'id' | 'integration'>): string {
  const { branch, proposalBranch: stated } = integration.spec.git;
  // Git takes no `.lock` at the end.
  const name = stated ?? ['quayside', id, integration.metadata.name.replace(/\.lock$/, '-lock')].join('/');
  if (name !== branch) return name;
  throw new TerminalError(
    'InvalidInput',
    `spec.git.proposalBranch is ${name}, which is the branch that holds the state`,
    {
      hint: 'Give the proposals a branch of their own, or leave the field out.',
    },
  );
}

/** The review that an integration asks for; undefined where nothing waits for one. Nothing is asked of the forge yet. */
export function openReview(sources: ProposerSources): OpenReview | undefined {
  const { inputs, released } = sources;
  const { review } = inputs.integration.spec.git;
  if (review === 'None') return undefined;
  let open: Promise<OpenForge> | undefined;
  let known: OpenForge | undefined;
  let told: { readonly commit: string; readonly news: string } | undefined;
  const forge = (): Promise<OpenForge> => {
    const opening = (open ??= openForgeOf(sources));
    opening.then(
      (opened) => (known = opened),
      () => (open = undefined),
    );
    return opening;
  };
  return {
    mode: {
      which: review,
      title: `${inputs.id}/${inputs.integration.metadata.name}`,
      proposer: async () => proposerOf(sources, (await forge()).forge),
      released,
    },
    tell: async (commit, status) => {
      const news = `${status.state} ${status.description}`;
      if (told?.commit === commit && told.news === news) return;
      const context = `quayside/${inputs.id}/${inputs.integration.metadata.name}`;
      await (await forge()).forge.status(commit, { ...status, context });
      told = { commit, news };
    },
    told: () => told?.commit,
    callsLeft: () => known?.forge.callsLeft(),
    tokenExpires: async () => known?.forge.tokenExpires().catch(() => undefined),
    close: async () => {
      const opened = await open?.catch(() => undefined);
      await opened?.close();
    },
  };
}

/** Opens the forge of an integration; nothing but the probe of an unknown host is sent. */
export async function openForgeOf(sources: ForgePlace): Promise<OpenForge> {
  const options = forgeOptionsOf(sources);
  const located = await findForge(options);
  return openForge(options, await forgeCredentials(sources, located), located);
}

function proposerOf(
  { inputs, repository, location }: ProposerSources,
  forge: Proposer['forge'],
): Omit<Proposer, 'grow'> {
  const { id, integration } = inputs;
  const branch = proposalBranch(inputs);
  const page = { kind: forge.kind, gitUrl: location, base: integration.spec.git.branch, head: branch };
  return {
    repository,
    forge,
    branch,
    comparison: comparisonPage(page),
    integration: integration.metadata.name,
    cluster: id,
    author: integration.spec.git.author,
    trailers: trailersOf(inputs),
    labels: ['quayside'],
  };
}
