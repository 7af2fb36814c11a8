import type { RejectedPage } from '../../../app/rows/rejected-rows.js';
import { type Html, html } from '../../../markup/markup.js';
import type { Visit } from '../../visit.js';

/** A part of the rows: how many, and what they are. */
interface Term {
  readonly count: number;
  readonly code: TermCode;
}

type TermCode =
  `web.wrong.${'ready' | 'rejected' | 'repeated' | 'suppressed' | 'capped' | 'accepted' | 'known'}`;

const REJECTED = 'rejected.';
/** Fates that have a word of their own, in this order; whatever else there is, is told as the ledger's business. */
const WORDS: readonly (readonly [fate: string, TermCode])[] = [
  ['pending', 'web.wrong.ready'],
  ['skipped.duplicate', 'web.wrong.repeated'],
  ['skipped.suppressed', 'web.wrong.suppressed'],
  ['skipped.capped', 'web.wrong.capped'],
  ['accepted', 'web.wrong.accepted'],
];

/** What becomes of the rows, adding up to those of the file: `308 ready · 12 cannot be sent · 5 repeated = 325 rows`. */
export function sumLine({ translate }: Visit, page: RejectedPage): Html {
  const terms = termsOf(page);
  const parts = terms.map(
    ({ count, code }, at) =>
      html`${at === 0 ? null : html`<span aria-hidden="true"> · </span><span class="unseen">, </span>`}<strong>${translate(code, { count })}</strong>`,
  );
  return html`<p class="sum">${parts} <span aria-hidden="true">=</span> ${translate('web.wrong.rows', { count: page.total })}</p>`;
}

/** Rows that would be sent now. */
export function readyIn({ fates }: RejectedPage): number {
  return fates['pending'] ?? 0;
}

/** Rows that cannot be sent. */
export function wrongIn({ byReason }: RejectedPage): number {
  return Object.values(byReason).reduce((sum, count) => sum + count, 0);
}

function termsOf(page: RejectedPage): readonly Term[] {
  const known = new Set(WORDS.map(([fate]) => fate));
  const others = Object.entries(page.fates)
    .filter(([fate]) => !known.has(fate) && !fate.startsWith(REJECTED))
    .reduce((sum, [, count]) => sum + count, 0);
  const [ready, ...rest] = WORDS.map(([fate, code]): Term => ({ count: page.fates[fate] ?? 0, code }));
  return [
    ready ?? { count: 0, code: 'web.wrong.ready' },
    ...[
      { count: wrongIn(page), code: 'web.wrong.rejected' } as const,
      ...rest,
      { count: others, code: 'web.wrong.known' } as const,
    ].filter(({ count }) => count > 0),
  ];
}
