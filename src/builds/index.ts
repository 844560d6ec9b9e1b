export {
  type Decision,
  isPending,
  type NotRewritable,
  type Pending,
  type Rewritten,
  type Unchanged,
} from './decision.js';
export { type ImageStreamTag, imageStreamTag } from './image-stream-tag.js';
export { decide } from './decide.js';
export { type AwaitingBuild, type Outlook, outlook, type OutlookFacts } from './outlook.js';
export { type BuildShape, isRewritable, type RewritableBuild, shapeOf, type Unconcerned } from './shape.js';
export { type IntegrationFacts, type OrganizationFacts, type RobotFacts, type Situation } from './situation.js';
export { warning } from './warning.js';
