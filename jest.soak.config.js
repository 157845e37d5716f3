/** The long soak, `npm run soak`; not part of `npm test`. */
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['**/test/soak/*.soak.ts'],
  testTimeout: 24 * 3_600_000,
};
