/** The long crash test: fifty kills. `npm test` runs the short form of the same file. */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['**/test/crash/*.test.ts'],
  testTimeout: 900000,
};
