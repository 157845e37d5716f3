const { availableParallelism } = require('node:os');

/** Every test runs from here; `npm test` adds types, lint and the closing line. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.[tj]sx?$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  // No test depends on the machine's speed; this only ends one that would never end.
  testTimeout: 120000,
  // Most tests wait for something now and then: two at a time even on two cores.
  maxWorkers: Math.max(2, availableParallelism() - 1),
};
