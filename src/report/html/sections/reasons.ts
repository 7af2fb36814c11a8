import { adviceFor } from '../../../core/advice.js';
import type { ReasonCount } from '../../../core/report-data.js';
import { bareMessage, connectionEnd, isSettled, saidBy } from '../../../core/said.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import { reasonLabel, section, toneOf, type View } from '../view.js';

const REASONS_SHOWN = 40;

/** Why deliveries did not go through, most frequent first, each with what to do about it. */
export function reasons(view: View): Html {
  const { summary, translate, format } = view;
  const title = translate('report.reasons.title');
  if (summary.reasons.length === 0)
    return section('reasons', title, [html`<p>${translate('report.reasons.none')}</p>`]);
  const sorted = summary.reasons.toSorted((a, b) => b.count - a.count);
  const shown = sorted.slice(0, REASONS_SHOWN);
  const left = sorted.slice(REASONS_SHOWN);
  const most = Math.max(...shown.map((entry) => entry.count));
  const leftCount = left.reduce((sum, entry) => sum + entry.count, 0);
  const more = translate('report.reasons.more', { count: left.length, people: format.count(leftCount) });
  return section('reasons', title, [
    html`<p>${translate('report.reasons.intro')}</p>`,
    html`<ol class="reasons">${shown.map((entry) => reason(view, entry, most))}</ol>`,
    left.length === 0 ? null : html`<p class="note">${more}</p>`,
  ]);
}

function reason(view: View, entry: ReasonCount, most: number): Html {
  const { translate, format } = view;
  const tone = toneOf(entry.status);
  const width = Math.max(1, Math.round((100 * entry.count) / most));
  return html`<li class="reason ${tone}">
<p class="amount"><strong>${format.count(entry.count)}</strong> <span class="badge">${translate(`report.status.${entry.status}`)}</span></p>
<div class="what"><h3>${reasonLabel(view, entry.status, entry.reason)}</h3>
<div class="bar" aria-hidden="true"><span style="width:${width}%"></span></div>
<p class="advice">${translate(adviceFor(entry.status, entry.reason, entry.errorCode))}</p>${said(view, entry)}</div></li>`;
}

/** What the provider said, in its own words; or how the connection ended, with what was seen of it behind. */
function said({ translate }: View, entry: ReasonCount): Html | null {
  const { errorCode, errorMessage } = entry;
  if (isSettled(entry.reason) || (errorCode === null && errorMessage === null)) return null;
  const code = errorCode === null ? null : html` <code>${foreign(errorCode, 40)}</code>`;
  const bare = bareMessage(errorCode, errorMessage) ?? '';
  if (saidBy(entry.reason) === 'connection') {
    const words = translate('report.connection', { how: connectionEnd(errorMessage) });
    return html`<p class="said">${words}${code} <small>${foreign(bare)}</small></p>`;
  }
  const message = bare === '' ? null : html` <q>${foreign(bare)}</q>`;
  return html`<p class="said">${translate('report.reasons.said')}${code}${message}</p>`;
}
