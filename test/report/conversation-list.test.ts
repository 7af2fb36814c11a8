import { parse } from 'csv-parse/sync';
import { describe, expect, it, test } from 'vitest';
import { chooseColumns } from '../../src/core/conversation-rows.js';
import { actionsCsv } from '../../src/report/actions.js';
import { auditHead } from '../../src/report/audit.js';
import { audienceCsv, conversationListText } from '../../src/report/conversation-list.js';
import { suppressionCsv } from '../../src/report/suppression-list.js';
import { conversation } from '../core/conversation-sample.js';
import { unwrapped } from '../support/results.js';
import { textOf } from './support.js';

const columns = unwrapped(chooseColumns(['id', 'name', 'tags'], { documented: [], shown: [] }));

describe('a conversation list as text', () => {
  it('is valid CSV after every page', () => {
    const text = conversationListText('csv', columns, { withRaw: false, delimiter: ',', asFile: false });
    const first = text.head + text.page([conversation({ name: 'Ana, "la jefa"\nFlores' })]);
    const rows = [
      ['id', 'name', 'tags'],
      ['c1', 'Ana, "la jefa"\nFlores', 'vip,lima'],
    ];
    expect(parse(first)).toEqual(rows);
    expect(parse(first + text.page([conversation()]))).toHaveLength(3);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+51', "'+51"],
    ['-1', "'-1"],
    ['@x', "'@x"],
    ['\t=1', "'\t'=1"],
    ['\n=1', "'\n'=1"],
  ])('has no formula in %j', (name, safe) => {
    const text = conversationListText('csv', columns, { withRaw: false, delimiter: ';', asFile: false });
    const [row] = parse(text.page([conversation({ name })]), { delimiter: ';' });
    expect(row?.[1]).toBe(safe);
  });

  it('is one JSON object a line, with the record as it came when asked for', () => {
    const lines = conversationListText('jsonl', columns, { withRaw: true, delimiter: ',', asFile: false });
    const [line, rest] = lines.page([conversation({ name: 'a\nb' })]).split('\n');
    expect(JSON.parse(line ?? '')).toEqual({
      id: 'c1',
      name: 'a\nb',
      tags: ['vip', 'lima'],
      raw: { contact: { city: 'Lima' }, n: 0 },
    });
    expect(rest).toBe('');
  });
});

test('every CSV file begins with the mark by which Excel on Windows reads accents right; a list in a pipe has none', async () => {
  async function* nobody(): AsyncGenerator<never> {}
  const csv = { withRaw: false, delimiter: ';', asFile: true };
  const heads = [
    conversationListText('csv', columns, csv).head,
    ...audienceCsv(['phone'], [], true),
    await textOf(suppressionCsv(nobody(), true)),
    auditHead(),
    await textOf(actionsCsv(nobody())),
  ];
  for (const head of heads) expect(head).toMatch(/^\uFEFF[a-z]/u);
  expect(conversationListText('csv', columns, { ...csv, asFile: false }).head).toBe('id;name;tags\r\n');
  expect(conversationListText('jsonl', columns, csv).head).toBe('');
});

describe('an audience file', () => {
  it('is CSV that a recipients file may be', () => {
    const text = [...audienceCsv(['phone', 'name'], [['51987654321', '=evil']], true)].join('');
    expect(text).toBe('\uFEFFphone,name\r\n"51987654321",\'=evil\r\n');
  });
});
