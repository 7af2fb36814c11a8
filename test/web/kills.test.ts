import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { executionsByPhone } from '../sandbox/read-log.js';
import { campaignYaml, type RunningCli, recipientsCsv } from '../support/run-cli.js';
import { type SendingPlace, sendingPlace } from '../support/sending-place.js';
import { checkedPage, hiddenFields } from './support/sending-page.js';
import { enteredPage, type Served } from './support/served.js';

/** A few in the suite; `PAGE_KILLS=50` with `PAGE_KILLS_PEOPLE=2000` for the long one. */
const ROUNDS = Number(process.env['PAGE_KILLS'] ?? 3);
const PEOPLE = Number(process.env['PAGE_KILLS_PEOPLE'] ?? 60);
const LONGEST_MS = 4_000;

/** A server of its own, which can be killed, and a browser in it. */
async function server(place: SendingPlace): Promise<{ readonly run: RunningCli; readonly page: Served }> {
  const run = place.start(['serve', '--port', '0', '--no-open', '--campaigns', '.']);
  let said = '';
  run.process.stdout?.on('data', (text: string) => {
    said += text;
  });
  await run.says('/enter?token=');
  return { run, page: await enteredPage(said, async () => (await run.ended).code ?? 0) };
}

/** Sends what is left of the campaign by the page, as a person would who finds it stopped. */
async function send(page: Served, path: string): Promise<void> {
  const looked = await page.get(`${path}/send`);
  if (!looked.text.includes('name="launch_key"')) return;
  const typed_people = hiddenFields(looked.text)['people'] ?? '';
  await page.post(`${path}/send`, { ...hiddenFields(looked.text), when: 'now', typed_people });
}

/** Kills whatever process of the campaign is there: the run that the lock names. */
async function killRun(place: SendingPlace, name: string): Promise<void> {
  const { json } = await place.json(['status', name]).catch(() => ({ json: {} as Record<string, unknown> }));
  const running = json['running'] as { readonly pid?: number } | null | undefined;
  try {
    if (running?.pid !== undefined) process.kill(running.pid, 'SIGKILL');
  } catch {
    // It ended by itself a moment ago.
  }
}

test(
  'server and run are killed at any moment, in any order: nobody gets it twice, and nobody is lost',
  async () => {
    const place = await sendingPlace(0);
    for (let round = 0; round < ROUNDS; round += 1) {
      const name = `round-${round}`;
      place.write(`${name}/campaign.yaml`, campaignYaml({ name, rate: `${Math.ceil(PEOPLE / 3)}/s` }));
      place.write(`${name}/recipients.csv`, recipientsCsv(PEOPLE, round * PEOPLE));
      const path = `/campaigns/${name}`;
      const first = await server(place);
      await checkedPage(first.page, `${path}/send`);
      await send(first.page, path);
      await delay(Math.random() * LONGEST_MS);
      if (round % 3 !== 1) first.run.process.kill('SIGKILL');
      if (round % 3 !== 0) await killRun(place, name);
      if (round % 3 === 1) first.run.process.kill('SIGKILL');
      await first.run.ended;
      const second = await server(place);
      await expect
        .poll(
          async () => {
            const { text } = await second.page.get(`${path}/live/now`);
            // What nobody sends goes on once a person says so; who is uncertain stays that.
            if (/still to be sent to|nothing was sent|nothing of this campaign/iu.test(text))
              await send(second.page, path);
            else if (text.includes('on their way when sending broke off') || text.includes('on its way when'))
              await second.page.post(`${path}/people/settle`, {});
            return text.replace(/<[^>]*>/gu, ' ');
          },
          { interval: 500, timeout: 120_000 },
        )
        .toContain('Finished');
      second.run.process.kill('SIGKILL');
      await requireEach(place, name, round);
    }
  },
  ROUNDS * 150_000,
);

/** Everybody of a round: once at the provider, or uncertain in the ledger and at most once. */
async function requireEach(place: SendingPlace, name: string, round: number): Promise<void> {
  const { json } = await place.json(['status', name]);
  const counts = json['counts'] as Readonly<Record<string, number>>;
  const times = executionsByPhone(place.logFile);
  const first = 10_000_000 + round * PEOPLE;
  const each = Array.from({ length: PEOPLE }, (_, index) => times.get(`519${first + index}`) ?? 0);
  expect(each.filter((count) => count > 1)).toEqual([]);
  const missing = each.filter((count) => count === 0).length;
  expect(missing).toBeLessThanOrEqual(counts['uncertain'] ?? 0);
  expect([counts['recipients'], (counts['accepted'] ?? 0) + (counts['uncertain'] ?? 0)]).toEqual([
    PEOPLE,
    PEOPLE,
  ]);
}
