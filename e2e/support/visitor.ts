import { mkdirSync } from 'fs';
import { join } from 'path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser';
import { type Portal, root, startPortal } from './portal';

/** Longer than anything takes on a slow machine: a journey waits for what it wants to see, and for no time. */
const PATIENCE_MS = 180_000;

/** Somebody with a browser and a portal of their own. */
export class Visitor {
  portal!: Portal;
  browser!: Browser;
  page!: Page;

  async arrive(env: Record<string, string>): Promise<void> {
    // One that does not come must not leave the other behind.
    const [portal, browser] = await Promise.allSettled([
      startPortal(env).then(started => {
        this.portal = started;
      }),
      launchBrowser().then(launched => {
        this.browser = launched;
      }),
    ]);
    for (const result of [portal, browser]) {
      if (result.status === 'rejected') throw result.reason;
    }
    this.page = await this.newPage();
  }

  async leave(): Promise<void> {
    await this.browser?.close();
    await this.portal?.stop();
  }

  /** Another page, of somebody else. */
  async newPage(): Promise<Page> {
    const context = await this.browser.newContext({
      viewport: { width: 1440, height: 1000 },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    return page;
  }

  /** Leaves a picture of the page in `.build/journeys`, to see why a journey failed. */
  async picture(name: string): Promise<void> {
    const folder = join(root, '.build', 'journeys');
    mkdirSync(folder, { recursive: true });
    const file = `${name.replace(/[^a-zA-Z0-9]+/g, '-').slice(0, 100)}.png`;
    // A page that is about to go to another one has no picture.
    await this.page?.screenshot({ path: join(folder, file) }).catch(() => {});
  }

  open = (path: string) => this.page.goto(`${this.portal.url}${path}`);
  openTemplate = (name: string) =>
    this.open(`/create/templates/default/${name}`);
  press = (name: string | RegExp) =>
    this.page.getByRole('button', { name }).first().click();
  choose = (label: string) =>
    this.page.locator('label', { hasText: label }).click();
  says = (text: string | RegExp) => this.page.getByText(text).first().waitFor();
  follow = (link: string | RegExp) =>
    this.page.getByRole('link', { name: link }).first().click();

  /** Waits for the link to the pull request that was opened, and returns its address. */
  async pullRequest(): Promise<string> {
    const link = this.page.getByRole('link', { name: /pull request/i }).first();
    return (await link.getAttribute('href'))!;
  }

  /** Merges a pull request as a person does, on its page in the Git host; this page stays where it is. */
  async merge(address: string, shows?: string): Promise<void> {
    const page = await this.newPage();
    await page.goto(address);
    if (shows) await page.getByText(shows).first().waitFor();
    await page.getByRole('button', { name: /^Merge/ }).click();
    await page.getByText('Merged', { exact: true }).first().waitFor();
    await page.context().close();
  }
}

/**
 * A visitor for the journeys of one file, which come one after the other.
 *
 * @param prepare - what the portal shall find in its environment
 */
export function visitorOfPortal(
  prepare: () => Promise<Record<string, string>> = async () => ({}),
): Visitor {
  const visitor = new Visitor();
  beforeAll(async () => visitor.arrive(await prepare()));
  afterEach(() => visitor.picture(expect.getState().currentTestName!));
  afterAll(() => visitor.leave());
  return visitor;
}
