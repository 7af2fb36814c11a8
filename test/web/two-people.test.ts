import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { countExecutions } from '../sandbox/read-log.js';
import { chromiumOfTests, HAS_CHROMIUM, WITHOUT_CHROMIUM } from '../support/chromium.js';
import { sendingPlace } from '../support/sending-place.js';
import type { Sight } from './support/browsing.js';
import { PASSWORD, teamPage, withUsers } from './support/team.js';

const SEND = '/campaigns/sale/send';

/** Pictures for whoever wants to look: `SHOTS=folder`. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

/** The page that checks, once the check is over. */
async function checked(page: Page): Promise<void> {
  // What the other one did makes this page load itself anew; where that comes between, it is gone to once more.
  await vi.waitFor(() => page.goto(new URL(SEND, page.url()).href), { timeout: 60_000, interval: 100 });
  await page.locator('#go').waitFor({ timeout: 60_000 });
}

/** Presses a button, and waits for the page that comes: what stood on the one before is no sign of it. */
async function press(page: Page, button: string): Promise<void> {
  const loaded = page.waitForEvent('load');
  await page.locator(button).click();
  await loaded;
}

describe.skipIf(!HAS_CHROMIUM)(`two people in two browsers${WITHOUT_CHROMIUM}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromiumOfTests();
  });

  /** Somebody's own browser, logged in. */
  async function loggedIn(url: string, name: string, { language, colorScheme, width = 1200 }: Sight) {
    const locale = language === 'es' ? 'es-PE' : 'en-US';
    const viewport = { width, height: 900 };
    const context = await browser.newContext({ viewport, locale, colorScheme: colorScheme ?? 'light' });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(url);
    await page.locator('[name=name]').fill(name);
    await page.locator('[name=password]').fill(PASSWORD);
    await shot(page, `login-${name}`);
    await page.locator('main form button[type=submit]').first().click();
    await page.locator('form.who').waitFor();
    return { page, complaints };
  }

  test('a campaign is asked for, changed, asked for again, approved by the other one and sent', async () => {
    const place = await sendingPlace(3);
    await withUsers(place, { ana: ['admin', 'marketer'], eva: ['sender'] });
    const { url } = await teamPage(place, ['--approval', 'required']);
    const { page: ana, complaints } = await loggedIn(url, 'ana', {});
    const { page: eva, complaints: hers } = await loggedIn(url, 'eva', {
      language: 'es',
      colorScheme: 'dark',
      width: 360,
    });
    await checked(ana);
    await shot(ana, 'ask');
    await ana.locator('[name=note]').fill('Spring sale: please look at the price');
    await press(ana, 'form[action$="/send/approval"] button');
    await ana.locator('.banner').waitFor();
    await eva.goto(url);
    await shot(eva, 'home-of-who-answers');
    await checked(eva);
    await eva.getByText('Spring sale: please look at the price').waitFor();
    await shot(eva, 'answer');

    await ana.goto(`${url}${SEND}/settings`);
    await ana.locator('#rate').fill('30');
    await ana.locator('main form button[type=submit]').first().click();
    await ana.waitForURL(`**${SEND}`);
    await checked(ana);
    await shot(ana, 'void');
    await press(eva, 'button[value=approved]');
    await eva.locator('.errors').waitFor();
    await shot(eva, 'late-answer');
    expect(countExecutions(place.logFile)).toBe(0);

    await press(ana, 'form[action$="/send/approval"] button');
    await ana.locator('.banner').waitFor();
    await checked(eva);
    await press(eva, 'button[value=approved]');
    await eva.locator('.banner').waitFor();
    await checked(ana);
    await shot(ana, 'approved-not-hers');
    expect(await ana.locator('#go button').count()).toBe(0);
    await checked(eva);
    await shot(eva, 'approved');
    await eva.locator('#go button').last().click();
    await eva.waitForURL('**/campaigns/sale/live');
    await expect.poll(() => countExecutions(place.logFile), { timeout: 60_000 }).toBe(3);

    await ana.goto(`${url}/workspace/log`);
    await shot(ana, 'log');
    const told = await ana.locator('main table').textContent();
    for (const name of ['ana', 'eva']) expect(told).toContain(name);
    await eva.goto(`${url}/workspace/users`);
    await shot(eva, 'refused');
    expect([...complaints, ...hers].filter((text) => !/40[13]|422/u.test(text))).toEqual([]);
  });
});
