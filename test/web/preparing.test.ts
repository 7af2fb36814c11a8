import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { chromiumOfTests, HAS_CHROMIUM, violations, WITHOUT_CHROMIUM } from '../support/chromium.js';
import { phoneNumber } from '../support/run-cli.js';
import { type SendingPlace, sendingPlace } from '../support/sending-place.js';
import { type Browsed, browse, type Sight, sideways } from './support/browsing.js';

const CAMPAIGN = `name: cuotas
template: bienvenida_es
recipients: { file: recipients.csv, country: PE }
variables:
  header: { "1": pedido }
  body:
    "1": "{{ nombre }}"
    "2": "{{ ciudad | default: 'su ciudad' }}"
`;
const LIST = `nombre;celular;ciudad
María;${phoneNumber(1)};Lima
José;${phoneNumber(2)};
Pedro;9.87654E+08;Lima
Ana;;Cusco
Rosa;${phoneNumber(3)};Lima;9
`;

async function preparedPlace(): Promise<SendingPlace> {
  const place = await sendingPlace(1);
  place.write('cuotas/campaign.yaml', CAMPAIGN);
  place.write('cuotas/recipients.csv', LIST);
  return place;
}

describe.skipIf(!HAS_CHROMIUM)(`a campaign is prepared in a browser${WITHOUT_CHROMIUM}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromiumOfTests();
  });

  const open = async (place: SendingPlace, sight: Sight = {}): Promise<Browsed> =>
    browse(browser, place, sight);

  test.each([
    ['with its script', true],
    ['without', false],
  ])('a list becomes a campaign, a row is mended and a message chosen, %s', async (_, javaScriptEnabled) => {
    const place = await sendingPlace(1);
    const { page, complaints } = await open(place, { javaScriptEnabled });
    await page.getByRole('link', { name: 'New campaign' }).first().click();
    await page.getByLabel('Name of the campaign').fill('Cuotas de marzo');
    await page
      .getByLabel('List of people')
      .setInputFiles({ name: 'clientes.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) });
    await page.getByLabel('Country of the phones').selectOption('PE');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('The campaign was made').waitFor();
    await page.getByRole('link', { name: 'Continue: what is wrong' }).click();
    await untilRead(page);
    await page.locator('#row-5').getByLabel('celular').fill('987 654 321');
    await page.locator('#row-5').getByRole('button', { name: 'Save' }).click();
    await page.getByText('Row 5 is right now').waitFor();
    await page.getByRole('link', { name: 'Message', exact: true }).click();
    await page.getByLabel('Filled with').first().selectOption('The same text for everybody');
    await page.locator('[id="v0.text"]').fill('amiga');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your change was saved').waitFor();
    expect(readFileSync(place.path('cuotas-de-marzo/campaign.yaml'), 'utf8')).toMatch(/"1": '?amiga/u);
    expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
    await page.context().close();
  });

  test('a file that is refused comes back with the error in focus, and nothing that was typed is lost', async () => {
    const { page } = await open(await sendingPlace(1));
    await page.goto(`${new URL(page.url()).origin}/new`);
    await page.getByLabel('Name of the campaign').fill('Cuotas');
    await page
      .getByLabel('List of people')
      .setInputFiles({ name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from('%PDF-1.7\u0000') });
    await page.getByLabel('Country of the phones').selectOption('PE');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.locator('.errors:focus').waitFor();
    expect(await page.getByLabel('Name of the campaign').inputValue()).toBe('Cuotas');
    await page.context().close();
  });

  test('what was chosen and not saved is not left without a question; what was saved, or never changed, is', async () => {
    const { page, served } = await open(await preparedPlace());
    await readTemplates(page, served.url);
    const asked: string[] = [];
    let stay = true;
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      return stay ? dialog.dismiss() : dialog.accept();
    });
    const leave = () => page.getByRole('link', { name: 'List', exact: true }).click();
    const chooser = page.getByLabel('Filled with').first();
    const message = `${served.url}/campaigns/cuotas/message`;
    await page.goto(message);
    await chooser.selectOption('The same text for everybody');
    await page.locator('[id="v0.text"]').fill('amiga');
    await leave();
    await expect.poll(() => asked).toEqual(['beforeunload']);
    expect(page.url()).toBe(message);
    expect(await page.locator('[id="v0.text"]').inputValue()).toBe('amiga');
    // A slip comes back unsaved, too.
    await page.locator('[id="v0.text"]').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.errors').waitFor();
    await leave();
    await expect.poll(() => asked).toHaveLength(2);
    await page.locator('[id="v0.text"]').fill('amiga');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your change was saved').waitFor();
    await leave();
    await page.waitForURL(/\/list$/u);
    await page.goto(message);
    await chooser.selectOption('A formula (Liquid)');
    stay = false;
    await leave();
    await page.waitForURL(/\/list$/u);
    expect(asked).toHaveLength(3);
    await page.context().close();
  });

  test('a file that was no list is left without a question: nothing chosen stands there any more', async () => {
    const { page, served } = await open(await preparedPlace());
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      return dialog.accept();
    });
    await page.goto(`${served.url}/campaigns/cuotas/list/upload`);
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'list.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') });
    await page.getByRole('button', { name: 'Use this list' }).click();
    await page.locator('.errors').waitFor();
    await page.locator('a.back').click();
    await page.waitForURL(/\/list$/u);
    expect(asked).toEqual([]);
    await page.context().close();
  });

  test('rows are paged with the keyboard alone: the focus stays on the arrow', async () => {
    const { page, served, complaints } = await open(await preparedPlace());
    await readTemplates(page, served.url);
    await page.goto(`${served.url}/campaigns/cuotas/message`);
    await page.getByText('Row 2').waitFor();
    await page.getByRole('link', { name: 'Next row' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Hola José').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Row 4 is not sent').waitFor();
    expect(await page.evaluate('document.activeElement.dataset.step')).toBe('▶');
    expect(page.url()).toBe(`${served.url}/campaigns/cuotas/message`);
    await page.getByLabel('Row or phone').fill(phoneNumber(1));
    await page.keyboard.press('Enter');
    await page.getByText('Hola María').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test.each([
    ['light', 'es', 1200],
    ['dark', 'en', 320],
  ] as const)('axe finds nothing wrong in %s, %s, %d pixels wide', async (colorScheme, language, width) => {
    const place = await preparedPlace();
    const { page, served, complaints } = await open(place, { colorScheme, language, width });
    await readTemplates(page, served.url);
    const own = [
      'list',
      'list/upload',
      'list/change/phone',
      'list/change/country',
      'list/change/encoding',
      'message',
      'message?row=4',
      'message/template',
      'message/text',
      'message/attachment',
      'wrong',
      'wrong?reason=phone.missing',
    ];
    for (const path of ['/new', ...own.map((each) => `/campaigns/cuotas/${each}`)]) {
      await page.goto(served.url + path);
      await untilRead(page);
      expect([path, await violations(page)]).toEqual([path, []]);
      expect([path, await sideways(page)]).toEqual([path, []]);
      await shot(page, `${path.replaceAll(/\W+/gu, '-')}-${language}-${colorScheme}-${width}`);
    }
    await page.goto(`${served.url}/new`);
    await page.locator('main button[type=submit]').click();
    await page.locator('.errors').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
    await page.context().close();
  });
});

/** Pictures for whoever wants to look: `SHOTS=folder`. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

/** The list is read, and the page that waited for it has made way for the one that shows it. */
async function untilRead(page: Page): Promise<void> {
  await page.locator('main').locator('progress, [data-live-reload]').first().waitFor({ state: 'detached' });
}

async function readTemplates(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/campaigns/cuotas/message/template`);
  await page.locator('form[action$="/templates"] button').click();
  await page.locator('.banner').waitFor();
}
