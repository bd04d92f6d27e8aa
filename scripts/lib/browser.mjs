import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const KNOWN = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

function find() {
  return [process.env.FLEET_BROWSER, ...KNOWN].find(
    // Ubuntu's chromium-browser is a script that only says where to get one.
    path =>
      path &&
      existsSync(path) &&
      (process.platform === 'win32' ||
        spawnSync(path, ['--version'], { timeout: 60_000 }).status === 0),
  );
}

/**
 * The Chromium that the browser journeys drive; on Debian and Ubuntu it is installed where it is missing and we may.
 *
 * @returns {string} path of the program
 */
export function ensureBrowser() {
  const found = find();
  if (found) return found;
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    console.log('Installing Chromium');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    // Without a network it would try for very long.
    const apt = (...args) =>
      spawnSync(
        'apt-get',
        [
          ...['Acquire::Retries=3', 'DPkg::Lock::Timeout=300'].flatMap(
            option => ['-o', option],
          ),
          ...args,
        ],
        { env, encoding: 'utf8', timeout: 600_000 },
      );
    apt('update');
    const { stderr, error } = apt(
      'install',
      '-y',
      '--no-install-recommends',
      'chromium',
    );
    const installed = find();
    if (installed) return installed;
    console.error(error?.message ?? stderr.trim());
  }
  throw new Error(
    'The browser journeys need Chromium: install it (Debian: apt-get install chromium), or set FLEET_BROWSER to its path.',
  );
}
