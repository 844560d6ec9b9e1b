export { type Decision, type Denied, type LeftAlone, type Pending, type Rewritten } from './decision.js';
export { type Unchanged, type Waiting } from './decision.js';
export { type ImageStreamTag, imageStreamTag } from './image-stream-tag.js';
export { judge } from './judge.js';
export { type PatchOperation } from './patch.js';
export { settle, type SettleOptions } from './settle.js';
export { type BuildShape, isRewritable, type RewritableBuild, shapeOf, type Unconcerned } from './shape.js';
export { type IntegrationFacts, type OrganizationFacts, type RobotFacts, type Situation } from './situation.js';
export { warning } from './warning.js';
