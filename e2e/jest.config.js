/** Browser journeys: `npm run e2e`. */
module.exports = {
  testMatch: ['<rootDir>/*.journey.ts'],
  testEnvironment: 'node',
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } },
    ],
  },
  // A portal starts within a minute on two busy cores.
  testTimeout: 300_000,
};
