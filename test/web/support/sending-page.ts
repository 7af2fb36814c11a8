import { vi } from 'vitest';
import { executionsByPhone } from '../../sandbox/read-log.js';
import type { SendingPlace } from '../../support/sending-place.js';
import type { PageAnswer, Served } from './served.js';

/** The fields of a page that are not typed, by name; of several with one name, the last. */
export function hiddenFields(text: string): Readonly<Record<string, string>> {
  const found = text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/gu);
  return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, value]));
}

const WEEKS_MS = 45 * 86_400_000;

/** What is typed for a time some weeks ahead. */
export const WEEKS_AHEAD = {
  when: 'later',
  start_day: new Date(Date.now() + WEEKS_MS).toISOString().slice(0, 10),
  start_time: '09:00',
};

/** The page on which a campaign is checked and sent, once its check is there. */
export async function checkedPage(page: Served, path = '/campaigns/sale/send'): Promise<string> {
  return vi.waitFor(
    async () => {
      const { text } = await page.get(path);
      if (!text.includes('id="go"')) throw new Error(`no check yet: ${text}`);
      return text;
    },
    { timeout: 60_000, interval: 200 },
  );
}

/** Presses Send on a page that was looked at, with what was typed. */
export function pressSend(
  page: Served,
  looked: string,
  typed: Readonly<Record<string, string>> = {},
): Promise<PageAnswer> {
  return page.post('/campaigns/sale/send', { ...hiddenFields(looked), when: 'now', ...typed });
}

/** The live page, once it says this. */
export async function liveSays(
  page: Served,
  said: string | RegExp,
  path = '/campaigns/sale/live/now',
): Promise<string> {
  return vi.waitFor(
    async () => {
      const { text } = await page.get(path);
      const isSaid = typeof said === 'string' ? text.includes(said) : said.test(text);
      if (!isSaid) throw new Error(`${String(said)} is not in: ${text}`);
      return text;
    },
    { timeout: 60_000, interval: 100 },
  );
}

/** How often each person got it, as the provider counts. */
export function timesEach({ logFile }: SendingPlace): readonly number[] {
  return [...executionsByPhone(logFile).values()];
}

/** So many people, each once. */
export function onceEach(people: number): readonly number[] {
  return Array.from({ length: people }, () => 1);
}
