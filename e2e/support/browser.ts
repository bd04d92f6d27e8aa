import { chromium, type Browser, type Page } from 'playwright-core';

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.FLEET_BROWSER ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking'],
  });
}

/** The cell of a service on a cluster, whatever it says. */
export function cell(page: Page, service: string, cluster: string) {
  return page.locator(
    `[role=gridcell][aria-label^="${service} on ${cluster}:"]`,
  );
}

/** Waits until a cell says something. */
export async function cellSays(
  page: Page,
  service: string,
  cluster: string,
  text: string | RegExp,
): Promise<void> {
  const source = typeof text === 'string' ? text : text.source;
  await page.waitForFunction(
    ([prefix, wanted]) => {
      const found = document.querySelector(
        `[role=gridcell][aria-label^="${prefix}"]`,
      );
      return new RegExp(wanted).test(found?.getAttribute('aria-label') ?? '');
    },
    [`${service} on ${cluster}:`, source] as const,
    { timeout: 180_000 },
  );
}

/** Notes everything that a cell says from now on, in the page, so that no state between two looks is missed. */
export async function recordCell(
  page: Page,
  service: string,
  cluster: string,
): Promise<() => Promise<string[]>> {
  const prefix = `${service} on ${cluster}:`;
  await page.evaluate(label => {
    const seen: string[] = [];
    (window as any)[`seen ${label}`] = seen;
    const look = () => {
      const text = document
        .querySelector(`[role=gridcell][aria-label^="${label}"]`)
        ?.getAttribute('aria-label')
        ?.slice(label.length + 1);
      if (text && seen[seen.length - 1] !== text) seen.push(text);
    };
    look();
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['aria-label'],
    });
  }, prefix);
  return () => page.evaluate(label => (window as any)[`seen ${label}`], prefix);
}
