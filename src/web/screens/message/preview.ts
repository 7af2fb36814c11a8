import type { MessageSeen } from '../../../app/message/open-message.js';
import { type PreviewChoice, type PreviewedRow, previewRow } from '../../../app/message/preview-row.js';
import { readPerson } from '../../../app/phones.js';
import { ok, type Problem, type Result } from '../../../core/problem.js';
import type { Recipient } from '../../../core/recipient.js';
import { rowSentence } from '../../../core/row-sentence.js';
import { filledText } from '../../../core/template-text.js';
import { LONGEST_VALUE } from '../../../core/values.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import { callout } from '../../views/banner.js';
import { bubble } from '../../views/bubble.js';
import { summaryList } from '../../views/parts.js';
import { problemText } from '../../views/problems.js';
import type { Visit } from '../../visit.js';
import { campaignPath } from '../campaign/paths.js';
import { messagePath } from './paths.js';

const HEADER_LINES = 2;

/** The message of one row, whole, with the way to the rows beside it and to any other. */
export async function previewPart(visit: Visit, key: string, seen: MessageSeen): Promise<Html> {
  const asked = visit.query.get('row') ?? '';
  const choice = await choiceOf(visit, seen, asked.trim());
  const found = choice.ok ? await previewRow(seen.read, choice.value, visit.app) : choice;
  const shown = found.ok ? ofRow(visit, key, seen, found.value) : trouble(visit, found.problems);
  return html`${finder(visit, key, asked)}${shown}`;
}

/** A short number is a row; a long one a phone. */
async function choiceOf(
  { app }: Visit,
  { read }: MessageSeen,
  asked: string,
): Promise<Result<PreviewChoice>> {
  if (/^\d{0,7}$/u.test(asked)) return ok({ by: 'line', line: Number(asked === '' ? HEADER_LINES : asked) });
  const person = await readPerson(asked, read.campaign.recipients.country, 'phone', app);
  return person.ok ? ok({ by: 'person', person: person.value }) : person;
}

function finder({ translate }: Visit, key: string, asked: string): Html {
  return html`<form method="get" action="${campaignPath(key, 'message')}#preview" class="inline" data-part="${messagePath(key, 'preview')}"><div class="field"><label for="row">${translate('web.preview.which')}</label><input class="input" id="row" name="row" value="${asked}" autocomplete="off" inputmode="tel"></div><button class="button secondary" type="submit">${translate('web.preview.show')}</button></form>`;
}

function trouble(visit: Visit, problems: readonly Problem[]): Html {
  const [first] = problems;
  const text =
    first?.code === 'cli.bad-phone'
      ? visit.translate('web.preview.no-phone')
      : problems.map((problem) => problemText(visit, problem)).join(' ');
  return callout('refused', html`<p>${text}</p>`);
}

function ofRow(visit: Visit, key: string, seen: MessageSeen, row: PreviewedRow | null): Html {
  const { translate } = visit;
  if (row === null) return callout('quiet', html`<p>${translate('web.preview.none')}</p>`);
  const { verdict, line } = row;
  const way = neighbours(visit, key, row);
  if (verdict.kind === 'recipient') return html`${way}${message(visit, seen, verdict.recipient)}`;
  const { reason, column, value } = verdict.rejection;
  const why = translate(rowSentence(reason, { column, value }));
  return html`${way}${callout('uncertain', html`<p><strong>${translate('web.preview.not-sent', { line })}</strong></p><p>${why}</p><p><a href="${campaignPath(key, 'wrong')}">${translate('web.preview.mend')}</a></p>`)}`;
}

function neighbours({ translate, format }: Visit, key: string, { line, previous, next }: PreviewedRow): Html {
  const step = (to: number | null, sign: string, words: 'web.preview.previous' | 'web.preview.next'): Html =>
    to === null
      ? html`<span class="off" aria-hidden="true">${sign}</span>`
      : html`<a href="${campaignPath(key, 'message')}?row=${to}#preview" data-part="${messagePath(key, 'preview')}?row=${to}" data-step="${sign}" aria-label="${translate(words, { line: to })}">${sign}</a>`;
  return html`<div class="rows">${step(previous, '◀', 'web.preview.previous')}<strong aria-live="polite">${translate('web.preview.row', { line: format.count(line) })}</strong>${step(next, '▶', 'web.preview.next')}</div>`;
}

function message(visit: Visit, { template }: MessageSeen, recipient: Recipient): Html {
  const { translate, format } = visit;
  const to = html`<p class="soft">${translate('web.preview.to')} ${foreign(`+${recipient.phone}`)}</p>`;
  if (template.text === null) {
    const lines = [...recipient.header, ...recipient.body].map(({ variable, value }) => ({
      key: variable,
      value: foreign(value),
    }));
    return html`${to}${callout('quiet', html`<p>${translate('web.preview.no-text')}</p>`)}${summaryList(lines)}`;
  }
  const text = filledText(template.text, recipient);
  const length = Array.from(text.body).length;
  const count = translate('web.preview.count', {
    count: format.count(length),
    most: format.count(LONGEST_VALUE.body),
  });
  return html`${bubble(visit, text, recipient.attachment?.name ?? null)}<p class="count soft">${count}</p>${to}`;
}
