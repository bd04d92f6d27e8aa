import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { mustRun } from './run.mjs';
import { fingerprint, isStamped, stamp, unstamp } from './stamp.mjs';

function manifests() {
  const folders = ['packages', 'plugins'].flatMap(folder =>
    readdirSync(join(root, folder)).map(name => `${folder}/${name}`),
  );
  return ['.', ...folders].map(folder => `${folder}/package.json`);
}

/** Installs the dependencies, unless they are installed for this lock file and this Node. */
export async function ensureInstalled({ node, yarn, env }) {
  const print = fingerprint(
    ['yarn.lock', '.yarnrc.yml', ...manifests()],
    node,
    process.platform,
  );
  if (
    isStamped('installed', print) &&
    existsSync(join(root, 'node_modules/.yarn-state.yml'))
  ) {
    return;
  }
  unstamp('installed');
  console.log('Installing dependencies (once, about two minutes)');
  await mustRun(
    'Installing dependencies',
    node,
    [yarn, 'install', '--immutable'],
    {
      env,
      quiet: true,
    },
  );
  stamp('installed', print);
}

/** Builds the portal's pages, unless they are built from these sources. */
export async function ensureBuilt({ node, yarn, env }) {
  const print = fingerprint([
    'yarn.lock',
    'app-config.yaml',
    'packages/app',
    'plugins/fleet',
    'plugins/fleet-common',
    'plugins/scaffolder-frontend-module-fleet',
  ]);
  if (
    isStamped('built', print) &&
    existsSync(join(root, 'packages/app/dist/index.html'))
  ) {
    return;
  }
  unstamp('built');
  console.log('Building the portal (once, a minute or two)');
  await mustRun(
    'Building the portal',
    node,
    [yarn, 'workspace', 'app', 'build'],
    {
      env: { ...env, NODE_ENV: 'production' },
      quiet: true,
    },
  );
  stamp('built', print);
}
