import { countsOf } from '../../src/core/counts.js';
import type { ReportSummary } from '../../src/core/report-data.js';
import { MINUTE, MORNING, summaryWith } from './support.js';

const SCRIPT = '<script>document.title="broken"</script><img src=x onerror="document.title=1">';
const TURNED = '\u202Eevil\u202C \u2067right to left';
const LONG_WORD = 'Donaudampfschifffahrt'.repeat(40);

/** A summary in which every text that comes from outside tries to be more than text. */
export function hostileSummary(): ReportSummary {
  return summaryWith({
    campaign: {
      name: `${SCRIPT}${TURNED}`,
      template: `"><svg onload=x>${LONG_WORD}`,
      type: 'campaign',
      campaignName: `{count, plural} '</title>${SCRIPT}`,
      workspace: `</style>${LONG_WORD}`,
    },
    reasons: [
      { status: 'refused', reason: `</h3>${SCRIPT}`, errorCode: LONG_WORD, errorMessage: SCRIPT, count: 3 },
      { status: 'refused', reason: 'refused', errorCode: TURNED, errorMessage: LONG_WORD, count: 2 },
      {
        status: 'refused',
        reason: 'constructor',
        errorCode: null,
        errorMessage: 'a\u0000b\u001B[31m\uD800',
        count: 1,
      },
    ],
    countries: [{ country: `</text>${SCRIPT}`, recipients: 3, accepted: 1, refused: 1, uncertain: 1 }],
    rejections: [
      { line: 2, phone: SCRIPT, reason: TURNED, column: LONG_WORD, value: `${TURNED}${LONG_WORD}` },
      { line: 3, phone: '', reason: 'phone.missing', column: '', value: '' },
    ],
    repaired: { count: 1, first: [{ line: 2, phone: SCRIPT, variables: [TURNED, `${SCRIPT}${LONG_WORD}`] }] },
    cost: [{ category: '<i>', currency: '<b>', total: 1, people: 1 }],
  });
}

/** A campaign of a million people over two years, with all the variety that a ledger can hold. */
export function enormousSummary(): ReportSummary {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  return summaryWith({
    counts: countsOf({ accepted: 900_000, refused: 60_000, uncertain: 20_000, skipped: 20_000 }, 50_000),
    timeline: Array.from({ length: 300_000 }, (_, index) => ({
      at: MORNING + 3 * index * MINUTE,
      accepted: 3,
      refused: 1,
      uncertain: index % 9 === 0 ? 1 : 0,
      deferred: 0,
    })),
    runs: Array.from({ length: 2_000 }, (_, index) => ({
      startedAt: MORNING + 450 * index * MINUTE,
      endedAt: MORNING + (450 * index + 300) * MINUTE,
      ratePerSecond: 5,
      halted: null,
    })),
    reasons: Array.from({ length: 5_000 }, (_, index) => ({
      status: 'refused' as const,
      reason: 'refused',
      errorCode: String(index),
      errorMessage: 'x'.repeat(10_000),
      count: 5_000 - index,
    })),
    countries: Array.from(letters).flatMap((first) =>
      Array.from(letters, (second) => ({
        country: first + second,
        recipients: 1_480,
        accepted: 1_300,
        refused: 90,
        uncertain: 30,
      })),
    ),
    attempts: Array.from({ length: 500 }, (_, index) => ({ attempts: index + 1, deliveries: 2_000 })),
    rejections: Array.from({ length: 50 }, (_, index) => ({
      line: index + 2,
      phone: '9'.repeat(5_000),
      reason: 'phone.invalid',
      column: 'celular',
      value: '9'.repeat(5_000),
    })),
    repaired: {
      count: 1_000_000,
      first: Array.from({ length: 50 }, (_, index) => ({
        line: index + 2,
        phone: '9'.repeat(15),
        variables: Array.from({ length: 100 }, (__, place) => `body.${place}`),
      })),
    },
  });
}
