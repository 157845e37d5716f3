const { availableParallelism } = require('node:os');

/** Every test runs from here; `npm test` adds the build, types and the closing line. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/test/crash/several'],
  transform: {
    '^.+\\.[tj]sx?$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  // No test depends on the machine's speed; this only ends one that would never end.
  testTimeout: 120000,
  // Most tests wait for something now and then: three at a time even on two cores.
  maxWorkers: Math.max(3, availableParallelism() - 1),
  // Every file leaves something behind; with a gigabyte of it, collecting garbage takes more time than the tests.
  workerIdleMemoryLimit: '400MB',
};
