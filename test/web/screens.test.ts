import type { Browser } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { faultRule } from '../../src/sandbox/faults/rules.js';
import { chromiumOfTests, HAS_CHROMIUM, violations, WITHOUT_CHROMIUM } from '../support/chromium.js';
import { recipientsCsv } from '../support/run-cli.js';
import { type SendingPlace, sendingPlace } from '../support/sending-place.js';
import { browse, sideways } from './support/browsing.js';

const SPRING = `name: spring
template: sale_es
recipients: r.csv
rate: 20/s
text: { header: Primavera, body: "Hola {{1}}", footer: Responda BAJA, buttons: [Pagar] }
schedule: { window: "00:00-23:59", days: mon-sat, timezone: America/Lima }
`;
/** Each, and what is there once it has come. */
const STATES = [
  ['/campaigns/sale/people', '#reasons'],
  ['/campaigns/sale/people/person/51987000002', '#fate'],
  ['/campaigns/sale/people?status=refused', '#found'],
  ['/campaigns/sale/live', 'main table'],
  ['/campaigns/spring', '.tabs'],
  ['/campaigns/spring/send', '#go'],
  ['/campaigns/spring/send/settings', '#rate'],
] as const;

/** One campaign that went wrong in several ways, and one that is about to be sent. */
async function place(): Promise<SendingPlace> {
  const made = await sendingPlace(0, {}, { faults: [faultRule('by-number')] });
  const odd = ['51987000002', '51987001026', '51987001049'].map((phone) => `+${phone},Ana\n`);
  made.write('sale/recipients.csv', `phone,body.1\n${odd.join('')}+51911002110,Luis\n12345,Bad\n`);
  await made.run(['send', 'sale']);
  made.write('spring/campaign.yaml', SPRING);
  made.write('spring/r.csv', recipientsCsv(501));
  return made;
}

describe.skipIf(!HAS_CHROMIUM)(`check and send, live, people in a browser${WITHOUT_CHROMIUM}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromiumOfTests();
  });

  test.each([
    ['es', 'dark', 320],
    ['en', 'light', 1200],
  ] as const)(
    'axe finds nothing wrong in %s, %s, %d pixels wide, and nothing is complained of',
    async (language, colorScheme, width) => {
      const { page, served, complaints } = await browse(browser, await place(), {
        language,
        colorScheme,
        width,
      });
      for (const [path, there] of STATES) {
        await page.goto(served.url + path);
        await page.locator(there).first().waitFor();
        expect([path, await violations(page)]).toEqual([path, []]);
        expect([path, await sideways(page)]).toEqual([path, []]);
        // Columns that are squeezed to a letter make a page without end.
        expect(await page.evaluate('document.documentElement.scrollHeight')).toBeLessThan(7_000);
      }
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    120_000,
  );

  test('on a phone, what became of everybody is read without scrolling to the side', async () => {
    const { page, served } = await browse(browser, await place(), { width: 390 });
    await page.goto(`${served.url}/campaigns/sale/people`);
    await page.locator('#reasons').waitFor();
    const widths =
      "(({ clientWidth, scrollWidth }) => [clientWidth, scrollWidth])(document.querySelector('#reasons .table'))";
    const [shown, whole] = (await page.evaluate(widths)) as [number, number];
    expect(whole).toBe(shown);
    // Its heads are still there for who cannot see that it is a table.
    expect(await page.getByRole('columnheader').count()).toBe(4);
    await page.context().close();
  });

  test('it is sent by the keyboard alone', async () => {
    const { page, served, complaints } = await browse(browser, await place());
    await page.goto(`${served.url}/campaigns/spring/send`);
    await page.locator('#typed_people').focus();
    await page.keyboard.type('501');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Send to 501 people');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/live$/u);
    await page.getByText('You can close this window; sending goes on.').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
