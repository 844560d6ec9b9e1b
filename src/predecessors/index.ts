export { currentRobots, predecessorEvidence, type PredecessorFacts } from './evidence.js';
export { finalizerRepair } from './finalizer-repair.js';
export { removePredecessorFinalizers } from './remove.js';
export { type FinalizerFacts, predecessorFinalizerStep } from './step.js';
