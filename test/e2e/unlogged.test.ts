import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { movedWords } from '../../src/ledger/sql/moved.js';
import { countExecutions } from '../sandbox/read-log.js';
import { phoneNumber } from '../support/run-cli.js';
import { type SendingPlace, sendingPlace } from '../support/sending-place.js';
import { servedPage } from '../web/support/served.js';

const ANA = `+${phoneNumber(1)}`;

/** A place whose campaign was sent, and whose ledger takes everything in but lines of its log. */
async function withoutLog(): Promise<SendingPlace> {
  const place = await sendingPlace(1);
  await place.run(['send', 'sale', '--yes']);
  const db = new Database(place.path('plazcast.db'));
  db.exec(
    `CREATE TRIGGER no_log BEFORE INSERT ON actions BEGIN SELECT raise(ABORT, ${movedWords('nowhere')}); END`,
  );
  db.close();
  return place;
}

describe('what is done and cannot be written into the log', () => {
  test.each([
    ['add', () => ['suppress', 'add', ANA, '12']],
    ['remove', () => ['suppress', 'remove', ANA, '12']],
    ['import', (place: SendingPlace) => ['suppress', 'import', place.write('n.csv', `phone\n${ANA}\n12\n`)]],
  ])(
    'by suppress %s is told with the numbers that cannot be read: somebody may be missing',
    async (_, words) => {
      const place = await withoutLog();
      const end = await place.json(words(place));
      expect(end.said).toContain('It is done, but');
      expect(end.said).toContain('1 number cannot be read');
      expect(end).toMatchObject({
        code: 1,
        json: { exitCode: 1, unreadable: [{ typed: '12' }], problems: [{ code: 'action.unlogged' }] },
      });
    },
  );

  test('by test is told with what became of the message, which nobody sends a second time then', async () => {
    const place = await withoutLog();
    const end = await place.json(['test', 'sale', '--to', ANA]);
    expect(end.said).toMatch(/Accepted.*It is done, but/su);
    expect(end).toMatchObject({
      code: 1,
      json: { outcome: 'accepted', exitCode: 1, problems: [{ code: 'action.unlogged' }] },
    });
    expect(countExecutions(place.logFile)).toBe(2);
  });

  test.each([
    ['--audit', { audit: { accepted: 1 } }],
    ['--resend-absent', { settled: { uncertain: 0 } }],
  ])('by reconcile %s is told with what was found', async (option, found) => {
    const place = await withoutLog();
    const end = await place.json(['reconcile', 'sale', option]);
    expect(end.said).toContain('It is done, but');
    expect(end).toMatchObject({
      code: 1,
      json: { ...found, exitCode: 1, problems: [{ code: 'action.unlogged' }] },
    });
    if (option === '--audit') expect(place.read('sale/sale-audit.csv')).toContain('finding,phone');
  });

  test('on the page of people is told with what was found, and not that the list could not be read', async () => {
    const page = await servedPage(await withoutLog());
    await page.get('/campaigns/sale/people');
    expect((await page.post('/campaigns/sale/people/audit', {})).status).toBe(303);
    const told = async () => (await page.get('/campaigns/sale/people')).text;
    await expect.poll(told, { timeout: 60_000 }).toContain('It is done, but');
    expect(await told()).not.toContain('list could not be read');
    expect(await told()).toContain('1 of 1 accepted people are in the provider’s list');
  });

  test('on the page is told there, too', async () => {
    const place = await withoutLog();
    const page = await servedPage(place);
    const added = await page.post('/workspace/no-contact/add', { numbers: `${ANA}\n12` });
    expect([added.status, added.text]).toEqual([422, expect.stringMatching(/It is done, but.*12/su)]);
    expect(added.text).toContain('1 person added');
    const files = { file: { name: 'n.csv', text: `phone\n+${phoneNumber(2)}\n` } };
    const taken = await page.upload('/workspace/no-contact/import', {}, files);
    expect(taken.text).toContain('It is done, but');
    const off = await page.post('/workspace/no-contact/remove', { number: ANA });
    expect([off.status, off.text]).toEqual([503, expect.stringContaining('It is done, but')]);
    await page.get('/campaigns/sale/send');
    const sent = await page.post('/campaigns/sale/send/test', { to: `+${phoneNumber(3)}`, row: '1' });
    const told = async () => (await page.get(String(sent.headers['location']))).text;
    await expect.poll(told, { timeout: 60_000 }).toMatch(/The provider took the test.*It is done, but/su);
  });
});
