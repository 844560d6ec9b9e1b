import { type Head, type StateReader, type StateWriter } from '../git/index.js';
import { commitMessage, publish, type Proposal, type Published } from '../publish/index.js';
import { type RenderedState, renderState } from './render-state.js';
import { type Inputs, type KnownCluster } from './inputs.js';

/** A cluster, its integration, and where the state goes. */
export interface PublishSession {
  readonly inputs: Inputs;
  readonly known: KnownCluster;
  readonly repository: StateReader & StateWriter;
}

export interface PublishedState {
  readonly rendered: RenderedState;
  readonly git: Published;
}

/** Commits the rendering to the state repository; a dry run, or a suspended integration, stops before the commit. */
export async function publishState(
  { inputs, known, repository }: PublishSession,
  dryRun: boolean,
): Promise<PublishedState> {
  const { integration } = inputs;
  let rendered: RenderedState | undefined;
  const git = await publish({
    repository,
    render: async (head) => {
      const { snapshot: cluster, ...others } = known;
      rendered = await renderState(head, { cluster, integration, ...others });
      return rendered.proposal;
    },
    message: (proposal) => message(proposal, inputs),
    isOurs: ({ trailers }) => Object.entries(trailersOf(inputs)).every(([key, value]) => trailers.get(key) === value),
    author: integration.spec.git.author,
    dryRun: dryRun || integration.spec.suspend,
  });
  if (rendered === undefined) throw new TypeError('publish rendered nothing');
  return { rendered, git };
}

/** The commit that the documents were read from, or made into; others may have pushed since. */
export async function declaredHead(repository: StateReader, { git }: PublishedState): Promise<Head | undefined> {
  const commit = git.commit ?? git.base;
  return commit === undefined ? undefined : repository.at(commit);
}

function trailersOf({ id, integration }: Inputs): Readonly<Record<string, string>> {
  return { 'Quayside-Cluster': id, 'Quayside-Integration': integration.metadata.name };
}

function message(proposal: Proposal, inputs: Inputs): ReturnType<typeof commitMessage> {
  return commitMessage(proposal, {
    one: 'organization',
    many: 'organizations',
    counts: (path) => path.includes('/organizations/'),
    nameOf: (path) => path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length),
    trailers: trailersOf(inputs),
  });
}
