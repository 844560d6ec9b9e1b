export { removePredecessorFinalizers } from './remove.js';
export { type FinalizerFacts, predecessorFinalizerStep } from './step.js';
