import { copyFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { countExecutions } from '../sandbox/read-log.js';
import { campaignYaml, recipientsCsv } from '../support/run-cli.js';
import { API_KEY, listedPlace, sendingPlace } from '../support/sending-place.js';
import {
  checkedPage,
  hiddenFields,
  liveSays,
  onceEach,
  pressSend,
  timesEach,
} from './support/sending-page.js';
import { type Fields, type Served, servedPage } from './support/served.js';

const SLOW = { rate: '5/s' };

test('who gets it and who does not adds up to the file, and every answer leads to where it is changed', async () => {
  const place = await sendingPlace(3, {
    rate: '20/s',
    schedule: '{ window: "09:00-20:00", days: mon-sat }',
    canary: '{ first: 2, wait: 10m, maxFailures: 5% }',
    limits: '{ perDay: 1000 }',
  });
  const [, first = ''] = place.read('sale/recipients.csv').split('\n');
  place.write('sale/recipients.csv', `${place.read('sale/recipients.csv')}${first}\n12345,Bad\n`);
  const page = await servedPage(place);
  const text = await checkedPage(page);
  expect(text).toContain('3 people get it now');
  expect(text).toContain('20 per second');
  expect(text).toContain('09:00 to 20:00 · Mon, Tue, Wed, Thu, Fri, and Sat');
  expect(text).toContain('2 people first, then 10 minutes of waiting');
  expect(text).toContain('1,000 people in any 24 hours');
  const who = text.slice(text.indexOf('id="who"'), text.indexOf('id="sample"'));
  const numbers = [...who.matchAll(/<td class="number">(?:<strong>)?(\d+)/gu)].map(([, count]) =>
    Number(count),
  );
  expect(numbers).toEqual([3, 1, 1, 5]);
  for (const tab of ['list', 'message', 'send/settings', 'wrong'])
    expect(text).toContain(`href="/campaigns/sale/${tab}"`);
});

test('who is gone from the file is told among the remarks, and the parts add up to the file without them', async () => {
  const place = await sendingPlace(5);
  await place.json(['send', 'sale', '--limit', '2']);
  place.write('sale/recipients.csv', recipientsCsv(2, 1));
  const text = await checkedPage(await servedPage(place));
  expect(text).toContain('3 people of this campaign are no longer in the file');
  expect(text).toContain('2 rows in the file');
});

test('where nobody is left to send to, no price list is said to be missing', async () => {
  const place = await sendingPlace(2, { cost: 'rates.csv' });
  place.write('sale/rates.csv', 'country,category,price,currency\nPE,marketing,0.07,USD\n');
  const page = await servedPage(place);
  expect(await checkedPage(page)).toContain('as marketing, for 2 people');
  await place.json(['send', 'sale']);
  const text = await checkedPage(page);
  expect(text).toContain('Nobody is left to send to');
  expect(text).not.toContain('price list');
});

test('a workspace that is called like a word of the message cuts no hole into what is shown', async () => {
  const place = await sendingPlace(0);
  place.write(
    'tienda/campaign.yaml',
    campaignYaml({ text: '{ body: "Hola {{1}}, en su tienda" }' }).replace('name: sale', 'name: tienda'),
  );
  place.write('tienda/recipients.csv', 'phone,body.1\n+51987654321,Ana de la tienda\n');
  const page = await servedPage(place, undefined, { PLAZBOT_WORKSPACE_ID: 'tienda' });
  const text = await checkedPage(page, '/campaigns/tienda/send');
  expect(text).toContain('Hola Ana de la tienda, en su tienda');
  expect(text).not.toContain('•••');
});

test('a key or token that came into the list by mistake is hidden there, as in a terminal', async () => {
  const place = await sendingPlace(0);
  place.write('sale/campaign.yaml', campaignYaml({ text: '{ body: "Hola {{1}}" }' }));
  place.write('sale/recipients.csv', `phone,body.1\n+51987654321,Ana ${API_KEY}\n12${API_KEY},Eva\n`);
  const text = await checkedPage(await servedPage(place));
  expect(text).toContain('Hola Ana •••');
  expect(text).not.toContain(API_KEY);
});

test('what is odd about a campaign that was made on the page is mended there, and not in a file', async () => {
  const page = await servedPage(await sendingPlace(1, { template: 'my_template' }));
  const text = await checkedPage(page);
  expect(text).toContain('Choose your approved template on “Message”');
  expect(text).not.toContain('campaign file');
});

test('what was shown is sent, once to each person, by a process of its own; pressing again shows the same page', async () => {
  const place = await sendingPlace(12, SLOW);
  const page = await servedPage(place);
  const looked = await checkedPage(page);
  const pressed = await pressSend(page, looked);
  expect([pressed.status, pressed.headers['location']]).toEqual([303, '/campaigns/sale/live']);
  const again = await pressSend(page, looked);
  expect(again.headers['location']).toBe('/campaigns/sale/live');
  expect(await liveSays(page, 'You can close this window; sending goes on.')).toMatch(
    /Started by \S+, \d+ s ago\./u,
  );
  expect((await page.get('/campaigns/sale/send')).text).toMatch(/Started by .*See how it goes/su);
  await liveSays(page, 'Finished');
  expect(timesEach(place)).toEqual(onceEach(12));
  expect(await checkedPage(page)).toContain('Nobody is left to send to.');
});

test('over 500 people are sent to only by who types how many, without any script', async () => {
  const place = await sendingPlace(501);
  const page = await servedPage(place);
  const looked = await checkedPage(page);
  expect(looked).toContain('Type 501 to send');
  expect(looked).toContain('>Send to 501 people<');
  for (const typed_people of ['', '500', 'all', '5010']) {
    const { status, text } = await pressSend(page, looked, { typed_people });
    expect(status).toBe(422);
    expect(text).toContain('Type 501, the number of people who get it');
  }
  expect(countExecutions(place.logFile)).toBe(0);
  expect((await pressSend(page, looked, { typed_people: ' 501 ' })).status).toBe(303);
  await liveSays(page, 'Finished');
  expect(timesEach(place)).toEqual(onceEach(501));
});

test.each([
  ['the list', 'sale/recipients.csv', recipientsCsv(3, 7)],
  ['a setting', 'sale/campaign.yaml', campaignYaml({ rate: '900/s' })],
])('a change of %s since the page was looked at is said, and nothing is sent', async (_, name, content) => {
  const place = await sendingPlace(3);
  const page = await servedPage(place);
  const looked = await checkedPage(page);
  place.write(name, content);
  const { status, text } = await pressSend(page, looked);
  expect(status).toBe(422);
  expect(text).toContain('changed since you looked at this page. Your press sent nothing');
  expect(countExecutions(place.logFile)).toBe(0);
});

test('what changes behind the press is found out by the run, and the page says what it was', async () => {
  const place = await sendingPlace(3);
  const page = await servedPage(place);
  const looked = await checkedPage(page);
  const fields = { ...hiddenFields(looked), when: 'later', ...soon() };
  expect((await page.post('/campaigns/sale/send', fields)).status).toBe(303);
  place.write('sale/recipients.csv', recipientsCsv(4));
  const text = await liveSays(page, 'Nothing was sent.');
  expect(text).toContain('The recipients file, a row mended for it');
  expect(text).toContain('Check it again');
  expect(countExecutions(place.logFile)).toBe(0);
});

test('from a backup that lacks who opted out since it is sent only once somebody knows, and says so', async () => {
  const place = await sendingPlace(2);
  await place.run(['suppress', 'add', '+51999999999']);
  await place.run(['backup', 'backup.db']);
  await place.run(['suppress', 'add', '+51999999998']);
  copyFileSync(place.path('backup.db'), place.ledger);
  const page = await servedPage(place);
  const looked = await checkedPage(page);
  expect(looked).toContain('could go to people who were taken out since');
  await pressSend(page, looked);
  expect(await liveSays(page, 'Nothing was sent.')).toContain('could go to people who were taken out since');
  expect(countExecutions(place.logFile)).toBe(0);
  expect((await pressSend(page, await checkedPage(page), { accept_ledger: 'on' })).status).toBe(303);
  await liveSays(page, 'Finished');
  expect(timesEach(place)).toEqual(onceEach(2));
});

test('from a backup that lacks who got it since, it says where to go on in words of the page, not of the terminal', async () => {
  const place = await sendingPlace(3);
  await place.run(['send', 'sale', '--limit', '1']);
  await place.run(['backup', 'backup.db']);
  await place.run(['send', 'sale', '--limit', '1']);
  copyFileSync(place.path('backup.db'), place.ledger);
  const text = await checkedPage(await servedPage(place));
  expect(text).toContain('Whoever got it since would get it again');
  expect(text).toContain('Go on here only after that');
  expect(text).not.toMatch(/run send|--accept-ledger/u);
});

/** The next minute, as the form has it. */
function soon(): { readonly start_day: string; readonly start_time: string } {
  const at = new Date(Date.now() + 1_500);
  const two = (part: number): string => String(part).padStart(2, '0');
  return {
    start_day: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    start_time: `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`,
  };
}

test('a time that is over, missing or in another century sends nothing', async () => {
  const place = await sendingPlace(1);
  const page = await servedPage(place);
  const looked = await checkedPage(page);
  for (const [start_day, start_time, said] of [
    ['2020-01-01', '09:00', 'This time is over'],
    ['', '09:00', 'Give a day and a time'],
    ['2026-13-40', '09:00', 'Give a day and a time'],
    ['2027-02-29', '09:00', 'Give a day and a time'],
    ['2126-01-01', '09:00', 'more than a year away'],
  ] as const) {
    const { status, text } = await pressSend(page, looked, { when: 'later', start_day, start_time });
    expect(status).toBe(422);
    expect(text).toContain(said);
  }
});

test('twenty presses at once in two browsers make one run', async () => {
  const place = await sendingPlace(12, SLOW);
  const [one, other] = [await servedPage(place), await servedPage(place)];
  const looked = [await checkedPage(one), await checkedPage(other)];
  const pressed = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      index % 2 === 0 ? pressSend(one, looked[0] ?? '') : pressSend(other, looked[1] ?? ''),
    ),
  );
  expect(pressed.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 303));
  for (const page of [one, other]) await liveSays(page, 'Finished');
  expect(timesEach(place)).toEqual(onceEach(12));
  const runs = (await one.get('/campaigns/sale/people')).text;
  expect(runs).toContain('1 run of this campaign');
});

test('a rehearsal goes to the sandbox, says so on every page, and nobody gets anything', async () => {
  const place = await sendingPlace(4);
  place.write('sale/recipients.csv', `${place.read('sale/recipients.csv')}12345,Bad\n`);
  const page = await servedPage(place);
  await checkedPage(page);
  const begun = await page.post('/campaigns/sale/send/rehearse', {});
  expect(begun.headers['location']).toBe('/campaigns/sale/live?sandbox=yes');
  const text = await liveSays(page, 'Finished', '/campaigns/sale/live/now?sandbox=yes');
  expect(text).toContain('Nobody gets anything.');
  expect(text).toContain('href="/campaigns/sale/people?sandbox=yes">See who did not get it, and why');
  expect((await page.get('/campaigns/sale/people?sandbox=yes')).text).toContain('Nobody gets anything.');
  expect((await page.get('/campaigns/sale/live')).text).toContain('Nothing of this campaign was sent yet.');
  expect(countExecutions(place.logFile)).toBe(0);
});

test('the first rehearsal and the first send learn the template’s text, and go out as they were confirmed', async () => {
  const place = await listedPlace(3);
  const page = await servedPage(place);
  const looked = await checkedPage(page);
  expect(looked).toContain('The text of the template bienvenida_es is not known');
  await page.post('/campaigns/sale/send/rehearse', {});
  await liveSays(page, 'Finished', '/campaigns/sale/live/now?sandbox=yes');
  expect(countExecutions(place.logFile)).toBe(0);
  await pressSend(page, looked);
  await liveSays(page, 'Finished');
  expect(timesEach(place)).toEqual(onceEach(3));
});

test('a test goes to one phone, once a press, and the page says what that phone must show', async () => {
  const place = await sendingPlace(3, { text: '{ body: "Hola {{1}}", buttons: [Pagar] }' });
  const page = await servedPage(place);
  await checkedPage(page);
  const text = await pressedTest(page, { to: '+51 987 654 321', row: '2' });
  expect(text).toContain('The provider took the test.');
  expect(text).toContain('Your phone must show this');
  expect(text).toContain('Hola Ana 1');
  expect(text).toContain('Pagar');
  expect(countExecutions(place.logFile)).toBe(1);
  const once = { ...hiddenFields(await checkedPage(page)), to: '+51 987 654 321', row: '1' };
  const presses = [1, 2, 3].map(() => pressedTest(page, once));
  for (const pressed of await Promise.all(presses)) expect(pressed).toContain('The provider took the test.');
  expect(await pressedTest(page, once)).toContain('The provider took the test.');
  expect(countExecutions(place.logFile)).toBe(2);
  expect((await page.post('/campaigns/sale/send/test', { to: '', row: '9' })).status).toBe(422);
  expect(await pressedTest(page, { to: '12', row: '9' })).toContain('is no phone number');
  const noRow = await pressedTest(page, { to: '+51987654321', row: '9' });
  expect(noRow).toContain('There is no person 9');
});

test('a test is sent once a press, also where two servers hear it, and where a ledger could not take what became of it', async () => {
  const place = await sendingPlace(3);
  const [one, other] = [await servedPage(place), await servedPage(place)];
  const form = { ...testPress(await checkedPage(one)), to: '+51 987 654 321', row: '1' };
  expect(await pressedTest(one, form)).toContain('The provider took the test.');
  await checkedPage(other);
  const told = await pressedTest(other, form);
  expect(told).toContain('This test was sent already, or may have gone out');
  expect(countExecutions(place.logFile)).toBe(1);

  // Who was told presses on purpose. Now nothing can be written any more once the message is out.
  const db = new Database(place.ledger);
  db.exec("CREATE TRIGGER away BEFORE UPDATE ON test_sends BEGIN SELECT RAISE(ABORT, 'moved to x'); END");
  db.close();
  // A slow machine tells it on a page of its own, from which the form is reached.
  const third = { ...form, ...testPress(told.includes('name="test"') ? told : await checkedPage(other)) };
  expect(third).not.toEqual(form);
  expect(await pressedTest(other, third)).toContain(
    'The test left, but what became of it could not be written down.',
  );
  expect(countExecutions(place.logFile)).toBe(2);
  expect(await pressedTest(other, third)).toContain('This test was sent already, or may have gone out');
  expect(countExecutions(place.logFile)).toBe(2);
});

/** What a person sees in the end who presses that a test be sent: the form again, or what became of it. */
async function pressedTest(page: Served, form: Fields): Promise<string> {
  const { headers, text } = await page.post('/campaigns/sale/send/test', form);
  const { location } = headers;
  return typeof location === 'string' ? (await page.get(location)).text : text;
}

/** The press that stands in the form for a test. */
function testPress(text: string): { readonly test: string } {
  return { test: hiddenFields(text)['test'] ?? '' };
}

test('an address that cannot be called is told as that, and not as a workspace that nobody named', async () => {
  const place = await sendingPlace(2);
  const page = await servedPage(place, ['--campaigns', '.'], { PLAZBOT_BASE_URL: `${place.url}.` });
  const text = await checkedPage(page);
  expect(text).toContain('It cannot be used.');
  expect(text).toContain('This is no web address that can be called.');
  expect(text).not.toContain('which workspace');
  const nameless = await servedPage(place, ['--campaigns', '.'], { PLAZBOT_WORKSPACE_ID: undefined });
  const unnamed = await checkedPage(nameless);
  expect(unnamed).toContain('Not set: nothing says which workspace it goes through');
  expect(unnamed).toContain('puts PLAZBOT_WORKSPACE_ID into the file .env');
});

test('how it is sent is changed in the file with its comments, and the check page shows it', async () => {
  const place = await sendingPlace(2);
  place.write('sale/campaign.yaml', `# ours\n${place.read('sale/campaign.yaml')}`);
  const page = await servedPage(place);
  const { text } = await page.get('/campaigns/sale/send/settings');
  const { file_digest = '' } = hiddenFields(text);
  const fields = {
    file_digest,
    rate: '30',
    unit: 'min',
    hours: 'some',
    from: '08:30',
    to: '18:00',
    day: ['mon', 'fri'],
  };
  const more = { zone: 'own', zoneName: 'America/Lima', first: '1', wait: '5', failures: '10', perDay: '77' };
  expect((await page.post('/campaigns/sale/send/settings', { ...fields, ...more })).status).toBe(303);
  expect(place.read('sale/campaign.yaml')).toMatch(/^# ours\n/u);
  const shown = await checkedPage(page);
  for (const said of [
    '30 per minute',
    '08:30 to 18:00 · Mon and Fri · time zone America/Lima',
    '1 person first, then 5 minutes of waiting. The rest only if at most 10% fail.',
    '77 people in any 24 hours',
  ])
    expect(shown).toContain(said);
  const stale = await page.post('/campaigns/sale/send/settings', { ...fields, rate: '5' });
  expect(stale.status).toBe(422);
  const wrong = {
    ...fields,
    file_digest: hiddenFields((await page.get('/campaigns/sale/send/settings')).text)['file_digest'] ?? '',
  };
  const told = await page.post('/campaigns/sale/send/settings', {
    ...wrong,
    zone: 'own',
    zoneName: 'Mars/Base',
  });
  expect(told.status).toBe(422);
  expect(told.text).toContain('Mars/Base');
});
