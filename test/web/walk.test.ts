import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { workbookBytes } from '../../src/xlsx/workbook.js';
import { executionsByPhone } from '../sandbox/read-log.js';
import { chromiumOfTests, HAS_CHROMIUM, WITHOUT_CHROMIUM } from '../support/chromium.js';
import { phoneNumber } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';
import { bytesOf } from '../support/xlsx-reading.js';
import { browse, type Sight } from './support/browsing.js';

const GOOD = 45;
/** Behind the good ones: what is wrong with each. */
const WRONG = ['', '', '', '', '', '9.87654E+08', '9.87E+08', '9.9E+08', '12', 'no tiene', '98765', '+1'];
const NAMES = ['María', 'José', 'Rosa', 'Luis', 'Ana', 'Pedro', 'Lucía', 'Jorge'];
const CITIES = ['Lima', 'Cusco', 'Trujillo', 'Arequipa'];
const CAMPAIGN = '/campaigns/cuotas-de-marzo';

/** As somebody keeps her customers: in a sheet, twelve without a phone that is one, and two of them twice. */
async function messyList(): Promise<Buffer> {
  const person = (at: number): string => NAMES[at % NAMES.length] ?? '';
  const city = (at: number): string => CITIES[at % CITIES.length] ?? '';
  const phones = [...Array.from({ length: GOOD }, (_, at) => phoneNumber(at)), ...WRONG];
  const rows = phones.map((phone, at) => [person(at), phone, city(at), `P-${1_000 + at}`]);
  const sheet = [...rows, ...rows.slice(0, 2)];
  const header = ['Nombre', 'Celular', 'Ciudad', 'Pedido'];
  return bytesOf(workbookBytes([{ name: 'Clientes', header: null, rows: [[header, ...sheet]] }]));
}

/** What the documents show. */
/** Pictures of the documents, each with what it begins with: what it is about has to be on it. */
const PICTURES: Readonly<Record<string, string>> = {
  wrong: '.sum',
  message: '.preview',
  send: 'main h2',
  done: '.progress-now',
  people: '.search',
};
/** So much of the page stands above that. */
const ABOVE = 24;

/** Where `npm run screenshots` puts its pictures. */
const FOLDER = 'docs/images';

/** Pictures for the documents, by `npm run screenshots`; with `SCREENSHOTS_WHOLE` of every page, wholly. */
async function shot(page: Page, name: string): Promise<void> {
  const whole = process.env['SCREENSHOTS_WHOLE'] !== undefined;
  const first = PICTURES[name];
  if (process.env['MODE'] !== 'screenshots' || (!whole && first === undefined)) return;
  const language = await page.locator('html').getAttribute('lang');
  const width = page.viewportSize()?.width ?? 0;
  const box = await page
    .locator(first ?? 'body')
    .first()
    .boundingBox();
  const y = Math.max(0, (box?.y ?? 0) + (await page.evaluate<number>('window.scrollY')) - ABOVE);
  const part = whole ? {} : { clip: { x: 0, y, width, height: 560 } };
  await page.screenshot({ path: `${FOLDER}/${name}-${language}.png`, fullPage: true, ...part });
}

/** Without the script, a page that waits for something has to be looked at again. */
async function until(page: Page, there: string): Promise<void> {
  await expect
    .poll(
      async () => {
        if ((await page.locator(there).count()) > 0) return true;
        await page.reload();
        return false;
      },
      { timeout: 60_000, interval: 500 },
    )
    .toBe(true);
}

async function makeCampaign(page: Page): Promise<void> {
  await page.locator('a[href="/new"]').first().click();
  await page.locator('#title').fill('Cuotas de marzo');
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const file = { name: 'clientes marzo.xlsx', mimeType, buffer: await messyList() };
  await page.locator('#list').setInputFiles(file);
  await page.locator('#country').selectOption('PE');
  await shot(page, 'new');
  await page.locator('main form button[type=submit]').click();
  await page.waitForURL(`**${CAMPAIGN}/list`);
  await shot(page, 'list');
}

async function mendThree(page: Page): Promise<void> {
  await page.locator(`.tabs a[href$="/wrong"]`).click();
  await until(page, '.sum');
  await shot(page, 'wrong');
  for (const at of [0, 1, 2]) {
    const row = page.locator(`#row-${GOOD + 2 + at}`);
    await row
      .locator('input.input')
      .first()
      .fill(phoneNumber(200 + at));
    await row.locator('button').click();
    await page.locator('.banner').waitFor();
  }
  await until(page, '.sum');
  expect(await page.locator('.sum').textContent()).toContain(String(GOOD + 3));
}

async function writeMessage(page: Page): Promise<void> {
  await page.locator(`.tabs a[href$="/message"]`).click();
  await page.locator('main a[href$="/message/template"]').click();
  await page.locator('form[action$="/templates"] button').click();
  await page.locator('.banner').waitFor();
  await page.locator('input[value="listed:bienvenida_es"]').check();
  await page.locator('form[action$="/template"] button').click();
  await page.waitForURL(`**${CAMPAIGN}/message`);
  for (const [at, column] of ['Pedido', 'Nombre', 'Ciudad'].entries())
    await page.locator(`[id="v${at}.from"]`).selectOption(`column:${column}`);
  await page.locator('.beside form button[type=submit]').first().click();
  await page.locator('.banner').waitFor();
  await page.goto(`${new URL(page.url()).origin}${CAMPAIGN}/message?row=17`);
  await until(page, '.preview :text("P-1015")');
  await shot(page, 'message');
}

async function checkAndSend(page: Page): Promise<void> {
  await page.locator(`.tabs a[href$="/send"]`).click();
  await until(page, '#go');
  await page.locator('a[href$="/send/settings"]').first().click();
  await page.locator('#first').fill('20');
  await page.locator('#wait').fill('0');
  await shot(page, 'settings');
  await page.locator('main form button[type=submit]').click();
  await until(page, '#go');
  await page.reload();
  await until(page, '#go');
  await shot(page, 'send');
  await page.locator('#to').fill('987 654 321');
  await page.locator('form[action$="/send/test"] button').click();
  await page.waitForURL(/\/send\/test\//u);
  await shot(page, 'test');
  await page.locator(`.tabs a[href$="/send"]`).click();
  await until(page, '#go');
  await page.locator('#go button').click();
  await page.waitForURL(`**${CAMPAIGN}/live`);
  await until(page, 'main table');
  await shot(page, 'live');
  await until(page, '.progress-now:has(.big):not(:has(form[action$="/pause"]))');
  await shot(page, 'done');
}

async function findOne(page: Page): Promise<void> {
  await page.locator(`.tabs a[href$="/people"]`).click();
  await page.locator('#phone').fill(phoneNumber(201).slice(-6));
  await page.locator('.search button').click();
  await shot(page, 'people');
  await page.locator('#found a[href*="/person/"]').click();
  await page.waitForURL(/\/person\//u);
  await shot(page, 'person');
  await page.goto(`${new URL(page.url()).origin}/`);
  await shot(page, 'home');
}

const SIGHTS: readonly (readonly [string, Sight])[] = [
  ['in English', { width: 760 }],
  [
    'in Spanish, dark, on a phone, without the script',
    { language: 'es', colorScheme: 'dark', width: 360, javaScriptEnabled: false },
  ],
];

describe.skipIf(!HAS_CHROMIUM)(`the whole way in a browser${WITHOUT_CHROMIUM}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromiumOfTests();
  });

  test.each(SIGHTS)(
    'a messy Excel file is mended, looked at, sent and found again, %s',
    async (_, sight) => {
      const place = await sendingPlace(1);
      const { page, complaints } = await browse(browser, place, sight);
      await makeCampaign(page);
      await mendThree(page);
      await writeMessage(page);
      await checkAndSend(page);
      await findOne(page);
      const times = [...executionsByPhone(place.logFile).values()];
      // Everybody once, and the test.
      expect(times).toEqual(Array.from({ length: GOOD + 3 + 1 }, () => 1));
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    240_000,
  );
});
