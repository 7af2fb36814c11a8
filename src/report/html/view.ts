import type { Translate } from '../../core/problem.js';
import type { ReportStatus, ReportSummary } from '../../core/report-data.js';
import type { Format } from '../../markup/format.js';
import { foreign, type Html, html } from '../../markup/markup.js';
import { reasonWords } from '../fields.js';

/** What every section of the report is made from. */
export interface View {
  readonly summary: ReportSummary;
  readonly translate: Translate;
  readonly format: Format;
}

/** The colour group of a status. */
export type Tone = 'accepted' | 'refused' | 'uncertain' | 'quiet' | 'rejected';

const TONES: Readonly<Record<ReportStatus, Tone>> = {
  accepted: 'accepted',
  refused: 'refused',
  exhausted: 'refused',
  uncertain: 'uncertain',
  skipped: 'quiet',
  pending: 'quiet',
  sending: 'quiet',
  rejected: 'rejected',
};

/** Which colours speak of this status. */
export function toneOf(status: ReportStatus): Tone {
  return TONES[status];
}

/** A section of the page with its heading, reachable as a landmark. */
export function section(id: string, title: string, content: readonly (Html | null)[]): Html {
  const parts = content.filter((part) => part !== null);
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${parts}</section>`;
}

/** A reason in words; one that no sentence knows is shown as it stands. */
export function reasonLabel(view: View, status: ReportStatus, reason: string): Html {
  const words = reasonWords(view.translate, status, reason);
  return words === null ? foreign(reason) : html`${words}`;
}

/** A column of a table: its heading, and whether it holds numbers. */
export interface Column {
  readonly heading: string;
  readonly number?: boolean;
}

/** A table with a caption; the first cell of each row names it. Wide tables scroll in their own frame. */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly (Html | string)[])[],
): Html {
  const heads = columns.map((column) => html`<th scope="col" class="${kind(column)}">${column.heading}</th>`);
  const body = rows.map(
    (row) => html`<tr>${row.map((cell, index) => tableCell(cell, index, columns[index]))}</tr>`,
  );
  return html`<div class="table" role="region" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption>
<thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function tableCell(cell: Html | string, index: number, column: Column | undefined): Html {
  const type = column === undefined ? '' : kind(column);
  if (index === 0) return html`<th scope="row" class="${type}">${cell}</th>`;
  return html`<td class="${type}">${cell}</td>`;
}

function kind(column: Column): string {
  return column.number === true ? 'number' : '';
}

/** A table behind a line that opens it: the numbers of a chart for who cannot or will not read the drawing. */
export function folded(summary: string, content: Html): Html {
  return html`<details><summary>${summary}</summary>${content}</details>`;
}

/** Which colour of a chart means what. */
export function legend(entries: readonly { readonly swatch: string; readonly label: string }[]): Html {
  const items = entries.map(
    ({ swatch, label }) => html`<li><span class="swatch ${swatch}" aria-hidden="true"></span>${label}</li>`,
  );
  return html`<ul class="legend">${items}</ul>`;
}
