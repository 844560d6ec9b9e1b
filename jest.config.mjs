import { availableParallelism } from 'node:os';
import { mapToBundledClient } from './test/kubernetes-client.mjs';
import { useOwnEnvironment } from './test/own-environment.mjs';
import { leftOut } from './test/suites.ts';

// Here, and not in a test: what jest starts, and what tests start, has the environment of this process.
useOwnEnvironment();
const bundledClient = await mapToBundledClient();

const project = (name, testMatch, { ignored = [], ...more } = {}) => ({
  displayName: name,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1', ...bundledClient },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2024', experimental: { keepImportAttributes: true } },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  setupFilesAfterEnv: ['<rootDir>/test/repeat.mjs'],
  testMatch,
  testPathIgnorePatterns: [
    '/node_modules/',
    ...ignored,
    ...leftOut(process.env.QUAYSIDE_SUITES, process.argv.slice(2)),
  ],
  ...more,
});

/**
 * `unit` needs nothing but Node and Git; `end-to-end` runs the built command line, servers and git; `forge` runs against a real Gitea,
 * and `control-plane` against a real API server. Each is built before its first run, only when one of its tests is among the chosen.
 */
export default {
  reporters: ['default', '<rootDir>/test/summary-reporter.mjs'],
  testSequencer: '<rootDir>/test/sequencer.mjs',
  // What a machine needs that is busy with much else; only what hangs takes that long.
  testTimeout: 300_000,
  // A suite with an operator waits two thirds of its time: more of them than cores, until the cores are busy.
  maxWorkers: Math.max(7, Math.floor(availableParallelism() / 2)),
  // Each git that a test starts costs a copy of the worker's page tables, and a worker never gives back what a suite took.
  workerIdleMemoryLimit: '150MB',
  projects: [
    project('unit', ['<rootDir>/test/**/*.test.ts', '<rootDir>/simulator/test/**/*.test.ts'], {
      ignored: ['\\.(e2e|cluster|forge)\\.test\\.ts$'],
    }),
    project('end-to-end', ['<rootDir>/test/**/*.e2e.test.ts']),
    project('forge', ['<rootDir>/test/**/*.forge.test.ts']),
    project('control-plane', ['<rootDir>/test/**/*.cluster.test.ts'], {
      globalSetup: '<rootDir>/test/control-plane/global-setup.mjs',
      globalTeardown: '<rootDir>/test/control-plane/global-teardown.mjs',
    }),
  ],
};
