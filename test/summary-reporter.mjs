import { writeFileSync } from 'node:fs';

/** Ends a run with one plain line, and repeats it in the file that QUAYSIDE_TEST_SUMMARY names. */
export default class SummaryReporter {
  onRunComplete(_contexts, results) {
    const skipped = results.numPendingTests + results.numTodoTests;
    const line = `${results.numPassedTests} passed, ${results.numFailedTests} failed, ${skipped} skipped\n`;
    process.stdout.write(line);
    const file = process.env.QUAYSIDE_TEST_SUMMARY;
    if (file) writeFileSync(file, line);
  }
}
