import { jest } from '@jest/globals';

// One of seven thousand tests that a busy machine fails would hide what the others say. Its first failure is printed, and the
// end of the run names it: it is a defect, of the test or of what it tests.
if (process.env.CI) jest.retryTimes(1, { logErrorsBeforeRetry: true });
