import { type StateRepository } from '../git/index.js';
import { commitMessage, publish, type Proposal, type Published } from '../publish/index.js';
import { type RenderedState, renderState } from './render-state.js';
import { type Ends, type KnownCluster } from './inputs.js';

/** A cluster, its integration, and where the state goes. */
export interface Place {
  readonly ends: Ends;
  readonly known: KnownCluster;
  readonly repository: StateRepository;
}

export interface PublishedState {
  readonly rendered: RenderedState;
  readonly git: Published;
}

/** Brings what is rendered into the state repository; a dry run, or an integration that is suspended, stops before the commit. */
export async function publishState({ ends, known, repository }: Place, dryRun: boolean): Promise<PublishedState> {
  const { integration } = ends;
  let rendered: RenderedState | undefined;
  const git = await publish({
    repository,
    render: async (head) => {
      const { snapshot: cluster, ...others } = known;
      rendered = await renderState(head, { cluster, integration, ...others });
      return rendered.proposal;
    },
    message: (proposal) => message(proposal, ends),
    isOurs: ({ trailers }) => Object.entries(trailersOf(ends)).every(([key, value]) => trailers.get(key) === value),
    author: integration.spec.git.author,
    dryRun: dryRun || integration.spec.suspend,
  });
  if (rendered === undefined) throw new TypeError('publish rendered nothing');
  return { rendered, git };
}

function trailersOf({ id, integration }: Ends): Readonly<Record<string, string>> {
  return { 'Quayside-Cluster': id, 'Quayside-Integration': integration.metadata.name };
}

function message(proposal: Proposal, ends: Ends): ReturnType<typeof commitMessage> {
  return commitMessage(proposal, {
    one: 'organization',
    many: 'organizations',
    counts: (path) => path.includes('/organizations/'),
    nameOf: (path) => path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length),
    trailers: trailersOf(ends),
  });
}
