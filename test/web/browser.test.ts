import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HAS_CHROMIUM, launchChromium, violations, WITHOUT_CHROMIUM } from '../support/chromium.js';
import { sendingPlace } from '../support/sending-place.js';
import { browse } from './support/browsing.js';

describe.skipIf(!HAS_CHROMIUM)(`the page in a browser${WITHOUT_CHROMIUM}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  test('a form is taken from a real browser, with its script and without', async () => {
    const place = await sendingPlace(1);
    for (const javaScriptEnabled of [true, false]) {
      const { page, complaints } = await browse(browser, place, { javaScriptEnabled });
      await page.getByRole('link', { name: 'Workspace' }).click();
      await page.getByRole('button', { name: 'Make an address' }).click();
      await page.getByText(/enter\?token=/u).waitFor();
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });

  test('what was sent in the terminal appears while the page is looked at, and the keyboard stays where it was', async () => {
    const place = await sendingPlace(4);
    const { page, complaints } = await browse(browser, place);
    await page.getByRole('link', { name: 'sale' }).focus();
    await place.run(['send', 'sale']);
    await page.locator('#campaigns').getByText('done', { exact: true }).waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('sale');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a server that went away is told, and one that comes back takes that away', async () => {
    const { page, served } = await browse(browser, await sendingPlace(1));
    await served.stop();
    await page.getByText('plazcast does not answer').waitFor();
    await page.context().close();
  });

  test.each([
    ['light', 'en', 1200],
    ['dark', 'es', 1200],
    ['light', 'es', 360],
    ['dark', 'en', 360],
  ] as const)('axe finds nothing wrong in %s, %s, %d pixels wide', async (colorScheme, language, width) => {
    const place = await sendingPlace(3);
    await place.run(['send', 'sale']);
    place.write('broken/campaign.yaml', 'name: broken\n');
    const { page, served, complaints } = await browse(browser, place, { colorScheme, language, width });
    for (const path of ['/', '/campaigns/sale', '/campaigns/broken', '/workspace', '/nothing']) {
      await page.goto(served.url + path);
      expect([path, await violations(page)]).toEqual([path, []]);
      // Nothing is wider than the screen: who reads on a phone scrolls in one direction.
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    }
    expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
    await page.context().close();
  });
});
