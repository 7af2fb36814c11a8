import type { Browser, FileChooser, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { countExecutions } from '../sandbox/read-log.js';
import { chromiumOfTests, HAS_CHROMIUM, WITHOUT_CHROMIUM } from '../support/chromium.js';
import { phoneNumber } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';
import { browse } from './support/browsing.js';
import { follow, press, requireFocus, tabTo, typeIn } from './support/keyboard.js';

const CAMPAIGN = '/campaigns/cuotas';
const PEOPLE = 5;
/** As somebody keeps her customers: one phone is none. */
const MESSY = [
  'Nombre;Celular;Ciudad;Pedido',
  ...Array.from({ length: PEOPLE }, (_, at) => `Ana ${at};${phoneNumber(at)};Lima;P-${at}`),
  'Luis;no tiene;Cusco;P-99',
].join('\n');

const focused = (page: Page, what: string): Promise<unknown> =>
  page.evaluate(`document.activeElement.${what}`);

async function makeCampaign(page: Page): Promise<void> {
  await follow(page, 'a[href="/new"]');
  // Nothing is filled in: the summary has the focus, and its first link leads to the field.
  await follow(page, 'main form button[type=submit]');
  await page.locator('.errors:focus').waitFor();
  await requireFocus(page);
  await press(page, '.errors a');
  expect(await focused(page, 'id')).toBe('title');
  await requireFocus(page);
  await page.keyboard.type('Cuotas');
  await tabTo(page, '#list');
  const chooser = await openChooser(page);
  await chooser.setFiles({ name: 'clientes.csv', mimeType: 'text/csv', buffer: Buffer.from(MESSY) });
  await tabTo(page, '#country');
  await page.keyboard.type('Peru');
  await press(page, 'main form button[type=submit]');
  await page.waitForURL(`**${CAMPAIGN}/list`);
}

/**
 * Presses Space on a field for a file. Chromium opens its dialog only within five seconds of the key going down, and does nothing
 * where a busy machine takes longer: then it is pressed once more, as anybody would.
 */
async function openChooser(page: Page): Promise<FileChooser> {
  for (;;) {
    const opened = page.waitForEvent('filechooser', { timeout: 6_000 }).catch(() => null);
    await page.keyboard.press('Space');
    const chooser = await opened;
    if (chooser !== null) return chooser;
  }
}

async function mendRow(page: Page): Promise<void> {
  await follow(page, '.tabs a[href$="/wrong"]');
  await page.locator('.sum').waitFor();
  const row = `#row-${PEOPLE + 2}`;
  await typeIn(page, `${row} input.input`, '12');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  await page.locator('.errors:focus').waitFor();
  await requireFocus(page);
  await typeIn(page, `${row} input.input`, phoneNumber(200));
  await follow(page, `${row} button`);
  await page.locator('.banner').waitFor();
}

async function writeMessage(page: Page): Promise<void> {
  await follow(page, '.tabs a[href$="/message"]');
  await follow(page, 'main a[href$="/message/template"]');
  await follow(page, 'form[action$="/templates"] button');
  await page.locator('.banner').waitFor();
  await tabTo(page, 'input[name=template]');
  for (let at = 0; at < 40 && (await focused(page, 'value')) !== 'listed:bienvenida_es'; at += 1) {
    await page.keyboard.press('ArrowDown');
    await requireFocus(page);
  }
  await follow(page, 'form[action$="/template"] button');
  await page.waitForURL(`**${CAMPAIGN}/message`);
  for (const [at, column] of ['Pedido', 'Nombre', 'Ciudad'].entries()) {
    await tabTo(page, `[id="v${at}.from"]`);
    await chooseColumn(page, column);
  }
  await follow(page, '.beside form button[type=submit]');
  await page.locator('.banner').waitFor();
}

/** In a list that opens, arrows go from choice to choice. */
async function chooseColumn(page: Page, column: string): Promise<void> {
  await page.keyboard.press('Home');
  for (let at = 0; at < 20 && (await focused(page, 'value')) !== `column:${column}`; at += 1)
    await page.keyboard.press('ArrowDown');
  expect(await focused(page, 'value')).toBe(`column:${column}`);
}

/** To the end of the rows: the arrow is gone there, and the focus is not. */
async function pageRows(page: Page): Promise<void> {
  await tabTo(page, '[data-step="▶"]');
  for (let row = 0; row < PEOPLE + 1; row += 1) {
    const before = await page.locator('.preview .rows').first().textContent();
    if ((await page.locator('[data-step="▶"]').count()) === 0) break;
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.preview .rows').first().textContent()).not.toBe(before);
    await requireFocus(page);
  }
  expect(await page.evaluate("document.activeElement.closest('.preview') !== null")).toBe(true);
}

async function sendFirst(page: Page): Promise<void> {
  await follow(page, '.tabs a[href$="/send"]');
  await page.locator('#go').waitFor({ timeout: 60_000 });
  await follow(page, 'a[href$="/send/settings"]');
  await typeIn(page, '#first', '2');
  await typeIn(page, '#wait', '1');
  await follow(page, 'main form button[type=submit]');
  await page.locator('.banner').waitFor();
  await page.locator('#go').waitFor({ timeout: 60_000 });
  await follow(page, '#go button');
  await page.waitForURL(`**${CAMPAIGN}/live`);
}

describe.skipIf(!HAS_CHROMIUM)(`the keyboard alone${WITHOUT_CHROMIUM}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromiumOfTests();
  });

  test('a messy list is mended and sent to a first group, and the focus is always there to be seen', async () => {
    const place = await sendingPlace(1);
    const { page, complaints } = await browse(browser, place);
    await makeCampaign(page);
    await mendRow(page);
    await writeMessage(page);
    await pageRows(page);
    await sendFirst(page);
    // The first group has it, and the rest waits.
    await expect.poll(() => countExecutions(place.logFile), { timeout: 90_000 }).toBe(2);
    await page.locator('form[action$="/pause"] button').waitFor();
    await press(page, 'form[action$="/pause"] button', 'Space');
    await page.locator('form[action$="/resume"] button').waitFor();
    await tabTo(page, 'a[href$="/live/cancel"]');
    await tabTo(page, 'form[action$="/resume"] button', 'Shift+Tab');
    // Somebody else takes the run away while the button has the focus.
    await place.run(['cancel', 'cuotas', '--yes']);
    await page.getByText('Canceled').first().waitFor();
    await page.locator('form[action$="/live/pause"]').waitFor({ state: 'detached' });
    await requireFocus(page);
    expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
    await page.context().close();
  });
});
