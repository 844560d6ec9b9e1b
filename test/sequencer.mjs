import Sequencer from '@jest/test-sequencer';

const rank = ({ path }) => (/\.(cluster|forge)\.test\.ts$/.test(path) ? 0 : path.endsWith('.e2e.test.ts') ? 1 : 2);

/** Begins with the suites that wait longest, for servers and processes; what needs only Node fills the gaps at the end. */
export default class extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
}
