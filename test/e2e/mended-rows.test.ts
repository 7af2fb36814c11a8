import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Row } from '../../src/xlsx/sheet.js';
import { workbookBytes } from '../../src/xlsx/workbook.js';
import { executionsByPhone } from '../sandbox/read-log.js';
import { phoneNumber } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';
import { bytesOf, sheetsOf } from '../support/xlsx-reading.js';

const FILE = `phone,body.1\n+${phoneNumber(0)},Ana\n5.19E+11,Beto\n+${phoneNumber(2)},Caro\n12,Dora\n`;

test('what is mended in rejected.csv goes out with the next send, once, and is never written over', async () => {
  const { json, read, write, path, logFile } = await sendingPlace(0);
  write('sale/recipients.csv', FILE);
  expect((await json(['send', 'sale'])).json).toMatchObject({ counts: { accepted: 2, rejected: 2 } });

  write('sale/rejected.csv', read('sale/rejected.csv').replace('5.19E+11', `+${phoneNumber(1)}`));
  const checked = await json(['check', 'sale']);
  expect(checked.json).toMatchObject({ counts: { pending: 1, accepted: 2, rejected: 1 }, exitCode: 1 });
  expect(checked.stderr).toContain('1 row was mended');
  expect(read('sale/rejected.csv')).not.toContain('Beto');
  expect(read('sale/mended.csv')).toContain(`+${phoneNumber(1)},Beto,3,`);
  expect(read('sale/recipients.csv')).toBe(FILE);

  const sent = await json(['send', 'sale']);
  expect(sent.json).toMatchObject({ run: { sent: 1 }, counts: { accepted: 3, recipients: 3, rejected: 1 } });
  const again = await json(['send', 'sale']);
  expect(again.json).toMatchObject({ run: { sent: 0 } });
  expect(again.stderr).not.toContain('fits no row of the recipients file');
  expect(executionsByPhone(logFile).get(phoneNumber(1))).toBe(1);

  write('sale/rejected.csv', read('sale/rejected.csv').replace('12,Dora', `+${phoneNumber(3)},Dora`));
  const last = await json(['send', 'sale']);
  expect(last.json).toMatchObject({ run: { sent: 1 }, counts: { accepted: 4, rejected: 0 }, exitCode: 0 });
  expect(existsSync(path('sale/rejected.csv'))).toBe(false);
  expect(read('sale/mended.csv')).toContain('Dora');
});

test('where nobody remembers what was written, only what was changed is kept, and the own list may be corrected', async () => {
  const { json, read, write, path, stateDir } = await sendingPlace(0);
  write('sale/recipients.csv', FILE);
  await json(['check', 'sale']);
  rmSync(stateDir, { recursive: true });
  await json(['check', 'sale']);
  expect(existsSync(path('sale/mended.csv'))).toBe(false);

  rmSync(stateDir, { recursive: true });
  write('sale/rejected.csv', read('sale/rejected.csv').replace('12,Dora', '13,Dora'));
  await json(['check', 'sale']);
  expect(read('sale/mended.csv')).not.toContain('Beto');
  const corrected = FILE.replace('5.19E+11', `+${phoneNumber(1)}`).replace(
    '12,Dora',
    `+${phoneNumber(3)},Dora`,
  );
  write('sale/recipients.csv', corrected);
  expect((await json(['check', 'sale'])).json).toMatchObject({ counts: { pending: 4, rejected: 0 } });
});

test('of an Excel file the list is rejected.xlsx, mended and sent in the same way', async () => {
  const { json, path, write, logFile } = await sendingPlace(0, { recipients: 'lista.xlsx' });
  const workbook = async (name: string, rows: readonly Row[]): Promise<string> =>
    write(name, await bytesOf(workbookBytes([{ name: 'Hoja1', header: null, rows: [rows] }])));
  await workbook('sale/lista.xlsx', [
    ['phone', 'body.1'],
    [Number(phoneNumber(0)), 'Ana'],
    ['12', '=Dora'],
  ]);
  expect((await json(['send', 'sale'])).json).toMatchObject({ counts: { accepted: 1, rejected: 1 } });
  const [sheet] = await sheetsOf(readFileSync(path('sale/rejected.xlsx')));
  const [header = [], dora = []] = (sheet?.rows ?? []).map((row) => row.map((cell) => cell ?? ''));
  expect(dora.slice(0, 4)).toEqual(['12', '=Dora', '3', 'phone.invalid']);
  expect(existsSync(path('sale/rejected.csv'))).toBe(false);

  await workbook('sale/rejected.xlsx', [header, [phoneNumber(1), ...dora.slice(1)]]);
  expect((await json(['send', 'sale'])).json).toMatchObject({
    run: { sent: 1 },
    counts: { accepted: 2, rejected: 0 },
  });
  expect(executionsByPhone(logFile).get(phoneNumber(1))).toBe(1);
  expect(existsSync(path('sale/rejected.xlsx'))).toBe(false);
});

test('a recipients file that turns out broken at its end leaves the list of rejected rows as it is, with what was mended', async () => {
  const { json, read, write, path } = await sendingPlace(0);
  write('sale/recipients.csv', FILE);
  await json(['check', 'sale']);
  const whole = read('sale/rejected.csv');
  write('sale/recipients.csv', `${FILE}"open,Eva\n`);
  expect((await json(['check', 'sale'])).code).toBe(2);
  expect(read('sale/rejected.csv')).toBe(whole);

  const mended = whole.replace('5.19E+11', `+${phoneNumber(1)}`);
  write('sale/rejected.csv', mended);
  expect((await json(['check', 'sale'])).code).toBe(2);
  expect(read('sale/rejected.csv')).toBe(mended);
  expect(existsSync(path('sale/mended.csv'))).toBe(false);
  write('sale/recipients.csv', FILE);
  expect((await json(['check', 'sale'])).json).toMatchObject({ counts: { pending: 3, rejected: 1 } });
});

test('where mended.csv cannot be written the list stays as it was mended', async () => {
  const { json, run, read, write, path } = await sendingPlace(0);
  write('sale/recipients.csv', FILE);
  await json(['check', 'sale']);
  const mended = read('sale/rejected.csv').replace('5.19E+11', `+${phoneNumber(1)}`);
  write('sale/rejected.csv', mended);
  mkdirSync(path('sale/mended.csv'));
  const { code, stderr } = await run(['check', 'sale']);
  expect([code, read('sale/rejected.csv')]).toEqual([2, mended]);
  expect(stderr).toMatch(/mended\.csv is a folder/u);
});

test('a rejected.csv that tells no lines ends check and send with 2, and stays as it is', async () => {
  const { json, run, read, write } = await sendingPlace(0);
  write('sale/recipients.csv', FILE);
  const own = 'my,own\nlist,of things\n';
  write('sale/rejected.csv', own);
  for (const command of ['check', 'send']) {
    const end = await run([command, 'sale', '--yes']);
    expect([end.code, end.stderr]).toEqual([
      2,
      expect.stringMatching(/rejected\.csv[\s\S]+"line" is missing/u),
    ]);
  }
  expect(read('sale/rejected.csv')).toBe(own);
  expect((await json(['status', 'sale'])).code).toBe(2);
});

test('a test message takes the values of a mended row', async () => {
  const { json, run, read, write, logFile } = await sendingPlace(0);
  write('sale/recipients.csv', `phone,body.1\n12,Dora\n`);
  await json(['check', 'sale']);
  const to = ['test', 'sale', '--to', `+${phoneNumber(9)}`, '--yes'];
  expect((await run(to)).code).toBe(2);
  write('sale/rejected.csv', read('sale/rejected.csv').replace('12,Dora', `+${phoneNumber(3)},Doris`));
  expect((await run(to)).code).toBe(0);
  expect(executionsByPhone(logFile).get(phoneNumber(9))).toBe(1);
});
