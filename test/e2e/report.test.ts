import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { faultRule } from '../../src/sandbox/faults/rules.js';
import { phoneNumber } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';
import { sheetsOf } from '../support/xlsx-reading.js';

const COLUMNS = [
  ...['line', 'phone', 'status', 'reason', 'attempts', 'contact_id', 'first_attempt_at', 'last_attempt_at'],
  ...['http_status', 'error_code', 'error_message', 'confirmation'],
];

test('a report tells what became of every row, as CSV and JSON, to a file or to stdout', async () => {
  const faults = [faultRule('code-131026', { destination: /1$/u })];
  const { run, json, write, path, read } = await sendingPlace(0, {}, { faults });
  write(
    'sale/recipients.csv',
    `phone,body.1,status\n+${phoneNumber(0)},"=1+1, Ana",vip\n+${phoneNumber(1)},Eva,\nabc,Luz,\n`,
  );
  await json(['send', 'sale']);

  const csv = await run(['report', 'sale', '--format', 'csv', '-o', '-']);
  expect(csv.code).toBe(0);
  expect(csv.stdout.startsWith('\ufeffline,phone,status,')).toBe(true);
  expect(csv.stdout).toContain('\r\n');
  const [header, ...rows] = parse(csv.stdout, { bom: true }) as string[][];
  expect(header).toEqual([...COLUMNS, 'input_phone', 'body.1', 'input_status']);
  expect(rows.map((row) => [row[0], row[1], row[2], row[3], row[4], row[9]])).toEqual([
    ['2', phoneNumber(0), 'accepted', '', '1', ''],
    ['3', phoneNumber(1), 'refused', 'not-on-whatsapp', '1', '131026'],
    ['4', 'abc', 'rejected', 'phone.invalid', '0', ''],
  ]);
  expect(rows[0]?.[6]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u);
  expect(rows[0]?.[13]).toBe("'=1+1, Ana");

  const written = await json(['report', 'sale', '--format', 'json', '--status', 'refused,rejected']);
  const file = String(written.json['report']);
  expect(file.startsWith(path('sale'))).toBe(true);
  const document = JSON.parse(read(file.slice(path().length + 1))) as { deliveries: { line: number }[] };
  expect(document).toMatchObject({ campaign: 'sale', counts: { accepted: 1, refused: 1, rejected: 1 } });
  expect(document.deliveries.map(({ line }) => line)).toEqual([3, 4]);

  const wrong = await run(['report', 'sale', '--format', 'csv', '--status', 'sent']);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('accepted')]);
});

test('an Excel report is a file of its own name, in the language asked for and in the campaign’s zone', async () => {
  const zone = { schedule: '{ timezone: Asia/Tokyo }' };
  const { run, json, write } = await sendingPlace(0, zone);
  write('sale/recipients.csv', `phone,body.1\n+${phoneNumber(0)},=1+1\nabc,Luz\n`);
  await json(['send', 'sale']);
  const before = Math.floor(Date.now() / 1000) * 1000;
  const { json: told } = await json(['report', 'sale', '--format', 'xlsx', '--lang', 'es']);
  const file = String(told['report']);
  expect(file).toMatch(/sale-report-\d{4}-\d\d-\d\d\.xlsx$/u);
  const bytes = readFileSync(file);
  expect(told).toMatchObject({ campaign: 'sale', bytes: bytes.length, exitCode: 0 });
  const [deliveries, summary] = await sheetsOf(bytes);
  const [header, ...rows] = deliveries?.rows ?? [];
  expect(header?.slice(6)).toEqual([
    ...['Primer intento (Asia/Tokyo)', 'Último intento (Asia/Tokyo)', 'Estado HTTP', 'Código de error'],
    ...['Lo que dijo el proveedor', 'En la lista del proveedor', 'phone', 'body.1'],
  ]);
  expect(rows.map((row) => [row[0], row[1], row[2], row[13]])).toEqual([
    ['2', phoneNumber(0), 'Aceptado', '=1+1'],
    ['3', 'abc', 'Fila con error', 'Luz'],
  ]);
  const sentAt = (Number(rows[0]?.[6]) - 25_569) * 86_400_000 - 9 * 3_600_000;
  expect(Math.abs(sentAt - before)).toBeLessThan(600_000);
  expect(summary?.rows.find(([name]) => name === 'Aceptado')?.[1]).toBe('1');

  const only = await run(['report', 'sale', '--format', 'xlsx', '--status', 'rejected', '-o', 'only.xlsx']);
  expect(only.code).toBe(0);
});

test('an Excel report goes to stdout byte by byte', async () => {
  const { start, run, path } = await sendingPlace(1);
  await run(['send', 'sale', '--yes']);
  await run(['report', 'sale', '--format', 'xlsx', '-o', 'sale.xlsx']);
  const piped = openSync(path('piped.xlsx'), 'w');
  const end = await start(['report', 'sale', '--format', 'xlsx', '-o', '-'], {}, { stdout: piped }).ended;
  closeSync(piped);
  const [sheet] = await sheetsOf(readFileSync(path('piped.xlsx')));
  expect([end.code, sheet?.rows.length]).toEqual([0, 2]);
});

test('an Excel report of the sandbox says on every tab that it is none', async () => {
  const { run, path } = await sendingPlace(1);
  await run(['send', 'sale', '--sandbox', '--yes']);
  await run(['report', 'sale', '--sandbox', '--format', 'xlsx', '-o', 'sale.xlsx']);
  const sheets = await sheetsOf(readFileSync(path('sale.xlsx')));
  expect(sheets.map(({ name }) => name)).toEqual(['Deliveries SANDBOX', 'Summary SANDBOX']);
});

test('a report of what nobody knows says what is known', async () => {
  const { run, json, ledger } = await sendingPlace(1);
  const none = await run(['report', 'sale', '--format', 'csv']);
  expect([none.code, existsSync(ledger)]).toEqual([2, false]);
  await json(['send', 'sale']);
  const other = await run(['report', 'winter', '--format', 'csv']);
  expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('sale')]);
});

test('a report says which values fixValues changed, behind all other columns', async () => {
  const { run, json, write } = await sendingPlace(0, { fixValues: 'true' });
  write(
    'sale/recipients.csv',
    `phone,body.1,header.1\n+${phoneNumber(0)},"Av. Lima\n123",a\tb\n+${phoneNumber(1)},Eva,c\n`,
  );
  await json(['send', 'sale']);
  const csv = await run(['report', 'sale', '-o', '-']);
  const [header, ...rows] = parse(csv.stdout, { bom: true }) as string[][];
  expect(header).toEqual([...COLUMNS, 'input_phone', 'body.1', 'header.1', 'repaired']);
  expect(rows.map((row) => row.at(-1))).toEqual(['body.1, header.1', '']);
  const document = JSON.parse((await run(['report', 'sale', '--format', 'json', '-o', '-'])).stdout);
  expect(document.deliveries.map((row: { repaired: unknown }) => row.repaired)).toEqual([
    'body.1, header.1',
    null,
  ]);
  const page = await run(['report', 'sale', '--format', 'html', '-o', '-']);
  expect(page.stdout).toContain('Repaired values');
});

test('the HTML report tells what the accepted messages cost by the campaign’s rate card', async () => {
  const faults = [faultRule('code-131026', { destination: /1$/u })];
  const { run, write, read } = await sendingPlace(3, { cost: 'rates.csv' }, { faults });
  write('sale/rates.csv', 'country,category,price,currency\n*,marketing,0.5,USD\n*,utility,0.02,USD\n');
  await run(['send', 'sale', '--yes']);
  await run(['report', 'sale', '--format', 'html', '-o', 'sale.html']);
  expect(read('sale.html')).toMatch(
    /Estimated cost as marketing[\s\S]*\$1\.00[\s\S]*for 2 accepted recipients/u,
  );
  expect(read('sale.html')).toMatch(/Estimated cost as utility[\s\S]*\$0\.04/u);
  write('sale/rates.csv', 'no rate card');
  expect((await run(['report', 'sale', '--format', 'html', '-o', 'sale.html'])).code).toBe(0);
  expect(read('sale.html')).not.toContain('Estimated cost');
});

test('what is about a rehearsal says SANDBOX, and takes no real file’s place', async () => {
  const { run, path } = await sendingPlace(1);
  const audit = ['reconcile', 'sale', '--audit'];
  for (const words of [
    ['check', 'sale'],
    ['send', 'sale'],
    ['status', 'sale'],
    ['report', 'sale'],
    audit,
    ['test', 'sale', '--to', `+${phoneNumber(5)}`],
  ]) {
    const real = await run(words);
    const rehearsed = await run([...words, '--sandbox']);
    expect([words[0], real.said.includes('SANDBOX'), rehearsed.stdout.includes('SANDBOX')]).toEqual([
      words[0],
      false,
      true,
    ]);
  }
  const files = readdirSync(path('sale')).filter((name) => /report|audit/u.test(name));
  expect(files.map((name) => name.replace(/[\d-]{10}\.csv/u, 'DAY')).toSorted()).toEqual([
    'sale-audit.csv',
    'sale-report-DAY',
    'sale-sandbox-audit.csv',
    'sale-sandbox-report-DAY',
  ]);
});
