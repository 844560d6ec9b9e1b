import { TerminalError } from '../../errors/index.js';
import type { Features } from '../features.js';
import type { Applying } from './context.js';

type Gate = {
  readonly [K in keyof Features]-?: Features[K] extends boolean ? K : never;
}[keyof Features];

const flags: Readonly<Partial<Record<Gate, string>>> = {
  quota: 'Quotas need FEATURE_QUOTA_MANAGEMENT and FEATURE_EDIT_QUOTA',
  autoPrune: 'Auto-pruning needs FEATURE_AUTO_PRUNE, and Quay 3.10 or later',
  autoPrunePatterns: 'Auto-pruning by tag pattern needs Quay 3.13 or later',
  immutability: 'Immutability policies need FEATURE_IMMUTABLE_TAGS, and Quay 3.17 or later',
  mirror: 'Mirroring needs FEATURE_REPO_MIRROR',
  mirrorArchitectures: 'Choosing architectures needs FEATURE_SPARSE_INDEX, and Quay 3.17 or later',
  proxyCache: 'Proxy caches need FEATURE_PROXY_CACHE',
  teamSync: 'Following a group needs FEATURE_TEAM_SYNCING',
};

/**
 * Refuses what this Quay does not offer before it is sent: a call to a part of a repository that is switched off would reach the repository
 * itself under a longer name.
 */
export async function requireFeature({ features }: Pick<Applying, 'features'>, gate: Gate): Promise<void> {
  if ((await features())[gate]) return;
  throw new TerminalError('FeatureDisabled', `this Quay does not offer it: ${flags[gate] ?? gate}`, {
    hint: "Switch it on in Quay's configuration, or remove it from the spec.",
  });
}
