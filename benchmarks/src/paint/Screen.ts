import {
  type Browser,
  type CDPSession,
  chromium,
  type Page,
} from 'playwright-core';
import {
  type FrameRecord,
  cellPainted,
  recordFrames,
  recordKeys,
  watchFirstCells,
} from './probes';

const WIDTH = 1440;
const HEIGHT = 900;
/** Pixels a second: a wheel that is turned fast. */
const SPEED = 2500;
/** From one key to the next. */
const KEY_MILLISECONDS = 120;
const PATIENCE_MILLISECONDS = 120_000;
const CELL = '[role=gridcell]';

/** What scrolling was like, and how many milliseconds the page's main thread worked meanwhile. */
export interface Scrolled extends FrameRecord {
  worked: number;
}

/** Chromium with the portal in it, driven as a person would. */
export class Screen {
  private constructor(
    private readonly browser: Browser,
    readonly page: Page,
    readonly devtools: CDPSession,
    private readonly url: string,
  ) {}

  static async open(url: string): Promise<Screen> {
    const browser = await chromium.launch({
      executablePath: process.env.FLEET_BROWSER ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-background-networking'],
    });
    const page = await browser.newPage({
      viewport: { width: WIDTH, height: HEIGHT },
    });
    const devtools = await page.context().newCDPSession(page);
    // Processor time: it is the same on a machine that has other things to do.
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new Screen(browser, page, devtools, url);
  }

  /** Milliseconds from an empty browser to the matrix, with everything that the portal loads before. */
  async load(): Promise<number> {
    await this.page.addInitScript(watchFirstCells);
    await this.page.goto(`${this.url}/fleet`);
    const { filled } = await this.#filled();
    return filled;
  }

  /**
   * Milliseconds from the click that leads from another page of the portal to the matrix, and how many of them the page's
   * main thread worked. The matrix is asked for and downloaded again, because the browser may keep nothing.
   */
  async navigate(): Promise<{ took: number; worked: number }> {
    await this.devtools.send('Network.enable');
    await this.devtools.send('Network.setCacheDisabled', {
      cacheDisabled: true,
    });
    await this.page.locator('a[href="/catalog"]').first().click();
    await this.page.locator(CELL).first().waitFor({ state: 'detached' });
    await this.page.waitForLoadState('networkidle');
    await this.page.evaluate(watchFirstCells);
    const before = await this.#worked();
    await this.page.locator('a[href="/fleet"]').first().click();
    const { filled, clicked } = await this.#filled();
    return { took: filled - clicked, worked: (await this.#worked()) - before };
  }

  /** Turns the wheel over the matrix: downwards or to the right by so many pixels. */
  async scroll(
    direction: 'down' | 'right',
    distance: number,
  ): Promise<Scrolled> {
    const { page, devtools } = this;
    await page.evaluate(recordFrames);
    const before = await this.#worked();
    await devtools.send('Input.synthesizeScrollGesture', {
      x: WIDTH / 2,
      y: HEIGHT / 2,
      [direction === 'down' ? 'yDistance' : 'xDistance']: -distance,
      speed: SPEED,
      gestureSourceType: 'mouse',
      preventFling: true,
    });
    const record = await page.evaluate<FrameRecord>(() =>
      window.fleetProbes.endFrames!(),
    );
    return { ...record, worked: (await this.#worked()) - before };
  }

  /** Puts the matrix back to its first corner. */
  async scrollBack() {
    await this.page.evaluate(() =>
      document.querySelector('[role=grid]')!.scrollTo(0, 0),
    );
    await this.page.locator('[role=row] [data-row="0"]').first().waitFor();
  }

  /** Names of the cells that are drawn, as they are read out: "payments on spoke-eu: 1.4.2, Healthy". */
  cells(): Promise<string[]> {
    return this.page
      .locator(CELL)
      .evaluateAll(cells =>
        cells.map(cell => cell.getAttribute('aria-label') ?? ''),
      );
  }

  /** When a cell was painted with a text in it. */
  painted(cell: string, text: string) {
    return this.page.evaluate(cellPainted, { cell, text });
  }

  /** Types a text into the search field; milliseconds from each key to the frame that shows what it did. */
  async type(text: string): Promise<number[]> {
    const { page } = this;
    await page.keyboard.press('/');
    await page.evaluate(recordKeys);
    await page.keyboard.type(text, { delay: KEY_MILLISECONDS });
    const delays = await page.evaluate(() => window.fleetProbes.endKeys!());
    for (const _ of text) await page.keyboard.press('Backspace');
    await page.locator('[role=row] [data-row="9"]').first().waitFor();
    return delays;
  }

  async close(): Promise<void> {
    await this.browser.close();
  }

  /** Milliseconds that the page's main thread worked so far. */
  async #worked(): Promise<number> {
    const { metrics } = await this.devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000;
  }

  async #filled(): Promise<{ filled: number; clicked: number }> {
    const { page } = this;
    await page.waitForFunction(() => window.fleetProbes.filled, undefined, {
      timeout: PATIENCE_MILLISECONDS,
      polling: 100,
    });
    return page.evaluate(() => ({
      filled: window.fleetProbes.filled!,
      clicked: window.fleetProbes.clicked ?? 0,
    }));
  }
}
