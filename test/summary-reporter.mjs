import { appendFileSync } from 'node:fs';

// Long enough to end what the tests have started.
const patience = 60_000;

/** Ends a run with one plain line, and the names of unsteady tests before it, and adds both to the file that QUAYSIDE_TEST_SUMMARY names. */
export default class SummaryReporter {
  constructor(globalConfig) {
    this.watching = globalConfig.watch || globalConfig.watchAll;
  }

  onRunComplete(_contexts, results) {
    const skipped = results.numPendingTests + results.numTodoTests;
    const line = `${results.numPassedTests} passed, ${results.numFailedTests} failed, ${skipped} skipped\n`;
    const words = unsteady(results) + line;
    process.stdout.write(words);
    const file = process.env.QUAYSIDE_TEST_SUMMARY;
    if (file) appendFileSync(file, words);
    if (!this.watching) endHanging();
  }
}

/** Names the tests that passed only when they were repeated. */
function unsteady({ testResults }) {
  const all = testResults.flatMap((one) => one.testResults);
  const names = all.filter((one) => one.status === 'passed' && one.invocations > 1).map((one) => `  ${one.fullName}\n`);
  return names.length === 0 ? '' : `Passed only when repeated, which is a defect:\n${names.join('')}`;
}

/** A test that left a server open, as one does that failed before its end, must not keep the run from ending. */
function endHanging() {
  const timer = setTimeout(() => {
    const left = [...new Set(process.getActiveResourcesInfo())].join(', ');
    process.stderr.write(`Ending by force: some test left this open: ${left}\n`);
    process.exit(1);
  }, patience);
  timer.unref();
}
