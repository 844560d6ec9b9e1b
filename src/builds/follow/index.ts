export { type BuildFollower, createBuildFollower, type FollowerCounts } from './follower.js';
export {
  type BuildFollowerOptions,
  type CancelledBuild,
  type FollowedNamespace,
  type FollowerLog,
  type ImportResult,
  type UnrewrittenBuild,
  type WaitingBuild,
} from './options.js';
