import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { requestsLog } from '../sandbox/read-log.js';
import { campaignYaml, phoneNumber, recipientsCsv } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';

test('a check says what would happen, opens no connection and writes nothing but rejected.csv', async () => {
  const { run, write, folder, logFile, ledger, path } = await sendingPlace(0);
  write(
    'sale/campaign.yaml',
    campaignYaml({ rate: '2/s', cost: 'rates.csv', recipients: '{ file: recipients.csv, country: PE }' }),
  );
  write('sale/rates.csv', 'country,category,price,currency\nPE,marketing,0.05,USD\n');
  const rows = [
    `${phoneNumber(1).slice(2)},Ana`,
    `+${phoneNumber(2)},Eva`,
    `${phoneNumber(1)},Ana`,
    '5.19E+11,Luz',
    `+${phoneNumber(3)},`,
    `"+${phoneNumber(4)} / +${phoneNumber(5)}",Iván`,
  ];
  write('sale/recipients.csv', `celular,body.1\n${rows.join('\n')}\n`);
  const end = await run(['check', 'sale']);
  expect(end.code).toBe(1);
  for (const text of [
    'phone.scientific',
    'variable.empty',
    'phone.multiple',
    phoneNumber(1),
    '$0.10',
    'rejected.csv',
    'Nothing was sent. 2 messages would go out with: plazcast send sale\n',
  ]) {
    expect(end.stdout).toContain(text);
  }
  expect(requestsLog(logFile)).toEqual([]);
  expect(existsSync(ledger)).toBe(false);
  expect(readdirSync(folder)).toEqual(['sale']);
  expect(readdirSync(path('sale')).toSorted()).toEqual([
    'campaign.yaml',
    'rates.csv',
    'recipients.csv',
    'rejected.csv',
  ]);
});

test('a check knows what the ledger knows, and leaves it as it is', async () => {
  const { json, write } = await sendingPlace(3);
  await json(['send', 'sale', '--limit', '2']);
  expect((await json(['check', 'sale'])).json).toMatchObject({
    counts: { accepted: 2, pending: 1 },
    exitCode: 0,
  });
  write('sale/recipients.csv', `phone,body.1\n+${phoneNumber(0)},Other\n+${phoneNumber(9)},New\n`);
  const edited = { counts: { accepted: 1, pending: 1 }, changedAfterAccepted: 1 };
  expect((await json(['check', 'sale'])).json).toMatchObject(edited);
  expect((await json(['check', 'sale'])).json).toMatchObject(edited);
});

test('a Spanish reader is told in Spanish', async () => {
  const { run } = await sendingPlace(1);
  const end = await run(['check', 'sale'], { LANG: 'es_PE.UTF-8' });
  expect([end.code, end.stdout]).toEqual([0, expect.stringContaining('línea 2')]);
});

test('a check warns of a new campaign that says to the same people what another one said', async () => {
  const { json, write, run } = await sendingPlace(3);
  await json(['send', 'sale']);
  write('again/campaign.yaml', campaignYaml({ name: 'again', campaignName: 'sale' }));
  write('again/recipients.csv', recipientsCsv(3));
  const checked = await json(['check', 'again']);
  expect(checked.json).toMatchObject({
    counts: { pending: 3 },
    warnings: [
      { code: 'warning.template-absent' },
      { code: 'warning.same-campaign-name' },
      { code: 'warning.same-message' },
    ],
  });
  expect((await run(['check', 'again'])).stdout).toContain(
    '3 people got this very message from campaign "sale"',
  );
});

test('a check tells of people who are gone from the file, beside the rows', async () => {
  const { json, write, run } = await sendingPlace(5);
  await json(['send', 'sale', '--limit', '2']);
  write('sale/recipients.csv', recipientsCsv(2, 1));
  const { json: checked } = await json(['check', 'sale']);
  expect(checked).toMatchObject({ counts: { recipients: 2, accepted: 1, pending: 1 } });
  expect(checked['warnings']).toContainEqual(expect.objectContaining({ code: 'warning.gone' }));
  const told = '3 people of this campaign are no longer in the file';
  expect((await run(['check', 'sale'])).stdout).toContain(told);
  write('sale/recipients.csv', recipientsCsv(5));
  expect((await run(['check', 'sale'])).stdout).not.toContain('no longer in the file');
});

test('a check says how it read the file, counts rejections by reason, and warns of a column of landlines', async () => {
  const { run, json, write } = await sendingPlace(0, {
    recipients: '{ file: recipients.csv, country: PE }',
  });
  const rows = Array.from({ length: 20 }, (_, index) =>
    index < 15 ? `${phoneNumber(index).slice(2)};José` : `01 456 78${index};José`,
  );
  write('sale/recipients.csv', Buffer.from(`teléfono;body.1\n${rows.join('\n')}\n;José\n`, 'latin1'));
  const { stdout } = await run(['check', 'sale']);
  expect(stdout).toContain(
    'Read as Windows-1252, cells separated by semicolons, phone numbers from "teléfono".',
  );
  expect(stdout).toMatch(
    / 6 {2}cannot be sent \(rejected\)\n +5 {2}phone\.landline\n +1 {2}phone\.missing\n/u,
  );
  expect(stdout).toContain('24% of the rows (5) have a landline in "teléfono".');
  expect((await json(['check', 'sale'])).json).toMatchObject({
    readAs: { format: 'csv', encoding: 'windows-1252', delimiter: ';', phoneColumn: 'teléfono' },
    warnings: [{ code: 'warning.template-text-unknown' }, { code: 'warning.many-landlines' }],
  });
});

test('a rejected row is named as a spreadsheet counts it, with its line where that is another number', async () => {
  const { run, json, write } = await sendingPlace(0);
  write('sale/recipients.csv', `phone,body.1\n12,Ana\n+${phoneNumber(1)},"a\nb"\n13,Eva\n`);
  const expected = [
    expect.stringMatching(/^ +line 2 {2}12 /u),
    expect.stringMatching(/^ +line 3 /u),
    expect.stringMatching(/^ +row 4 \(line 5\) {2}13 /u),
  ];
  for (const args of [
    ['check', 'sale'],
    ['send', 'sale', '--yes'],
  ]) {
    const { stdout } = await run(args);
    expect(stdout.split('\n').filter((line) => /^ +(?:row|line) \d/u.test(line))).toEqual(expected);
  }
  expect((await json(['check', 'sale'])).json).toMatchObject({
    rejections: [{ line: 2 }, { line: 3 }, { line: 5, row: 4 }],
  });
});
