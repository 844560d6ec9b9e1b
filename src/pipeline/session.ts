import { editorFiles, isEditorFile } from '../desired/index.js';
import { type StateReader, type StateWriter } from '../git/index.js';
import { statePaths } from '../names/index.js';
import { clusterIdentity } from './cluster-identity.js';
import { type Inputs, type KnownCluster } from './inputs.js';
import { type Writer } from './publish-kinds.js';
import { type ReviewMode } from './review-mode.js';
import { trailersOf } from './trailers.js';

/** A cluster, its integration, and where the state goes. */
export interface Session {
  readonly inputs: Inputs;
  readonly known: KnownCluster;
  readonly repository: StateReader & StateWriter;
  /** What the changes wait for. @default - nothing */
  readonly review?: ReviewMode;
}

/** The integration of a session as a writer of the state repository. */
export function writerOf({ inputs, known, repository, review }: Session): Writer {
  const { id, integration } = inputs;
  const { git } = integration.spec;
  const paths = statePaths(id, git.path);
  return {
    repository,
    folder: `${paths.cluster}/`,
    identity: clusterIdentity(integration, known.snapshot.uid),
    beside: { files: editorFiles(paths), mayRewrite: isEditorFile },
    trailers: trailersOf(inputs),
    author: git.author,
    ...(review && { review }),
  };
}
