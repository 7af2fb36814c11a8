import type { ReportStatus } from '../../core/report-data.js';
import { type Html, html, type MarkupPart } from '../../markup/markup.js';
import type { Visit } from '../visit.js';

/** A line of a summary list. `change`: where its value is changed, with what is read out behind the word. */
export interface SummaryLine {
  readonly key: string;
  readonly value: MarkupPart;
  readonly change?: { readonly href: string; readonly text: string; readonly what: string };
}

/** What is set, line by line, each with a link that changes it, for who may. */
export function summaryList(visit: Visit, lines: readonly SummaryLine[]): Html {
  const rows = lines.map(({ key, value, change }) => {
    const link =
      change === undefined || visit.lacks('GET', change.href) !== null
        ? null
        : html`<dd class="change"><a href="${change.href}">${change.text}<span class="unseen"> ${change.what}</span></a></dd>`;
    return html`<div><dt>${key}</dt><dd>${value}</dd>${link}</div>`;
  });
  return html`<dl class="summary">${rows}</dl>`;
}

/** A column of a table; numbers stand to the right. */
export interface Column {
  readonly title: MarkupPart;
  readonly number?: true;
}

/**
 * A table that scrolls by itself where the screen is narrow, with the keyboard, too.
 *
 * @param rows cells in order of the columns; the first is the row's heading
 */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly MarkupPart[])[],
): Html {
  const kind = (index: number): Html | null =>
    columns[index]?.number === true ? html`class="number"` : null;
  const heads = columns.map(({ title }, index) => html`<th scope="col" ${kind(index)}>${title}</th>`);
  const body = rows.map((cells) => {
    const shown = cells.map((cell, index) =>
      index === 0 ? html`<th scope="row" ${kind(index)}>${cell}</th>` : html`<td ${kind(index)}>${cell}</td>`,
    );
    return html`<tr>${shown}</tr>`;
  });
  return html`<div class="table" role="region" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption><thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** The way through a list that is read piece by piece, by the key of the last row that was shown. */
export function pagination(
  { first, next }: { readonly first: string | null; readonly next: string | null },
  words: { readonly label: string; readonly first: string; readonly next: string },
): Html | null {
  if (first === null && next === null) return null;
  return html`<nav class="pages" aria-label="${words.label}">${first === null ? null : html`<a href="${first}" rel="first">${words.first}</a>`}${next === null ? null : html`<a href="${next}" rel="next">${words.next}</a>`}</nav>`;
}

/** What opens when it is asked for. */
export function details(summary: string, content: MarkupPart): Html {
  return html`<details><summary>${summary}</summary><div class="inside">${content}</div></details>`;
}

/** A section with its heading. */
export function section(title: string, content: MarkupPart, id?: string): Html {
  const named = id === undefined ? null : html`id="${id}"`;
  return html`<section ${named}><h2>${title}</h2>${content}</section>`;
}

/** How much of a whole is done, with words for who cannot see the bar. */
export function progressBar(done: number, whole: number, text: string): Html {
  return html`<div class="progress"><progress max="${Math.max(whole, 1)}" value="${Math.min(done, whole)}" aria-label="${text}"></progress><p>${text}</p></div>`;
}

/** A part of the page that the script keeps fresh: it asks `path` again a second after each answer. */
export function live(path: string, content: MarkupPart): Html {
  return html`<div class="live" data-live="${path}">${content}</div>`;
}

/** A moment, for programs and for people. */
export function moment(at: number, text: string): Html {
  return html`<time datetime="${new Date(at).toISOString()}">${text}</time>`;
}

/** A row of buttons or links. */
export function actions(...parts: readonly (Html | null)[]): Html {
  return html`<div class="actions">${parts.filter((part) => part !== null)}</div>`;
}

/** A status as the first word of a line. */
export function statusText({ translate }: Pick<Visit, 'translate'>, status: ReportStatus): string {
  const word = translate(`status.word.${status}`);
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** The same of one person alone. */
export function oneStatusText({ translate }: Pick<Visit, 'translate'>, status: ReportStatus): string {
  return translate(`report.status.${status}`);
}
