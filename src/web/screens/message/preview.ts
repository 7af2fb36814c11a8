import type { MessageSeen } from '../../../app/message/open-message.js';
import type { MessagePreview, PreviewChoice } from '../../../app/rows/preview-message.js';
import type { Problem, Result } from '../../../core/problem.js';
import { rowSentence } from '../../../core/row-sentence.js';
import { filledText } from '../../../core/template-text.js';
import { LONGEST_VALUE } from '../../../core/values.js';
import { sampleOf } from '../../../core/variable-source.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import { callout } from '../../views/banner.js';
import { bubble } from '../../views/bubble.js';
import { live, summaryList } from '../../views/parts.js';
import { problemText } from '../../views/problems.js';
import type { Visit } from '../../visit.js';
import { campaignPath, messagePath } from '../campaign/paths.js';
import { rowsAsked } from '../campaign/rows.js';
import type { CampaignHere } from '../campaign/shell.js';

/** The header stands in the first line. */
const FIRST_LINE = 2;
/** So long a page waits for a list to be read. */
const PATIENCE_MS = 800;

/** The message of one row, whole, with the way to the rows beside it and to any other. */
export async function previewPart(visit: Visit, seen: CampaignHere, message: MessageSeen): Promise<Html> {
  const asked = (visit.query.get('row') ?? '').trim();
  const unfilled = message.variables.filter(({ source }) => source === null);
  if (unfilled.length > 0 || message.surplus.length > 0 || message.look === null)
    return html`${unready(visit, message)}`;
  const found = await previewed(visit, seen, choiceOf(asked));
  if (found === null) return reading(visit, seen.key, asked);
  const end = html`<span data-live-end hidden></span>`;
  if (found.ok)
    return html`${finder(visit, seen.key, asked)}${ofRow(visit, seen.key, message, found.value)}${end}`;
  return html`${finder(visit, seen.key, asked)}${await trouble(visit, seen, asked, found.problems)}${end}`;
}

/** A short number is a row; a long one a phone; nothing is the first row that gets a message. */
function choiceOf(asked: string): PreviewChoice {
  if (asked === '') return { by: 'position', position: 1 };
  return /^\d{1,7}$/u.test(asked) ? { by: 'line', line: Number(asked) } : { by: 'phone', typed: asked };
}

/** null: the list is still being read. */
async function previewed(
  { background, language }: Visit,
  seen: CampaignHere,
  choice: PreviewChoice,
): Promise<Result<MessagePreview> | null> {
  const patience = new Promise<null>((over) => setTimeout(over, PATIENCE_MS, null).unref());
  const question = { kind: 'preview', asked: rowsAsked(seen), choice } as const;
  return Promise.race([background.rows.ask(question, language), patience]);
}

function finder({ translate }: Visit, key: string, asked: string): Html {
  return html`<form method="get" action="${campaignPath(key, 'message')}#preview" class="inline" data-part="${messagePath(key, 'preview')}"><div class="field"><label for="row">${translate('web.preview.which')}</label><input class="input" id="row" name="row" value="${asked}" autocomplete="off"></div><button class="button secondary" type="submit">${translate('web.preview.show')}</button></form>`;
}

function reading({ translate }: Visit, key: string, asked: string): Html {
  const query = asked === '' ? '' : `?row=${encodeURIComponent(asked)}`;
  return live(
    `${messagePath(key, 'preview')}${query}`,
    html`<p role="status">${translate('web.preview.reading')}</p><progress aria-label="${translate('web.wrong.reading-label')}"></progress><p><a href="${campaignPath(key, 'message')}${query}">${translate('web.look-again')}</a></p>`,
  );
}

/** As long as something is missing: the text with what the first row has for it. */
function unready(visit: Visit, { template, variables, look }: MessageSeen): Html {
  const { translate } = visit;
  const note = callout('quiet', html`<p>${translate('web.preview.unready')}</p>`);
  if (template.text === null) return note;
  const cells = look?.firstRows[0] ?? [];
  const values = (place: 'header' | 'body') =>
    variables.flatMap(({ place: where, name, source }) => {
      const value = source === null ? null : sampleOf(source, look?.columns ?? [], cells);
      return where !== place || value === null ? [] : [{ variable: name, value }];
    });
  const text = filledText(template.text, { header: values('header'), body: values('body') });
  return html`${note}${bubble(visit, text, null)}`;
}

/** No message: because the row cannot be sent, or because there is none. */
async function trouble(
  visit: Visit,
  seen: CampaignHere,
  asked: string,
  problems: readonly Problem[],
): Promise<Html> {
  const { translate } = visit;
  const line = Number(asked);
  const isLine = /^\d{1,7}$/u.test(asked) && problems[0]?.code === 'preview.no-row';
  const way = isLine ? neighbours(visit, seen.key, line) : null;
  const why = isLine ? await reasonAt(visit, seen, line) : null;
  if (why !== null) {
    return html`${way}${callout('uncertain', html`<p><strong>${translate('web.preview.not-sent', { line })}</strong></p><p>${why}</p><p><a href="${campaignPath(seen.key, 'wrong')}">${translate('web.preview.mend')}</a></p>`)}`;
  }
  const text = problems.map((problem) => problemText(visit, problem)).join(' ');
  return html`${way}${callout('uncertain', html`<p>${text}</p>`)}`;
}

async function reasonAt(
  { background, language, translate }: Visit,
  seen: CampaignHere,
  line: number,
): Promise<string | null> {
  const why = await background.rows.ask({ kind: 'why', asked: rowsAsked(seen), line }, language);
  return why === null ? null : translate(rowSentence(why.reason, why));
}

function ofRow(visit: Visit, key: string, { template }: MessageSeen, shown: MessagePreview): Html {
  const { translate, format } = visit;
  const to = html`<p class="soft">${translate('web.preview.to')} ${foreign(`+${shown.phone}`)}</p>`;
  const way = neighbours(visit, key, shown.line);
  const { attachment } = shown;
  if (shown.text === null || template.text === null) {
    const lines = shown.values.map(({ place, variable, value }) => ({
      key: translate(`web.send.sample.${place}`, { variable }),
      value: foreign(value),
    }));
    return html`${way}${callout('quiet', html`<p>${translate('web.preview.no-text')}</p>`)}${summaryList(visit, lines)}${to}`;
  }
  const length = format.count(Array.from(shown.text.body).length);
  const count = translate('web.preview.count', { count: length, most: format.count(LONGEST_VALUE.body) });
  return html`${way}${bubble(visit, shown.text, attachment?.name ?? null)}<p class="count soft">${count}</p>${to}`;
}

function neighbours({ translate, format }: Visit, key: string, line: number): Html {
  const step = (to: number, sign: string, words: 'web.preview.previous' | 'web.preview.next'): Html =>
    to < FIRST_LINE
      ? html`<span class="off" aria-hidden="true">${sign}</span>`
      : html`<a href="${campaignPath(key, 'message')}?row=${to}#preview" data-part="${messagePath(key, 'preview')}?row=${to}" data-step="${sign}" aria-label="${translate(words, { line: to })}">${sign}</a>`;
  return html`<div class="rows">${step(line - 1, '◀', 'web.preview.previous')}<strong aria-live="polite">${translate('web.preview.row', { line: format.count(line) })}</strong>${step(line + 1, '▶', 'web.preview.next')}</div>`;
}
