import { type Options } from '../options/schema.js';

/** Address of the state repository in examples that need a remote one. */
export function stateUrl({ gitUrl }: Options): string {
  return gitUrl ?? 'https://git.example.com/platform/registry-state.git';
}

/** Its branch. */
export function stateBranch({ gitBranch }: Options): string {
  return gitBranch;
}

/** The folder with the documents, and nothing else. */
export function organizationsFolder({ gitPath = '', clusterID }: Options): string {
  return [gitPath, 'clusters', clusterID, 'organizations'].filter((part) => part !== '').join('/');
}
