import { type Html, html } from '../../../markup/markup.js';
import { section, type View } from '../view.js';

/** What the campaign cost and who replied, each where it is known. */
export function results(view: View): Html | null {
  const cards = [...costCards(view), ...replyCards(view)];
  if (cards.length === 0) return null;
  const { summary, translate } = view;
  return section('results', translate('report.results.title'), [
    html`<dl class="cards few">${cards}</dl>`,
    summary.cost === null ? null : html`<p class="note">${translate('report.cost.note')}</p>`,
    summary.replies?.estimate === true
      ? html`<p class="note">${translate('report.replies.estimate')}</p>`
      : null,
  ]);
}

function costCards({ summary, translate, format }: View): readonly Html[] {
  return (summary.cost ?? []).map(
    ({
      category,
      currency,
      total,
      people,
    }) => html`<div class="card plain"><dt>${translate('report.cost.label', { category })}</dt>
<dd><strong>${format.money(total, currency)}</strong>
<span class="hint">${translate('report.cost.people', { count: people, shown: format.count(people) })}</span></dd></div>`,
  );
}

function replyCards({ summary: { replies }, translate, format }: View): readonly Html[] {
  if (replies === null) return [];
  const share = replies.accepted === 0 ? '–' : format.share(replies.replied / replies.accepted);
  const hint = translate('report.replies.of', {
    replied: format.count(replies.replied),
    accepted: format.count(replies.accepted),
    count: replies.accepted,
  });
  return [
    html`<div class="card plain"><dt>${translate('report.replies.label')}</dt><dd><strong>${share}</strong>
<span class="hint">${hint}</span></dd></div>`,
  ];
}
