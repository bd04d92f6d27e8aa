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
  // A portal starts within a minute on two busy cores; a slow machine may take many times as long for each step.
  testTimeout: 900_000,
};
