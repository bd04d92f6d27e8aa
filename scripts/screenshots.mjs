// Takes the pictures of docs/images from a portal that `npm start` has just begun: node scripts/screenshots.mjs [portal] [Git host]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureBrowser } from './lib/browser.mjs';
import { root } from './lib/paths.mjs';

const [portal = 'http://localhost:7007', git = 'http://localhost:7101'] =
  process.argv.slice(2);
const folder = join(root, 'docs/images');
mkdirSync(folder, { recursive: true });

const browser = await chromium.launch({
  executablePath: ensureBrowser(),
  args: ['--no-sandbox', '--disable-background-networking'],
});

async function open(theme, path, height = 860) {
  const page = await browser.newPage({
    viewport: { width: 1440, height },
    colorScheme: theme,
  });
  await page.goto(path.startsWith('http') ? path : `${portal}${path}`);
  await page.waitForLoadState('networkidle').catch(() => {});
  return page;
}

const take = async (page, name, theme) => {
  // Not while something still fades in.
  const path = join(folder, `${name}-${theme}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  await page.close();
};

/** Fills the template's form up to the clusters, and on to the end where asked. */
async function fillTemplate(page, { run }) {
  await page.getByRole('combobox', { name: /Service/ }).fill('loyalty');
  await page.getByRole('option', { name: 'loyalty' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  for (const cluster of [
    'spoke-eu-west-1-staging',
    'spoke-us-east-1-staging',
  ]) {
    await page.locator('label', { hasText: cluster }).click();
  }
  await page.getByText('loyalty-spoke-us-east-1-staging').first().waitFor();
  if (!run) return;
  await page.getByRole('button', { name: 'Next' }).click();
  await page.locator('label', { hasText: 'Open a pull request' }).click();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await page
    .getByRole('link', { name: /pull request/i })
    .first()
    .waitFor();
}

/** Makes a cluster, and waits until its services are healthy; the address of the change's page. */
async function makeCluster() {
  const guest = await fetch(`${portal}/api/auth/guest/refresh`, {
    method: 'POST',
  });
  const { backstageIdentity } = await guest.json();
  const ask = async (path, body) => {
    const response = await fetch(`${portal}/api/fleet${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${backstageIdentity.token}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    return response.json();
  };
  const { id } = await ask('/changes', {
    mode: 'commit',
    reason: 'Room for the spring sale',
    intent: {
      kind: 'cluster.create',
      parameters: {
        blueprint: 'cluster-api-eks',
        cluster: 'spoke-eu-west-1-sale',
        parameters: {
          region: 'eu-west-1',
          environment: 'staging',
          kubernetesVersion: 'v1.34.1',
        },
        labels: { enable_search: 'true', enable_cart: 'true' },
      },
    },
  });
  while ((await ask(`/changes/${id}`)).state !== 'healthy') {
    await new Promise(resolve => setTimeout(resolve, 500));
  }
  return `/fleet/changes/${id}`;
}

for (const theme of ['light', 'dark']) {
  const fleet = await open(theme, '/fleet', 760);
  await fleet
    .getByLabel(/^payments on .*Not deployed/)
    .first()
    .waitFor();
  await take(fleet, 'fleet', theme);

  const explain = await open(theme, '/fleet', 860);
  await explain.getByLabel(/^payments on spoke-us-east-1-prod/).click();
  await explain.getByRole('button', { name: /Enable here/ }).waitFor();
  await take(explain, 'explain', theme);

  const service = await open(theme, '/fleet/services/payments', 720);
  await service.getByText('1.5.0 waits in staging').waitFor();
  await take(service, 'service', theme);

  const entity = await open(theme, '/catalog/default/component/ledger', 860);
  await entity.getByText('on 6 of 7 clusters').waitFor();
  await take(entity, 'entity', theme);

  const promotion = await open(theme, '/fleet/services/payments', 1000);
  await promotion.getByRole('button', { name: /^Promote/ }).click();
  await promotion.getByText('Region by region').click();
  await promotion.getByText('Wave 1: ap-south-1').first().waitFor();
  await take(promotion, 'promotion', theme);

  const clusters = await open(theme, '/fleet/clusters', 760);
  await clusters.getByRole('link', { name: 'spoke-eu-west-1-prod' }).waitFor();
  await take(clusters, 'clusters', theme);

  const template = await open(
    theme,
    '/create/templates/default/deploy-service',
    1040,
  );
  await fillTemplate(template, { run: false });
  await take(template, 'template', theme);

  const task = await open(
    theme,
    '/create/templates/default/deploy-service',
    900,
  );
  await fillTemplate(task, { run: true });
  await task.getByText('Finished step').waitFor();
  await take(task, 'task', theme);

  const pull = await open(theme, `${git}/acme/fleet-gitops/pull/1`, 900);
  await take(pull, 'pull-request', theme);
}
const change = await makeCluster();
for (const theme of ['light', 'dark']) {
  const page = await open(theme, change, 900);
  await page.getByText('in place and healthy').first().waitFor();
  await take(page, 'change', theme);
}
await browser.close();
