import { describe, expect, it } from 'vitest';
import { readCampaign } from '../../src/campaign/read-campaign.js';
import { mendRow } from '../../src/recipients/mended/mend-row.js';
import { openRecipients } from '../../src/recipients/read-recipients.js';
import { collected, inShort, temporaryFolder } from '../recipients/files.js';
import { unwrapped } from '../support/results.js';
import { bookParts, type TestBook, writeParts } from '../support/xlsx-writing.js';

const folder = temporaryFolder();
const PHONE = '51987654321';
const DAY = 46_361;

let count = 0;

/** A campaign over a workbook of one row: a phone, and a cell of this format with this number. */
async function campaignOver(
  template: string,
  [format, value]: readonly [format: string | number, value: number | string],
  { country = 'PE', phone = PHONE, ...more }: Partial<TestBook> & { country?: string; phone?: string } = {},
) {
  count += 1;
  const file = `${folder.path}/list-${count}.xlsx`;
  const head = '<c t="inlineStr"><is><t>celular</t></is></c><c t="inlineStr"><is><t>v</t></is></c>';
  const type = typeof value === 'string' ? ' t="d"' : '';
  const cells = `<c t="inlineStr"><is><t>${phone}</t></is></c><c s="1"${type}><v>${value}</v></c>`;
  const xml = `<sheetData><row r="1">${head}</row><row r="2">${cells}</row></sheetData>`;
  await writeParts(
    file,
    bookParts({ sheets: [{ name: 'Hoja1', xml }], formats: ['General', format], ...more }),
  );
  const land = country === '' ? '' : `, country: ${country}`;
  const path = folder.write(
    `campaign-${count}.yaml`,
    `name: a\ntemplate: t\nrecipients: { file: list-${count}.xlsx${land} }\nvariables:\n  body:\n    "1": ${JSON.stringify(template)}\n`,
  );
  return unwrapped(await readCampaign(path));
}

async function verdictsOver(read: Awaited<ReturnType<typeof campaignOver>>) {
  const { campaign, renderer } = read;
  const opened = await openRecipients(campaign.recipients, { render: renderer, fixValues: false });
  return collected(unwrapped(opened).batches);
}

async function filled(...given: Parameters<typeof campaignOver>): Promise<string> {
  const [verdict] = await verdictsOver(await campaignOver(...given));
  if (verdict === undefined) return 'nothing';
  if (verdict.kind === 'recipient') return verdict.recipient.body[0]?.value ?? '';
  return `${verdict.rejection.reason} "${verdict.rejection.value}"`;
}

describe('a day of a workbook', () => {
  const long = '{{ v | date: "%-d de %B de %Y, %H:%M" }}';

  it.each([
    'm/d/yyyy',
    'dd/mm/yyyy',
    14,
    'mmm-yy',
    'd-mmm-yy',
    '[$-280A]d "de" mmmm "de" yyyy;@',
    'yyyy/mm/dd',
  ])('is that day, shown as %s or otherwise', async (format) => {
    expect(await filled(long, [format, DAY])).toBe('5 de diciembre de 2026, 00:00');
  });

  it.each(['dd/mm/yyyy h:mm', 22, 'm/d/yyyy h:mm AM/PM', 'dd/mm/yyyy'])(
    'has its time, shown as %s',
    async (format) => {
      expect(await filled(long, [format, DAY + 0.378_472_222])).toBe('5 de diciembre de 2026, 09:05');
    },
  );

  it('is known without a country, and in one that has the month first', async () => {
    expect(await filled('{{ v | date: "%d.%m." }}', [14, DAY], { country: '' })).toBe('05.12.');
    expect(await filled('{{ v | date: "%d.%m." }}', [14, DAY], { country: 'US' })).toBe('05.12.');
  });

  it('is counted from 1904 where the workbook says so', async () => {
    const from1904 = { date1904: true };
    expect(await filled('{{ v | date: "%d.%m.%Y" }}', ['m/d/yy', DAY - 1462], from1904)).toBe('05.12.2026');
    expect(await filled('{{ v | date: "%d.%m.%Y" }}', ['m/d/yy', '2026-12-05'], from1904)).toBe('05.12.2026');
  });

  it('that is a time alone is no day', async () => {
    expect(await filled('{{ v | date: "%d" }}', ['h:mm', 0.4375])).toBe('variable.date "10:30"');
  });

  it('goes out as the sheet shows it where nothing reads it', async () => {
    expect(await filled('{{ v }}', ['m/d/yyyy', DAY])).toBe('12/5/2026');
  });
});

describe('a number of a workbook', () => {
  it.each([
    ['#,##0', 1234, '1235'],
    ['"S/" #,##0.00', 1234.5, '1235.5'],
    ['"S/." 0.00', 45, '46'],
    ['_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)', -1234.5, '-1233.5'],
    ['General', 12.345, '13.345'],
    ['0.000', 3.752, '4.752'],
    ['0.00', 45.956, '46.96'],
  ])('shown as %s, is %d', async (format, value, sum) => {
    expect(await filled('{{ v | plus: 1 }}', [format, value])).toBe(sum);
  });

  it('is compared as such', async () => {
    const text = '{% if v > 1000 %}más{% else %}menos{% endif %}';
    expect(await filled(text, ['"S/" #,##0', 1234])).toBe('más');
    expect(await filled(text, ['"S/" #,##0', 999])).toBe('menos');
  });

  it.each([
    ['0%', 0.5, '50%'],
    ['0,"k"', 1234, '1k'],
    ['# ?/?', 0.5, '1/2'],
  ])('that is shown as another, with %s, is none for certain', async (format, value, shown) => {
    expect(await filled('{{ v | plus: 1 }}', [format, value])).toBe(`variable.number "${shown}"`);
  });
});

describe('a mended row of a workbook', () => {
  it('keeps the day of the cell that nobody touched', async () => {
    const read = await campaignOver('{{ v | date: "%-d de %B" }}', ['m/d/yyyy', DAY], { phone: '123' });
    const [before] = await verdictsOver(read);
    if (before?.kind !== 'rejection') throw new Error('the phone is no number');
    const rejection = JSON.parse(JSON.stringify(before.rejection)) as typeof before.rejection;
    const cells = [PHONE, ...rejection.cells.slice(1)];
    const verdict = unwrapped(await mendRow(read, folder.path, { rejection, cells, surplus: [] }));
    expect(inShort(verdict)).toBe(`2 ${PHONE}`);
    expect(verdict).toMatchObject({ recipient: { body: [{ value: '5 de diciembre' }] } });
  });
});
