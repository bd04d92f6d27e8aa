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
    path => path && existsSync(path),
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
    spawnSync('apt-get', ['update'], { env, stdio: 'ignore' });
    spawnSync(
      'apt-get',
      ['install', '-y', '--no-install-recommends', 'chromium'],
      {
        env,
        stdio: 'ignore',
      },
    );
    const installed = find();
    if (installed) return installed;
  }
  throw new Error(
    'The browser journeys need Chromium: install it (Debian: apt-get install chromium), or set FLEET_BROWSER to its path.',
  );
}
