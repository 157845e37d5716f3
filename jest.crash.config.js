/** The long crash tests: fifty kills of one process (`npm test` has five), and three processes over one store. */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['**/test/crash/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 900000,
};
