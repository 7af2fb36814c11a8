import { renameSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { chromiumOfTests, HAS_CHROMIUM, violations, WITHOUT_CHROMIUM } from '../support/chromium.js';
import { phoneNumber } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';
import { browse, sideways } from './support/browsing.js';

const PATHS = [
  '/',
  '/campaigns/sale',
  '/campaigns/broken',
  '/workspace',
  '/workspace/no-contact',
  '/workspace/no-contact/add',
  '/workspace/no-contact/import',
  '/workspace/connection',
  '/workspace/templates',
  '/workspace/lists',
  '/workspace/lists?from=chatbotx',
  '/workspace/backup',
  '/workspace/forget',
  '/workspace/users',
  '/workspace/log',
  '/nothing',
];

const LOOKS = [
  ['light', 'en', 1200],
  ['dark', 'es', 1200],
  ['light', 'es', 320],
  ['dark', 'en', 320],
] as const;
type Language = (typeof LOOKS)[number][1];

const PRESS_AS_IT_CHANGES = `new MutationObserver(() => {
  const button = document.querySelector('form[action$="/live/resume"] button');
  if (button === null || document.body.dataset.pressed !== undefined) return;
  document.body.dataset.pressed = 'yes';
  button.click();
}).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })`;

const PRESS_ON = `setInterval(() => document.querySelector('form[action$="/live/resume"] button')?.click(), 100)`;

/** What is wrong with each screen in each look. */
interface LookedAt {
  readonly found: (readonly [look: string, path: string, violations: unknown, sideways: unknown])[];
  readonly complaints: readonly string[];
}

/** Each language's screens are opened once, and looked at in both ways. */
const looked: Partial<Record<Language, Promise<LookedAt>>> = {};

async function lookedAt(browser: Browser, language: Language): Promise<LookedAt> {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale']);
  place.write('broken/campaign.yaml', 'name: broken\n');
  await place.run(['suppress', 'add', `+${phoneNumber(7)}`, '--reason', 'asked']);
  await place.run(['templates']);
  const { page, served, complaints } = await browse(browser, place, { language });
  const found: LookedAt['found'] = [];
  for (const path of PATHS) {
    await page.goto(served.url + path);
    for (const look of LOOKS.filter((each) => each[1] === language)) {
      const [colorScheme, , width] = look;
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      found.push([look.join(), path, await violations(page), await sideways(page)]);
    }
  }
  await page.context().close();
  return { found, complaints };
}

describe.skipIf(!HAS_CHROMIUM)(`the page in a browser${WITHOUT_CHROMIUM}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromiumOfTests();
  });

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

  test('a press meant for Pause does not resume, when somebody else pauses in the same moment', async () => {
    const place = await sendingPlace(300, { rate: '2/s' });
    const { page, served, complaints } = await browse(browser, place);
    const resumed: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/live/resume')) resumed.push(request.method());
    });
    const run = place.start(['send', 'sale']);
    await page.locator('form[action$="/live/pause"] button').waitFor();
    // The finger is on its way: it comes down as soon as the other button stands there.
    await page.evaluate(PRESS_AS_IT_CHANGES);
    await served.post('/campaigns/sale/live/pause', {});
    await page.locator('[data-pressed]').waitFor({ state: 'attached' });
    expect(resumed).toEqual([]);
    const asked = page.waitForRequest((request) => request.url().endsWith('/live/resume'));
    await page.evaluate(PRESS_ON);
    await asked;
    expect(resumed).toEqual(['POST']);
    await served.post('/campaigns/sale/live/cancel', {});
    await run.ended;
    expect(complaints).toEqual([]);
  });

  test('a server that went away is told, and one that comes back takes that away', async () => {
    const { page, served } = await browse(browser, await sendingPlace(1));
    await served.stop();
    await page.getByText('plazcast does not tell how it stands').waitFor();
    expect(await page.locator('#lost').textContent()).not.toContain('folder');
    await page.context().close();
  });

  test('a campaign whose folder gets another name while somebody watches it is not shown on as it was then', async () => {
    const place = await sendingPlace(300, { rate: '2/s' });
    const { page, served } = await browse(browser, place);
    const run = place.start(['send', 'sale']);
    await page.locator('form[action$="/live/pause"] button').waitFor();
    await page.goto(`${new URL(page.url()).origin}/campaigns/sale/live`);
    await page.getByText('You can close this window; sending goes on.').waitFor();
    renameSync(place.path('sale'), place.path('other'));
    await page.getByText('folder is gone, or has another name').waitFor();
    renameSync(place.path('other'), place.path('sale'));
    await page.getByText('folder is gone, or has another name').waitFor({ state: 'detached' });
    await served.post('/campaigns/sale/live/cancel', {});
    await run.ended;
    await page.context().close();
  });

  test('with the keyboard alone a number comes onto the list; a wrong one is told where the reader is', async () => {
    const { page, complaints } = await browse(browser, await sendingPlace(1));
    await page.goto(`${new URL(page.url()).origin}/workspace/no-contact/add`);
    await page.getByLabel('Phone numbers').focus();
    await page.keyboard.type('nonsense');
    await page.getByRole('button', { name: 'Add to the list' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    // The summary has the focus; the first key leads into it, and from there to the field.
    await expect.poll(() => page.evaluate('document.activeElement.className')).toBe('errors');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('numbers');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(`+${phoneNumber(3)}`);
    await page.getByRole('button', { name: 'Add to the list' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('1 person added').waitFor();
    expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
    await page.context().close();
  });

  test('on paper there is what is to be read, and nothing to fill in or press', async () => {
    const place = await sendingPlace(2);
    await place.run(['send', 'sale']);
    const { page, served } = await browse(browser, place);
    await page.goto(`${served.url}/campaigns/sale/people`);
    const search = page.locator('form.search');
    expect(await search.isVisible()).toBe(true);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#reasons').isVisible()).toBe(true);
    for (const part of [search, page.locator('#reports'), page.locator('button').first()])
      expect(await part.isVisible()).toBe(false);
  });

  test.each([
    ['/', ['main h1', 'main table'], ['.actions a.button']],
    ['/campaigns/sale/send', ['.summary', '#who', '#sample'], ['.change a', '#try', '#go']],
    ['/workspace/no-contact', ['main h1', 'main .lead'], ['a.button', '#look-up h2']],
    ['/campaigns/sale/people?sandbox=yes', ['#reasons'], ['#audit']],
  ])(
    'on paper, %s has no link that changes something and no heading over nothing',
    async (path, read, pressed) => {
      const place = await sendingPlace(2);
      await place.run(['send', 'sale', '--sandbox']);
      const { page, served } = await browse(browser, place, { language: 'es' });
      await page.goto(served.url + path);
      const seen = (parts: readonly string[]) =>
        Promise.all(parts.map((part) => page.locator(part).first().isVisible()));
      for (const part of [...read, ...pressed]) await page.locator(part).first().waitFor({ timeout: 60_000 });
      await page.emulateMedia({ media: 'print' });
      expect(await seen(read)).toEqual(read.map(() => true));
      expect(await seen(pressed)).toEqual(pressed.map(() => false));
    },
  );

  test('what is wider than the screen is seen', async () => {
    const { page } = await browse(browser, await sendingPlace(1), { width: 320 });
    expect(await sideways(page)).toEqual([]);
    await page.evaluate(
      "document.querySelector('main').innerHTML = '<pre style>' + 'x'.repeat(999) + '</pre>'",
    );
    expect(await sideways(page)).toEqual([expect.stringMatching(/^the page: \d+ of 320$/u)]);
    await page.context().close();
  });

  test.each(LOOKS)('axe finds nothing wrong in %s, %s, %d pixels wide', async (...look) => {
    looked[look[1]] ??= lookedAt(browser, look[1]);
    const { found = [], complaints = [] } = (await looked[look[1]]) ?? {};
    expect(found.filter(([at]) => at === look.join())).toEqual(
      PATHS.map((path) => [look.join(), path, [], []]),
    );
    expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
  });
});
