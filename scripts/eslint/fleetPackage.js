// ESLint for one package: Backstage's rules, and the arrows between our packages (docs/architecture.md).
const { builtinModules } = require('module');
const { basename } = require('path');
const factory = require('@backstage/cli/config/eslint-factory');

const SCOPE = '@backstage-fleet/';
const NAMES = {
  'fleet-common': `${SCOPE}plugin-fleet-common`,
  'fleet-gitops': `${SCOPE}plugin-fleet-gitops`,
  'fleet-node': `${SCOPE}plugin-fleet-node`,
  'fleet-backend': `${SCOPE}plugin-fleet-backend`,
  fleet: `${SCOPE}plugin-fleet`,
  'scaffolder-backend-module-fleet': `${SCOPE}plugin-scaffolder-backend-module-fleet`,
  'scaffolder-frontend-module-fleet': `${SCOPE}plugin-scaffolder-frontend-module-fleet`,
  'catalog-backend-module-fleet': `${SCOPE}plugin-catalog-backend-module-fleet`,
  'kubernetes-backend-module-fleet': `${SCOPE}plugin-kubernetes-backend-module-fleet`,
  'dev-hub': `${SCOPE}dev-hub`,
};

/** Which of our packages each one may import. Nothing in plugins/ knows the embedded hub, except tests. */
const MAY_IMPORT = {
  'fleet-common': [],
  'fleet-gitops': ['fleet-common'],
  'fleet-node': ['fleet-common', 'fleet-gitops'],
  'fleet-backend': ['fleet-common', 'fleet-gitops', 'fleet-node'],
  fleet: ['fleet-common'],
  'scaffolder-backend-module-fleet': ['fleet-common', 'fleet-node'],
  'scaffolder-frontend-module-fleet': ['fleet-common', 'fleet'],
  'catalog-backend-module-fleet': ['fleet-common', 'fleet-node'],
  'kubernetes-backend-module-fleet': ['fleet-common', 'fleet-node'],
  'dev-hub': ['fleet-common', 'fleet-gitops'],
  cli: ['fleet-common', 'fleet-gitops'],
  benchmarks: [
    'fleet-common',
    'fleet-gitops',
    'fleet-node',
    'fleet-backend',
    'dev-hub',
  ],
  app: ['fleet', 'scaffolder-frontend-module-fleet'],
  backend: [
    'fleet-backend',
    'scaffolder-backend-module-fleet',
    'catalog-backend-module-fleet',
    'kubernetes-backend-module-fleet',
  ],
};

const TESTS = [
  '**/*.test.*',
  '**/__testUtils__/**',
  '**/testUtils/**',
  '**/dev/**',
];

/** The engine is pure: no I/O, no clock, no randomness. */
const PURE = {
  'no-restricted-properties': [
    'error',
    { object: 'Math', property: 'random', message: 'The engine is pure.' },
    { object: 'Date', property: 'now', message: 'The engine is pure.' },
  ],
  'no-restricted-globals': [
    'error',
    { name: 'process', message: 'The engine runs in the browser too.' },
    { name: 'fetch', message: 'The engine does no I/O.' },
  ],
};

module.exports = function fleetPackage(directory) {
  const folder = basename(directory);
  const forbidden = Object.entries(NAMES).filter(
    ([name]) => name !== folder && !MAY_IMPORT[folder].includes(name),
  );
  const config = factory(directory, {
    restrictedImports: forbidden.map(([name, packageName]) => ({
      name: packageName,
      message: `${folder} must not depend on ${name}.`,
    })),
    // These two run in the browser as well.
    restrictedSrcImports: ['fleet-common', 'fleet-gitops'].includes(folder)
      ? builtinModules.flatMap(name => [name, `node:${name}`])
      : [],
  });
  return {
    ...config,
    root: true,
    overrides: [
      ...(config.overrides ?? []),
      ...(folder === 'fleet-gitops'
        ? [{ files: ['src/**'], excludedFiles: TESTS, rules: PURE }]
        : []),
      { files: TESTS, rules: { 'no-restricted-imports': 'off' } },
    ],
  };
};
