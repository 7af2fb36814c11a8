import type { RejectedRead } from '../../../app/rows/answer-rows.js';
import type { RejectedPage } from '../../../app/rows/rejected-rows.js';
import type { RejectionReason } from '../../../core/recipient.js';
import { type Html, html } from '../../../markup/markup.js';
import { callout } from '../../views/banner.js';
import { buttonLink, type Filled } from '../../views/fields.js';
import { actions, details, pagination, section } from '../../views/parts.js';
import { problemList } from '../../views/problems.js';
import type { Visit } from '../../visit.js';
import { campaignPath } from '../campaign/paths.js';
import type { CampaignHere } from '../campaign/shell.js';
import { mendForm } from './mend-form.js';
import { type WrongFilter, wrongPath } from './paths.js';
import { readyIn, sumLine, wrongIn } from './sum.js';

/** What is on the page beside the rows. */
export interface WrongParts {
  readonly page: RejectedPage;
  readonly filter: WrongFilter;
  /** The row whose form came back, and that form. */
  readonly mended: { readonly line: number; readonly filled: Filled } | null;
}

type Assumed = Extract<RejectedRead, { kind: 'rows' }>['plan'];

/** How the rows add up, what to do about those that cannot be sent, and each of these with its cell to be typed right. */
export function wrongBody(visit: Visit, seen: CampaignHere, plan: Assumed, parts: WrongParts): Html {
  const { translate } = visit;
  const { page, filter } = parts;
  const ready = readyIn(page);
  const next = buttonLink(
    visit,
    campaignPath(seen.key, 'message'),
    wrongIn(page) === 0 ? translate('web.go-on') : translate('web.wrong.continue', { count: ready }),
  );
  const again = buttonLink(
    visit,
    `${campaignPath(seen.key, 'list')}/upload`,
    translate('web.list.again'),
    'secondary',
  );
  const shown =
    wrongIn(page) === 0
      ? html`<p class="lead">${translate('web.wrong.nothing')}</p>`
      : toDo(visit, seen, page, plan.readAs);
  return html`${sumLine(visit, page)}${shown}${actions(ready === 0 ? null : next, again)}${notes(visit, plan)}${rowsPart(visit, seen, parts, filter)}`;
}

/** While the list is read. */
export function readingBody({ translate }: Visit, key: string, count: number): Html {
  return html`<p class="lead" role="status">${translate('web.wrong.reading', { count })}</p><progress aria-label="${translate('web.wrong.reading-label')}"></progress><p><a href="${campaignPath(key, 'wrong')}">${translate('web.look-again')}</a></p>`;
}

/** Reasons of which a spreadsheet is the cause. */
const BY_EXCEL: readonly RejectionReason[] = [
  'phone.scientific',
  'cell.digits',
  'cell.formula',
  'cell.error',
  'encoding.damaged',
];

/** In words, by reason, what is worst first. */
function toDo(
  visit: Visit,
  { key }: CampaignHere,
  { byReason }: RejectedPage,
  { format }: Assumed['readAs'],
): Html {
  const { translate } = visit;
  const reasons = (Object.entries(byReason) as [RejectionReason, number][]).toSorted(([, a], [, b]) => b - a);
  const line = ([reason, count]: [RejectionReason, number]): Html => {
    const what = translate(`web.wrong.do.${reason}`, { count, format });
    return html`<li>${what} <a href="${wrongPath(key, { reason, after: null })}#rows">${translate('web.wrong.show')}<span class="unseen"> ${what}</span></a></li>`;
  };
  const byExcel = reasons.filter(([reason]) => BY_EXCEL.includes(reason));
  const others = reasons.filter(([reason]) => !BY_EXCEL.includes(reason));
  const excel =
    byExcel.length === 0
      ? null
      : callout(
          'uncertain',
          html`<p><strong>${translate('web.wrong.excel')}</strong></p><ul class="plain">${byExcel.map(line)}</ul>`,
        );
  const rest = others.length === 0 ? null : html`<ul class="plain">${others.map(line)}</ul>`;
  return html`<h2>${translate('web.wrong.need')}</h2>${excel}${rest}<p>${translate('web.wrong.or-go-on')}</p>`;
}

/** What was assumed, and what looks odd. */
function notes(visit: Visit, { notices, warnings }: Assumed): Html | null {
  const all = [...notices, ...warnings];
  if (all.length === 0) return null;
  return details(visit.translate('web.wrong.notes', { count: all.length }), problemList(visit, all));
}

function rowsPart(visit: Visit, seen: CampaignHere, parts: WrongParts, filter: WrongFilter): Html | null {
  const { translate } = visit;
  const { page, mended } = parts;
  if (wrongIn(page) === 0 && page.rows.length === 0) return null;
  const { reason, after } = filter;
  const title =
    reason === null
      ? translate('web.wrong.rows-title', { count: wrongIn(page) })
      : translate('web.wrong.rows-some', { count: page.byReason[reason] ?? 0 });
  const all =
    reason === null
      ? null
      : html`<p><a href="${wrongPath(seen.key, { reason: null, after: null })}#rows">${translate('web.wrong.show-all', { count: wrongIn(page) })}</a></p>`;
  const rows = page.rows.map((row) =>
    mendForm(visit, seen.key, {
      row,
      columns: page.columns,
      filter,
      filled: mended?.line === row.line ? mended.filled : null,
    }),
  );
  const pages = pagination(
    {
      first: after === null ? null : `${wrongPath(seen.key, { reason, after: null })}#rows`,
      next: page.next === null ? null : `${wrongPath(seen.key, { reason, after: page.next })}#rows`,
    },
    {
      label: translate('web.wrong.pages'),
      first: translate('web.pages.first'),
      next: translate('web.pages.next'),
    },
  );
  return section(title, html`${all}${rows}${pages}`, 'rows');
}
