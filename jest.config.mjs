const project = (name, testMatch, more = {}) => ({
  displayName: name,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2024' },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  testMatch,
  ...more,
});

/**
 * `unit` needs nothing but Node; `end-to-end` runs the built command line, servers and git; `control-plane` runs against
 * a real API server, which is started, and built before its first run, only when one of these tests is among the chosen.
 */
export default {
  reporters: ['default', '<rootDir>/test/summary-reporter.mjs'],
  testTimeout: 30_000,
  // Most suites start processes of their own, and those against the API server share it: each gets two cores.
  maxWorkers: '50%',
  projects: [
    project('unit', ['<rootDir>/test/**/*.test.ts'], {
      testPathIgnorePatterns: ['/node_modules/', '\\.(e2e|cluster)\\.test\\.ts$'],
    }),
    project('end-to-end', ['<rootDir>/test/**/*.e2e.test.ts']),
    project('control-plane', ['<rootDir>/test/**/*.cluster.test.ts'], {
      globalSetup: '<rootDir>/test/control-plane/global-setup.mjs',
      globalTeardown: '<rootDir>/test/control-plane/global-teardown.mjs',
    }),
  ],
};
