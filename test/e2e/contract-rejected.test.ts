import { existsSync, linkSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { executionsByPhone } from '../sandbox/read-log.js';
import { campaignYaml, phoneNumber } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';

const HEADER = 'phone,body.1\n';
const good = (index: number): string => `+${phoneNumber(index)},Ana\n`;

describe('rejected.csv', () => {
  test('is written by check and send, mended and sent back in, and goes when nothing is rejected', async () => {
    const { json, read, write, path, logFile } = await sendingPlace(0);
    write('sale/recipients.csv', `${HEADER}${good(1)}5.19E+11,"=2+3, Ana"\n${good(1)}`);
    const checked = await json(['check', 'sale']);
    expect(checked.json).toMatchObject({
      counts: { pending: 1, skipped: 1, rejected: 1 },
      rejectedFile: path('sale/rejected.csv'),
    });
    expect(checked.code).toBe(1);
    expect(read('sale/rejected.csv')).toMatch(
      /^\ufeffphone,body\.1,line,reason,detail\r\n5\.19E\+11,"'=2\+3, Ana",3,phone\.scientific,.+\r\n$/u,
    );
    const sent = await json(['send', 'sale']);
    expect([sent.code, sent.json]).toMatchObject([
      1,
      { counts: { accepted: 1, rejected: 1, skipped: 1, recipients: 2 } },
    ]);

    const mended = read('sale/rejected.csv').replace('5.19E+11', `+${phoneNumber(2)}`);
    write('sale/recipients.csv', mended);
    const again = await json(['send', 'sale']);
    expect(again.json).toMatchObject({ run: { sent: 1 }, counts: { rejected: 0 } });
    expect(existsSync(path('sale/rejected.csv'))).toBe(false);
    expect(executionsByPhone(logFile).get(phoneNumber(2))).toBe(1);
  });

  test('stands beside what check says: every row with its line and reason', async () => {
    const { json, write } = await sendingPlace(0);
    const wrong = Array.from({ length: 20 }, (_, index) => `x${index},Ana\n`);
    write('sale/recipients.csv', `${HEADER}${good(1)}${wrong.join('')}`);
    const checked = await json(['check', 'sale']);
    const lines = wrong.map((_, index) => index + 3);
    for (const line of lines)
      expect(checked.stderr).toMatch(new RegExp(`line ${line} .*phone\\.invalid`, 'u'));
    const { rejections } = checked.json as { rejections: readonly { line: number }[] };
    expect(rejections.map(({ line }) => line)).toEqual(lines);
    expect(checked.stderr).toContain('20 rows cannot be sent:');
  });

  test('is never written over when it is the recipients file itself', async () => {
    const { json, read, write, path } = await sendingPlace(0, { recipients: 'rejected.csv' });
    const typed = `${HEADER}${good(1)}abc,Ana\n`;
    write('sale/rejected.csv', typed);
    for (const command of ['check', 'send']) {
      expect((await json([command, 'sale'])).code).toBe(1);
      expect(read('sale/rejected.csv')).toBe(typed);
      expect(read('sale/rejected-again.csv')).toContain('phone.invalid');
    }
    write('sale/rejected.csv', `${HEADER}${good(1)}${good(2)}`);
    expect((await json(['send', 'sale'])).code).toBe(0);
    expect([existsSync(path('sale/rejected.csv')), existsSync(path('sale/rejected-again.csv'))]).toEqual([
      true,
      false,
    ]);
  });

  test('is spared under another name of the same file, too', async () => {
    const { json, read, write, path } = await sendingPlace(0, { recipients: 'mended.csv' });
    const typed = `${HEADER}abc,Ana\n${good(1)}`;
    linkSync(write('sale/rejected.csv', typed), path('sale/mended.csv'));
    await json(['check', 'sale']);
    expect(read('sale/mended.csv')).toBe(typed);
    expect(existsSync(path('sale/rejected-again.csv'))).toBe(true);
  });
});

describe('a person who stands in a file twice', () => {
  test('gets it from the first row that can be sent', async () => {
    const { json, write, read, path } = await sendingPlace(0);
    write('sale/recipients.csv', `${HEADER}+${phoneNumber(1)},\n${good(1)}${good(1)}`);
    expect((await json(['send', 'sale'])).json).toMatchObject({
      counts: { recipients: 2, accepted: 1, skipped: 1, rejected: 1 },
      exitCode: 1,
    });
    const checked = await json(['check', 'sale']);
    expect(checked.json).toMatchObject({ duplicates: [{ line: 4, firstLine: 3 }] });
    expect(checked.stderr).toContain('line 4 repeats line 3');
    await json(['report', 'sale', '--format', 'csv', '-o', path('report.csv')]);
    const rows = parse(read('report.csv'), { bom: true, from: 2 }) as string[][];
    expect(rows.map((row) => row.slice(0, 4))).toEqual([
      ['2', `'+${phoneNumber(1)}`, 'rejected', 'variable.empty'],
      ['3', phoneNumber(1), 'accepted', ''],
      ['4', phoneNumber(1), 'skipped', 'duplicate'],
    ]);
    expect(rows.map((row) => row[10])).toEqual(['', '', 'line 3']);
  });
});

describe('a do-not-contact file of a campaign', () => {
  test('counts in a check, before anything was ever sent, and in the send', async () => {
    const { json, write, logFile } = await sendingPlace(3, { suppress: '[stop.csv]' });
    write('sale/stop.csv', `phone\n+${phoneNumber(1)}\n`);
    const expected = { counts: { pending: 2, skipped: 1 }, skippedByReason: { suppressed: 1 } };
    expect((await json(['check', 'sale'])).json).toMatchObject(expected);
    expect((await json(['send', 'sale'])).json).toMatchObject({ counts: { accepted: 2, skipped: 1 } });
    expect(executionsByPhone(logFile).has(phoneNumber(1))).toBe(false);
    write('sale/stop.csv', 'phone\n+51999999999\n');
    expect((await json(['check', 'sale'])).json).toMatchObject({
      counts: { accepted: 2, pending: 1, skipped: 0 },
    });
  });

  test('that is missing is an error of check and send', async () => {
    const { run } = await sendingPlace(1, { suppress: '[stop.csv]' });
    for (const command of ['check', 'send']) {
      const end = await run([command, 'sale']);
      expect([end.code, end.stderr]).toEqual([2, expect.stringContaining('stop.csv')]);
    }
  });
});

test('a limit per recipient skips who got enough from another campaign, in check and send', async () => {
  const { json, write } = await sendingPlace(2);
  await json(['send', 'sale']);
  write('news/campaign.yaml', campaignYaml({ name: 'news', limits: '{ perRecipient: 1 per 7d }' }));
  write('news/recipients.csv', `${HEADER}${good(0)}${good(7)}`);
  const expected = { skippedByReason: { capped: 1 }, counts: { skipped: 1 } };
  expect((await json(['check', 'news'])).json).toMatchObject({
    ...expected,
    counts: { pending: 1, skipped: 1 },
  });
  expect((await json(['send', 'news'])).json).toMatchObject({
    counts: { accepted: 1, skipped: 1 },
    exitCode: 0,
  });
});
