import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { CliPlace } from '../../support/run-cli.js';
import { type Served, servedPage } from './served.js';

/** A page of `plazcast serve` in a real browser, and everything that it should not have done. */
export interface Browsed {
  readonly page: Page;
  readonly served: Served;
  /** What the console, the policy or a script complained of, and what was asked of another origin: there must be none. */
  readonly complaints: string[];
}

/** How the browser looks at it. */
export interface Sight {
  readonly language?: 'en' | 'es';
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly javaScriptEnabled?: boolean;
}

/**
 * What makes a page scroll sideways, as WCAG 1.4.10 has it: the page itself, or a part of it that is no table. None: who reads
 * on a phone, or enlarges everything, scrolls in one direction.
 */
export function sideways(page: Page): Promise<readonly string[]> {
  return page.evaluate(SIDEWAYS);
}

const SIDEWAYS = `(() => {
  const { clientWidth: width, scrollWidth: own } = document.documentElement;
  const parts = [...document.querySelectorAll('body *')]
    .filter(({ clientWidth, scrollWidth }) => clientWidth > 0 && scrollWidth > clientWidth)
    .filter((each) => /auto|scroll/u.test(getComputedStyle(each).overflowX))
    .filter((each) => each.closest('.table, textarea') === null)
    .map(({ tagName, className }) => tagName + '.' + className);
  return own > width ? ['the page: ' + own + ' of ' + width, ...parts] : parts;
})()`;

/**
 * Serves the page in this place and opens it as its user would: through an address with a token. `work` looks at it; whatever is
 * complained of meanwhile fails the test by `complaints`.
 */
export async function browse(browser: Browser, place: CliPlace, sight: Sight = {}): Promise<Browsed> {
  const served = await servedPage(place);
  const { language = 'en', colorScheme = 'light', width = 1200, javaScriptEnabled = true } = sight;
  const options: BrowserContextOptions = {
    viewport: { width, height: 900 },
    colorScheme,
    javaScriptEnabled,
    locale: language === 'es' ? 'es-PE' : 'en-US',
  };
  const context = await browser.newContext(options);
  // The browser outlives a test that fails.
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(served.url)) complaints.push(`asked for ${request.url()}`);
  });
  await page.goto(await served.newAddress());
  await page.waitForURL(`${served.url}/`);
  return { page, served, complaints };
}
