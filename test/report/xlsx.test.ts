import { describe, expect, test } from 'vitest';
import { ianaZones } from '../../src/campaign/zones.js';
import type { Translate } from '../../src/core/problem.js';
import type { ReportRow, ReportSource, ReportSummary } from '../../src/core/report-data.js';
import { type XlsxOptions, xlsxReport } from '../../src/report/xlsx.js';
import { pageWords } from '../../src/web/page-words.js';
import { translateIn } from '../support/said.js';
import { bytesOf, type ReadSheet, sheetsOf } from '../support/xlsx-reading.js';
import { MORNING, rowWith, sourceOf, summaryWith } from './support.js';

const { offsetMsAt } = ianaZones();

interface Asked extends Partial<XlsxOptions> {
  readonly language?: 'en' | 'es';
  readonly translate?: Translate;
  readonly summary?: Partial<ReportSummary>;
  readonly source?: Partial<ReportSource>;
}

async function reported(
  columns: readonly string[],
  rows: readonly ReportRow[],
  { language = 'en', translate = translateIn(language), summary = {}, source = {}, ...options }: Asked = {},
): Promise<{ readonly deliveries: ReadSheet; readonly summary: ReadSheet }> {
  const whole: ReportSource = {
    ...sourceOf(columns, rows),
    summary: async () => summaryWith({ timeZone: 'America/Lima', ...summary }),
    ...source,
  };
  const pieces = xlsxReport(whole, translate, language, {
    statuses: null,
    offsetMsAt,
    ...options,
  });
  const [deliveries, overview, ...others] = await sheetsOf(await bytesOf(pieces));
  if (deliveries === undefined || overview === undefined || others.length > 0) throw new Error('two sheets');
  return { deliveries, summary: overview };
}

/** Days as spreadsheets count them. */
function days(local: string): string {
  return String(Date.parse(`${local}Z`) / 86_400_000 + 25_569);
}

/** The value behind a name of the summary. */
function fact({ rows }: ReadSheet, name: string): string | null | undefined {
  return rows.find(([first]) => first === name)?.[1];
}

const REFUSED = rowWith({
  line: 3,
  phone: '51987654322',
  status: 'refused',
  reason: 'not-on-whatsapp',
  errorCode: '131026',
  errorMessage: '=HYPERLINK("http://x")',
  cells: ['0051', '=1+1'],
});

describe('the sheet of deliveries', () => {
  test('has the report’s columns in the reader’s language, then the file’s own under their own names', async () => {
    const { deliveries } = await reported(['celular', 'Motivo'], [rowWith()], { language: 'es' });
    expect(deliveries.name).toBe('Entregas');
    expect(deliveries.rows[0]).toEqual([
      ...['Línea', 'Teléfono', 'Estado', 'Motivo', 'Intentos', 'Id del contacto'],
      ...['Primer intento (America/Lima)', 'Último intento (America/Lima)', 'Estado HTTP', 'Código de error'],
      ...['Lo que dijo el proveedor', 'En la lista del proveedor', 'celular', 'input_Motivo'],
    ]);
  });

  test('says statuses and reasons in words; phones and cells are texts, counts are numbers', async () => {
    const { deliveries } = await reported(['celular', 'nombre'], [REFUSED], { language: 'es' });
    const values = [...deliveries.cells].filter(([at]) => at.endsWith('2')).map(([, cell]) => cell);
    expect(values.map(({ type, value }) => [type[0], value])).toEqual([
      ['n', '3'],
      ['t', '51987654322'],
      ['t', 'Rechazado'],
      ['t', 'El número no puede recibir mensajes de WhatsApp'],
      ['n', '1'],
      ['t', 'c-1'],
      ['n', days('2026-03-21T09:00:00')],
      ['n', days('2026-03-21T09:00:01')],
      ['n', '200'],
      ['t', '131026'],
      ['t', '=HYPERLINK("http://x")'],
      ['t', '0051'],
      ['t', '=1+1'],
    ]);
  });

  test('shows the clock of the campaign’s zone, also where that changes between two rows', async () => {
    const change = Date.UTC(2026, 2, 8, 8);
    const rows = [change - 1_000, change].map((firstAttemptAt) => rowWith({ firstAttemptAt }));
    const { deliveries } = await reported([], rows, { summary: { timeZone: 'America/Tijuana' } });
    expect(['G2', 'G3'].map((at) => deliveries.cells.get(at)?.value)).toEqual([
      days('2026-03-07T23:59:59'),
      days('2026-03-08T00:00:00'),
    ]);
    const later = await reported([], [rowWith({ firstAttemptAt: Date.UTC(2026, 2, 8, 10) })], {
      summary: { timeZone: 'America/Tijuana' },
    });
    expect(later.deliveries.cells.get('G2')?.value).toBe(days('2026-03-08T03:00:00'));
  });

  test('has only the rows that were asked for, and the summary says so', async () => {
    const { deliveries, summary } = await reported([], [rowWith(), REFUSED], { statuses: ['refused'] });
    expect(deliveries.rows.slice(1).map(([line]) => line)).toEqual(['3']);
    expect(fact(summary, 'Only these rows')).toBe('Refused');
  });

  test('tells who replied, what was repaired, and until when a person got enough', async () => {
    const capped = rowWith({
      status: 'skipped',
      reason: 'capped',
      errorMessage: '2026-03-28T14:00:00.000Z',
      repaired: ['body.1', 'header.1'],
    });
    const { deliveries } = await reported([], [capped], {
      replies: () => MORNING,
      source: { hasRepaired: true },
    });
    const [header, row] = deliveries.rows;
    const of = (name: string): string | null | undefined => row?.[header?.indexOf(name) ?? -1];
    expect(of('Replied (America/Lima)')).toBe(days('2026-03-21T09:00:00'));
    expect(of('Repaired')).toBe('body.1, header.1');
    expect(of('What the provider said')).toBe(days('2026-03-28T09:00:00'));
  });

  test('names the row that one repeats as the page does, to who reads it there', async () => {
    const repeated = rowWith({ status: 'skipped', reason: 'duplicate', errorMessage: 'line 2' });
    const shown = async (translate: Translate): Promise<readonly (string | null | undefined)[]> => {
      const { deliveries } = await reported([], [repeated], { translate });
      return ['A1', 'K2'].map((at) => deliveries.cells.get(at)?.value);
    };
    expect(await shown(translateIn('es'))).toEqual(['Línea', 'línea 2']);
    expect(await shown(pageWords(translateIn('es')))).toEqual(['Fila', 'fila 2']);
    expect(await shown(pageWords(translateIn('en')))).toEqual(['Row', 'row 2']);
  });

  test('says in words how a connection ended, on both sheets, and of who is known not to have got it nothing old', async () => {
    const silent = { status: 'uncertain', reason: 'no-answer', errorCode: null } as const;
    const broken = { ...silent, errorMessage: 'ECONNRESET: read ECONNRESET' };
    const { deliveries, summary } = await reported(
      [],
      [rowWith(broken), rowWith({ ...broken, status: 'pending', reason: 'absent' })],
      { language: 'es', summary: { reasons: [{ ...broken, count: 1 }] } },
    );
    const words = 'La conexión se cortó antes de que llegara una respuesta. (ECONNRESET: read ECONNRESET)';
    expect(deliveries.cells.get('K2')?.value).toBe(words);
    expect(deliveries.cells.get('K3')).toBeUndefined();
    expect(summary.rows.at(-1)?.[4]).toBe(words);
  });

  test('names a reason that no sentence knows as it stands', async () => {
    const { deliveries } = await reported([], [rowWith({ status: 'refused', reason: 'brand-new' })]);
    expect(deliveries.cells.get('D2')?.value).toBe('brand-new');
  });
});

describe('the summary', () => {
  test('names campaign, template, dates and their zone, and counts by status', async () => {
    const { summary } = await reported([], []);
    expect(summary.name).toBe('Summary');
    expect(fact(summary, 'Campaign')).toBe('spring-sale-2026');
    expect(fact(summary, 'Template')).toBe('spring_sale_es');
    expect(fact(summary, 'Started')).toBe(days('2026-03-21T09:00:00'));
    expect(fact(summary, 'Ended')).toBe(days('2026-03-21T09:45:00'));
    expect(fact(summary, 'How it ended')).toBe('Came to its end.');
    expect(fact(summary, 'Time zone')).toBe('Peru Standard Time (GMT-5)');
    const counted = [
      'Accepted',
      'Refused',
      'Given up',
      'Uncertain',
      'Skipped',
      'Recipients',
      'Repeated rows',
      'Rejected rows',
    ];
    expect(counted.map((name) => fact(summary, name))).toEqual([
      '21840',
      '914',
      '37',
      '12',
      '302',
      '23105',
      '116',
      '86',
    ]);
    expect(fact(summary, 'Replied')).toBe('2918');
    expect(fact(summary, 'Estimated cost as marketing')).toBe('742.56');
  });

  test('gives each reason with its number, the provider’s words and what to do', async () => {
    const { summary } = await reported([], []);
    const row = summary.rows.find((cells) => cells[3] === '131049');
    expect(row?.slice(0, 3)).toEqual([
      'Refused',
      '208',
      'WhatsApp holds back marketing to this person for now',
    ]);
    expect(row?.at(-1)).toContain('Wait at least 24 hours');
  });

  test('of a list in which nobody stands twice says nothing of repeated rows', async () => {
    const { summary } = await reported([], [], { summary: { reasons: [] } });
    expect(fact(summary, 'Repeated rows')).toBeUndefined();
    expect([fact(summary, 'Skipped'), fact(summary, 'Recipients')]).toEqual(['418', '23221']);
  });

  test('of a campaign that was never sent leaves out what there is not', async () => {
    const { summary } = await reported([], [], {
      summary: { runs: [], timeline: [], reasons: [], cost: null, replies: null },
    });
    const names = summary.rows.map(([name]) => name);
    expect(names).not.toContain('Started');
    expect(names).toContain('Every message went out: there is nothing to explain.');
  });
});

test('what went to the sandbox says so on both tabs and in the first line of the summary', async () => {
  const { deliveries, summary } = await reported([], [], { summary: { isSandbox: true } });
  expect([deliveries.name, summary.name]).toEqual(['Deliveries SANDBOX', 'Summary SANDBOX']);
  expect(summary.rows[0]).toEqual(['SANDBOX', expect.stringContaining('Nothing in this report was sent')]);
});

test.each(['en', 'es'] as const)('tabs have names that Excel takes: %s', (language) => {
  const translate = translateIn(language);
  for (const code of ['report.sheet.deliveries', 'report.sheet.summary'] as const)
    expect(`${translate(code)} SANDBOX`).toMatch(/^[^[\]:*?/\\']{1,25}$/u);
});
