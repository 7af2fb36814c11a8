import { countsOf } from '../../src/core/counts.js';
import type { ReportSummary } from '../../src/core/report-data.js';
import { MINUTE, MORNING, summaryWith } from '../report/support.js';
import { HOSTILE_STRINGS, MARKUP_STRINGS, NAME_STRINGS } from './hostile-strings.js';

const MARKUP = MARKUP_STRINGS.map(({ text }) => text);
/** Those first that a page may take for more than text: of long lists it shows the beginning. */
const EVERY = [...MARKUP_STRINGS, ...NAME_STRINGS, ...HOSTILE_STRINGS].map(({ text }) => text);

/** A summary in which every text that comes from outside tries to be more than text. */
export function hostileSummary(): ReportSummary {
  const all = EVERY.join(' ');
  return summaryWith({
    campaign: { name: all, template: all, type: 'campaign', campaignName: all, workspace: all },
    reasons: EVERY.map((text, index) => ({
      status: 'refused',
      reason: text,
      errorCode: text,
      errorMessage: MARKUP[index % MARKUP.length] ?? text,
      count: EVERY.length - index,
    })),
    countries: MARKUP.map((country) => ({ country, recipients: 3, accepted: 1, refused: 1, uncertain: 1 })),
    rejections: EVERY.slice(0, 50).map((text, index) => ({
      line: index + 2,
      phone: text,
      reason: text,
      column: text,
      value: `${text}${MARKUP[index % MARKUP.length]}`,
    })),
    repaired: {
      count: 1,
      first: EVERY.slice(0, 50).map((text) => ({ line: 2, phone: text, variables: EVERY })),
    },
    message: {
      line: 2,
      source: 'campaign',
      text: { header: all, media: null, body: all, footer: all, buttons: MARKUP },
      attachmentName: all,
    },
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
      ending: null,
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
