import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { ACTS_FOR_VARIABLE } from '../../src/core/team/actor.js';
import { countExecutions } from '../sandbox/read-log.js';
import { listedPlace, type SendingPlace, sendingPlace } from '../support/sending-place.js';
import { checkedPage, hiddenFields, liveSays, pressSend, WEEKS_AHEAD } from './support/sending-page.js';
import { type Served, servedPage } from './support/served.js';

const SEND = '/campaigns/sale/send';

/** One page for each person, on the same campaigns and the same ledger. */
async function pageOf(place: SendingPlace, name: string, args: readonly string[] = []): Promise<Served> {
  return servedPage(place, ['--campaigns', '.', ...args], { [ACTS_FOR_VARIABLE]: name });
}

/** Ana prepares and Eva answers, where approval is required. */
async function twoPeople(): Promise<{ place: SendingPlace; ana: Served; eva: Served }> {
  const place = await sendingPlace(3);
  const ana = await pageOf(place, 'Ana', ['--approval', 'required']);
  return { place, ana, eva: await pageOf(place, 'Eva') };
}

async function ask(page: Served, note = ''): Promise<void> {
  const looked = hiddenFields(await checkedPage(page));
  const asked = await page.post(`${SEND}/approval`, { ...looked, note });
  expect(asked.status).toBe(303);
}

async function answer(page: Served, typed: Readonly<Record<string, string>>) {
  const looked = hiddenFields(await checkedPage(page));
  return page.post(`${SEND}/approval/answer`, { ...looked, ...typed });
}

test('a campaign is prepared, asked for, changed, asked for again, approved and sent, and the log tells all of it', async () => {
  const { place, ana, eva } = await twoPeople();
  await ask(ana, 'Spring sale, please look at the price');
  expect((await ana.get('/')).text).toContain('waits for approval');
  expect((await eva.get('/')).text).toContain('asks you to approve it');

  // Somebody changes a setting: what was asked for is void, and nothing of it can be approved.
  const open = hiddenFields(await checkedPage(eva));
  const settings = hiddenFields((await ana.get(`${SEND}/settings`)).text);
  const rate = { ...settings, rate: '30', unit: 's' };
  expect((await ana.post(`${SEND}/settings`, rate)).status).toBe(303);
  const late = await eva.post(`${SEND}/approval/answer`, { ...open, answer: 'approved' });
  expect(late.text).toContain('does not stand any more');
  expect(await checkedPage(ana)).toContain('is void');

  await ask(ana);
  expect((await answer(eva, { answer: 'returned', reason: '' })).text).toContain('Say what has to be mended');
  expect((await answer(eva, { answer: 'approved' })).status).toBe(303);

  expect(await checkedPage(ana)).toContain('another person sends it');
  const looked = await checkedPage(eva);
  expect(looked).toContain('approved exactly this');
  expect((await pressSend(eva, looked)).status).toBe(303);
  await liveSays(eva, 'Finished');
  expect(countExecutions(place.logFile)).toBe(3);

  const exported = await place.run(['log', 'export', '--format', 'jsonl', '--campaign', 'sale']);
  const told = exported.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { action: string; by: string; place: string })
    .map(({ action, by, place: where }) => `${action} ${by} ${where}`);
  expect(told).toEqual([
    'approval-asked Ana page',
    'campaign-edited Ana page',
    'approval-voided Ana page',
    'approval-asked Ana page',
    'approval-approved Eva page',
    'send-asked Eva page',
    'run-begun Eva page',
    'run-ended Eva page',
  ]);
  const { text } = await eva.get('/workspace/log?by=Eva');
  expect(text).toContain('Approved');
  expect(text).not.toContain('Campaign edited');
});

test('it is returned with a reason, and taken back by who asked', async () => {
  const { ana, eva } = await twoPeople();
  await ask(ana);
  expect((await answer(eva, { answer: 'returned', reason: 'The <b>price</b> is wrong' })).status).toBe(303);
  expect(await checkedPage(ana)).toContain('The &lt;b&gt;price&lt;/b&gt; is wrong');
  await ask(ana);
  const open = hiddenFields(await checkedPage(eva));
  const looked = hiddenFields(await checkedPage(ana));
  expect((await ana.post(`${SEND}/approval/withdraw`, looked)).status).toBe(303);
  const late = await eva.post(`${SEND}/approval/answer`, { ...open, answer: 'approved' });
  expect(late.text).toContain('does not stand any more');
});

test('a form that sends without an approval sends nothing', async () => {
  const { place, ana } = await twoPeople();
  const looked = hiddenFields(await checkedPage(ana));
  const key = '00000000-0000-4000-8000-000000000001';
  const sent = await ana.post(SEND, { ...looked, launch_key: key, when: 'now' });
  expect(sent.text).toContain('needs the approval of a second person');
  expect(countExecutions(place.logFile)).toBe(0);
});

test('without users nobody can require an approval on the page', async () => {
  const page = await servedPage(await sendingPlace(1));
  const answer = await page.post('/workspace/approval', { approval: 'required' });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('add users first');
  expect((await page.post('/workspace/approval', { approval: 'off' })).status).toBe(303);
});

test('whose answer comes when the other one has approved and sent is told that it came to nothing', async () => {
  const { place, ana, eva } = await twoPeople();
  const zoe = await pageOf(place, 'Zoe');
  await ask(ana);
  const open = hiddenFields(await checkedPage(zoe));
  expect((await answer(eva, { answer: 'approved' })).status).toBe(303);
  expect((await pressSend(eva, await checkedPage(eva), WEEKS_AHEAD)).status).toBe(303);
  const late = await zoe.post(`${SEND}/approval/answer`, {
    ...open,
    answer: 'returned',
    reason: 'The price',
  });
  expect(late.status).toBe(422);
  expect(late.text).toContain('Eva has answered already');
});

/** Eva approves before anybody knows the template's text; then she reads it. */
async function approvedUnread(): Promise<{ place: SendingPlace; eva: Served }> {
  const place = await listedPlace(3);
  const ana = await pageOf(place, 'Ana', ['--approval', 'required']);
  const eva = await pageOf(place, 'Eva');
  await ask(ana);
  expect((await answer(eva, { answer: 'approved' })).status).toBe(303);
  const list = hiddenFields((await eva.get('/campaigns/sale/message/template')).text);
  expect((await eva.post('/campaigns/sale/message/templates', list)).status).toBe(303);
  return { place, eva };
}

test('what was approved before the template’s text was known stands when it is', async () => {
  const { place, eva } = await approvedUnread();
  const looked = await checkedPage(eva);
  expect(looked).not.toContain('is not known');
  expect(looked).toContain('approved exactly this');
  await pressSend(eva, looked);
  await liveSays(eva, 'Finished');
  expect(countExecutions(place.logFile)).toBe(3);
});

test('who was shown a text sends no other one, although it was approved before any was known', async () => {
  const { place, eva } = await approvedUnread();
  const db = new Database(place.ledger);
  db.exec("UPDATE template_lists SET read_at = read_at + 1, templates = replace(templates, 'Hola', 'Adiós')");
  db.close();
  const looked = await checkedPage(eva);
  expect(looked).toContain('Adiós');
  expect((await pressSend(eva, looked)).status).toBe(303);
  await liveSays(eva, 'The template, its text');
  expect(countExecutions(place.logFile)).toBe(0);
});
