import { countsOf } from '../../src/core/counts.js';
import type {
  ReportRow,
  ReportSource,
  ReportStatus,
  ReportSummary,
  TimelineMinute,
} from '../../src/core/report-data.js';

/** A row of an accepted delivery, with changes. */
export function rowWith(changes: Partial<ReportRow> = {}): ReportRow {
  return {
    line: 2,
    phone: '51987654321',
    status: 'accepted',
    reason: null,
    attempts: 1,
    contactId: 'c-1',
    firstAttemptAt: Date.UTC(2026, 2, 21, 14, 0, 0),
    lastAttemptAt: Date.UTC(2026, 2, 21, 14, 0, 1, 250),
    httpStatus: 200,
    errorCode: null,
    errorMessage: null,
    confirmation: null,
    cells: [],
    ...changes,
  };
}

/** A source that holds these rows in memory. */
export function sourceOf(columns: readonly string[], rows: readonly ReportRow[]): ReportSource {
  return {
    columns,
    campaign: 'spring-sale-2026',
    summary: async () => summaryWith(),
    async *rows(statuses: readonly ReportStatus[] | null) {
      yield rows.filter((row) => statuses === null || statuses.includes(row.status));
    },
  };
}

/** Everything that a stream of texts says. */
export async function textOf(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

/** Nine in the morning in Lima. */
export const MORNING = Date.UTC(2026, 2, 21, 14, 0);
export const MINUTE = 60_000;

/** The summary of an ordinary campaign that ran for 45 minutes with a halt in between, with changes. */
export function summaryWith(changes: Partial<ReportSummary> = {}): ReportSummary {
  return {
    campaign: {
      name: 'spring-sale-2026',
      template: 'spring_sale_es',
      type: 'campaign',
      campaignName: 'Spring sale 2026 · Región Áncash',
      workspace: 'wks_8c41f0',
    },
    generatedAt: MORNING + 60 * MINUTE,
    counts: countsOf({ accepted: 21_840, refused: 914, exhausted: 37, uncertain: 12, skipped: 418 }, 86),
    runs: [
      {
        startedAt: MORNING,
        endedAt: MORNING + 14 * MINUTE,
        ratePerSecond: 20,
        halted: { code: 'halt.account', params: { detail: '(#131042) Business eligibility payment issue' } },
        ending: 'finished' as const,
      },
      {
        startedAt: MORNING + 25 * MINUTE,
        endedAt: MORNING + 45 * MINUTE,
        ratePerSecond: 15,
        halted: null,
        ending: 'finished' as const,
      },
    ],
    timeline: ordinaryTimeline(),
    reasons: ORDINARY_REASONS,
    countries: [
      { country: 'PE', recipients: 18_220, accepted: 17_402, refused: 611, uncertain: 9 },
      { country: 'MX', recipients: 2_904, accepted: 2_641, refused: 190, uncertain: 2 },
      { country: 'AR', recipients: 1_120, accepted: 980, refused: 96, uncertain: 1 },
      { country: 'CO', recipients: 640, accepted: 544, refused: 40, uncertain: 0 },
      { country: 'ES', recipients: 301, accepted: 251, refused: 14, uncertain: 0 },
      { country: '', recipients: 36, accepted: 22, refused: 0, uncertain: 0 },
    ],
    attempts: [
      { attempts: 1, deliveries: 22_104 },
      { attempts: 2, deliveries: 540 },
      { attempts: 3, deliveries: 96 },
      { attempts: 4, deliveries: 26 },
      { attempts: 5, deliveries: 37 },
    ],
    latency: { p50Ms: 184, p90Ms: 611, p99Ms: 2_430 },
    rejections: ORDINARY_REJECTIONS,
    message: {
      line: 2,
      source: 'provider',
      text: {
        header: null,
        media: 'document',
        body: 'Hola Ana:\n\nsu descuento es de *10 %*.',
        footer: 'Responda BAJA',
        buttons: ['Ver oferta'],
      },
      attachmentName: 'oferta.pdf',
    },
    cost: [{ category: 'marketing', currency: 'USD', total: 742.56, people: 21_840 }],
    replies: { replied: 2_918, accepted: 21_840, estimate: true },
    ...changes,
  };
}

function ordinaryTimeline(): readonly TimelineMinute[] {
  return Array.from({ length: 45 }, (_, index) => {
    const slow = index >= 25;
    const wave = Math.round(60 * Math.sin(index / 3));
    return {
      at: MORNING + index * MINUTE,
      accepted: (slow ? 690 : 950) + wave,
      refused: index === 13 ? 260 : 18 + (index % 7) * 3,
      uncertain: index === 31 ? 8 : index % 11 === 0 ? 1 : 0,
      deferred: index === 30 ? 90 : 0,
    };
  }).filter((_, index) => index < 14 || index >= 25);
}

const ORDINARY_REASONS: ReportSummary['reasons'] = [
  {
    status: 'refused',
    reason: 'not-on-whatsapp',
    errorCode: '131026',
    errorMessage: '(#131026) Message undeliverable',
    count: 611,
  },
  { status: 'skipped', reason: 'suppressed', errorCode: null, errorMessage: null, count: 302 },
  {
    status: 'refused',
    reason: 'not-now',
    errorCode: '131049',
    errorMessage: 'This message was not delivered to maintain healthy ecosystem engagement.',
    count: 208,
  },
  { status: 'skipped', reason: 'duplicate', errorCode: null, errorMessage: null, count: 116 },
  { status: 'rejected', reason: 'phone.scientific', errorCode: null, errorMessage: null, count: 61 },
  {
    status: 'refused',
    reason: 'row-data',
    errorCode: '132012',
    errorMessage: '(#132012) Parameter format does not match format in the created template',
    count: 95,
  },
  {
    status: 'exhausted',
    reason: 'attempts-used-up',
    errorCode: '131016',
    errorMessage: '(#131016) Service unavailable',
    count: 37,
  },
  { status: 'rejected', reason: 'variable.empty', errorCode: null, errorMessage: null, count: 25 },
  { status: 'uncertain', reason: 'no-answer', errorCode: null, errorMessage: null, count: 12 },
];

const ORDINARY_REJECTIONS: ReportSummary['rejections'] = [
  { line: 18, phone: '5,19877E+11', reason: 'phone.scientific', column: 'celular', value: '5,19877E+11' },
  { line: 44, phone: '+51 987 654', reason: 'phone.invalid', column: 'celular', value: '+51 987 654' },
  { line: 102, phone: '51987654321', reason: 'variable.empty', column: 'body.1', value: '' },
  {
    line: 231,
    phone: '987654321 / 912345678',
    reason: 'phone.multiple',
    column: 'celular',
    value: '987654321 / 912345678',
  },
  {
    line: 508,
    phone: '51911222333',
    reason: 'variable.newline',
    column: 'body.2',
    value: 'Av. Arequipa 1234 Lima',
  },
];
