export { publish, type Published, type PublishOptions } from './publish.js';
export { carriesLabels } from './labels.js';
export { commitMessage, type KindWords, type MessageOptions } from './commit-message.js';
export { revertedPaths } from './reverted.js';
export { checkIdentity } from './identity.js';
export type { Beside, Difference, Identity, Kept, Rendered } from './rendered.js';
