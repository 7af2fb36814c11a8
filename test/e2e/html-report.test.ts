import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReportSummary, RunSpan } from '../../src/core/report-data.js';
import { htmlReport } from '../../src/report/html.js';
import { summaryWith } from '../report/support.js';
import { enormousSummary, hostileSummary } from '../security/hostile-summaries.js';
import { chromiumOfTests, HAS_CHROMIUM, violations, WITHOUT_CHROMIUM } from '../support/chromium.js';
import { translateIn } from '../support/said.js';

const NAME = `the HTML report in a browser${WITHOUT_CHROMIUM}`;

interface View {
  readonly language?: 'en' | 'es';
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
}

describe.skipIf(!HAS_CHROMIUM)(NAME, () => {
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'html-report-'));
  beforeAll(async () => {
    browser = await chromiumOfTests();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Opens the report from a file, as from an attachment, and notes everything that it asks for or complains of. */
  async function open(
    summary: ReportSummary,
    { language = 'en', colorScheme = 'light', width = 1200 }: View = {},
  ): Promise<{ readonly page: Page; readonly asked: string[]; readonly complaints: string[] }> {
    const file = join(folder, `${Math.round(performance.now() * 1000)}.html`);
    writeFileSync(file, htmlReport(summary, translateIn(language), language, { timeZone: 'America/Lima' }));
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(pathToFileURL(file).href);
    return { page, asked, complaints };
  }

  test('loads nothing but itself and complains of nothing', async () => {
    const { page, asked, complaints } = await open(summaryWith());
    expect(asked).toEqual([page.url()]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('shows headline, limit, pause, reasons with advice, countries and rejected rows', async () => {
    const { page } = await open(summaryWith());
    for (const heading of [
      'Overview',
      'Over time',
      'Why messages did not go out',
      'By country',
      'Rejected rows',
    ]) {
      expect(await page.getByRole('heading', { name: heading, exact: true }).isVisible()).toBe(true);
    }
    expect(
      await page.getByText('21,840 of 23,105 recipients were accepted for sending: 94.5%.').isVisible(),
    ).toBe(true);
    expect(await page.getByText('Wait at least 24 hours').isVisible()).toBe(true);
    expect(
      await page.getByRole('img', { name: /Busiest at Mar 21, 2026, 09:05 with 1,010/u }).isVisible(),
    ).toBe(true);
    const chart = page.locator('#timeline .drawing.wide svg');
    expect(await chart.locator('path[stroke-dasharray]').first().isVisible()).toBe(true);
    expect(await chart.locator('[fill="var(--pause)"]').count()).toBe(1);
    await page.close();
  });

  test('the numbers of a chart stand in a table that the keyboard opens', async () => {
    const { page } = await open(summaryWith());
    const numbers = page.getByRole('table', { name: 'Recipients by the country of their phone number' });
    expect(await numbers.isVisible()).toBe(false);
    await page.locator('#countries summary').focus();
    await page.keyboard.press('Enter');
    expect(await numbers.getByRole('row', { name: /Mexico 2,904 2,641 190 2 90.9%/u }).isVisible()).toBe(
      true,
    );
    await page.close();
  });

  test('the first key leads past the header', async () => {
    const { page } = await open(summaryWith());
    const skip = page.getByRole('link', { name: 'Skip to the results' });
    await page.keyboard.press('Tab');
    expect((await skip.boundingBox())?.x).toBeGreaterThan(0);
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    await page.close();
  });

  const LOOKS = [
    ['light', 'en', 1200],
    ['dark', 'es', 1200],
    ['light', 'es', 375],
    ['dark', 'en', 375],
  ] as const;
  /** What is wrong with both reports in each look; each language's are opened once. */
  const looked: Partial<Record<'en' | 'es', Promise<readonly (readonly [string, unknown])[]>>> = {};

  async function lookedAt(language: 'en' | 'es'): Promise<readonly (readonly [string, unknown])[]> {
    const interrupted = { ...summaryWith().runs[0], halted: null, ending: 'interrupted' } as RunSpan;
    const counts = { ...summaryWith().counts, pending: 5, failed: 7 };
    const rehearsed = summaryWith({ isSandbox: true, counts, runs: [...summaryWith().runs, interrupted] });
    const found: (readonly [string, unknown])[] = [];
    for (const summary of [summaryWith(), rehearsed]) {
      const { page } = await open(summary, { language });
      expect(await page.evaluate('document.documentElement.lang')).toBe(language);
      for (const [colorScheme, , width] of LOOKS.filter((look) => look[1] === language)) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        found.push([colorScheme, await violations(page)]);
      }
      await page.close();
    }
    return found;
  }

  test.each(LOOKS)('axe finds nothing wrong in %s, %s, %d pixels wide', async (colorScheme, language) => {
    looked[language] ??= lookedAt(language);
    const found = (await looked[language]) ?? [];
    expect(found.filter(([at]) => at === colorScheme)).toEqual([
      [colorScheme, []],
      [colorScheme, []],
    ]);
  });

  test.each([
    ['an ordinary', summaryWith()],
    ['a hostile', hostileSummary()],
    ['an enormous', enormousSummary()],
  ])(
    '%s report fits a phone: no sideways scrolling, and charts with readable letters',
    async (_, summary) => {
      const { page } = await open(summary, { width: 375 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
      expect(await page.locator('#timeline .drawing.wide').isVisible()).toBe(false);
      const letters = page.locator('#timeline .drawing.narrow text').first();
      expect((await letters.boundingBox())?.height).toBeGreaterThan(9);
      await page.close();
    },
  );

  test('hostile names and messages stay text', async () => {
    const { page, asked, complaints } = await open(hostileSummary());
    expect(await page.locator('script, img, iframe, object, embed, form, base').count()).toBe(0);
    expect(await page.evaluate("document.querySelectorAll('[onload], [onerror]').length")).toBe(0);
    expect(await page.title()).toContain('Campaign report: <script>');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(
      '<script>document.title="broken"',
    );
    expect(asked).toEqual([page.url()]);
    expect(complaints).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1200);
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  test('on paper it is dark on white, also for who reads in the dark, and nothing is cut off', async () => {
    const { page } = await open(summaryWith(), { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(22, 32, 43)');
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/gu)?.length ?? 0;
    expect(pages).toBeGreaterThan(1);
    expect(pages).toBeLessThan(8);
    await page.close();
  });
});
