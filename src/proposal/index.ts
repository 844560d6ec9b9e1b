export { changeDigest, type Entries, shortHash } from './digest.js';
export { growth, type Growth } from './growth.js';
export { type Marker, markerLine, readMarker } from './marker.js';
export { nextStep } from './next-step.js';
export { readRefusals, type Refusal, refusalsText, refusedLosses, withoutRefusal, withRefusal } from './refusals.js';
export { bodyWith, type RequestContent, type RequestWords, requestWords, titleToWrite } from './request-text.js';
export type { HoldReason, ProposalHead, Request, Situation, Step } from './situation.js';
export {
  type FileChange,
  type FileWrites,
  type Grow,
  growingPart,
  splitChange,
  type SplitFile,
  withoutRefused,
} from './split.js';
