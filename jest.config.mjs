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

/** `unit` needs nothing but Node; `end-to-end` runs the built command line, servers and git. */
export default {
  reporters: ['default', '<rootDir>/test/summary-reporter.mjs'],
  testTimeout: 30_000,
  projects: [
    project('unit', ['<rootDir>/test/**/*.test.ts'], {
      testPathIgnorePatterns: ['/node_modules/', '\\.e2e\\.test\\.ts$'],
    }),
    project('end-to-end', ['<rootDir>/test/**/*.e2e.test.ts']),
  ],
};
