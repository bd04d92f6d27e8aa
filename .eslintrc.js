// Scripts and configuration at the root; each package has its own, see scripts/eslint/fleetPackage.js.
module.exports = {
  root: true,
  parserOptions: { ecmaVersion: 2023, sourceType: 'module' },
  env: { node: true, es2023: true },
  extends: ['eslint:recommended', 'prettier'],
  rules: { 'no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
  overrides: [
    {
      files: ['**/*.ts', '**/*.tsx'],
      parser: '@typescript-eslint/parser',
      rules: { 'no-unused-vars': 'off', 'no-undef': 'off' },
      env: { jest: true },
    },
  ],
};
