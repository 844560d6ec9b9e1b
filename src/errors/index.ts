export { archivedRepository } from './archived-repository.js';
export { QuaysideError, RefusedError, RetryableError, TerminalError, type ErrorDetails } from './quayside-error.js';
export { formatProblem, InvalidInput, type Problem } from './invalid-input.js';
export { describeError, toError } from './describe.js';
export { fileFault } from './file-fault.js';
export { systemFault } from './system-fault.js';
export { yamlFault } from './yaml-fault.js';
export { isForeign, isForeignForGood, isReason, reasons, type Reason } from './reasons.js';
