export { type BuildFollower, createBuildFollower, type FollowerCounts } from './follower.js';
export {
  type BuildFollowerOptions,
  type FollowedNamespace,
  type FollowerLog,
  type ImportResult,
  type UnrewrittenBuild,
} from './options.js';
