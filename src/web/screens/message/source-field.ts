import { sampleOf, type VariableSource } from '../../../core/variable-source.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import type { Form } from '../../http/form.js';
import { type Filled, textField } from '../../views/fields.js';
import type { Visit } from '../../visit.js';

/** The start of a list: what there is to choose from. */
export interface SourceColumns {
  readonly columns: readonly string[];
  readonly firstRows: readonly (readonly string[])[];
}

const COLUMN = 'column:';
const MOST_SAMPLES = 3;

/** Asks what fills something: a column, the same text for everybody, or a formula. `name` is part of the fields' names. */
export function sourceField(
  visit: Visit,
  {
    name,
    source,
    list,
  }: { readonly name: string; readonly source: VariableSource | null; readonly list: SourceColumns },
  filled: Filled,
): Html {
  const { translate } = visit;
  const from = filled.values === null ? fromOf(source) : filled.values.verbatim(`${name}.from`);
  const wrong = filled.problems.find(({ field }) => field === `${name}.from`)?.text ?? null;
  const option = (value: string, label: string): Html =>
    html`<option value="${value}" ${value === from ? html`selected` : null}>${label}</option>`;
  const columns = list.columns
    .filter((column) => column.trim() !== '')
    .map((column) => option(COLUMN + column, column));
  const chooser = html`<div class="field${wrong === null ? '' : ' wrong'}"><label for="${name}.from">${translate('web.source.from')}</label>${wrong === null ? null : html`<p class="error" id="${name}.from-error">${wrong}</p>`}<select class="input" id="${name}.from" name="${name}.from" data-source="${name}.text" ${wrong === null ? null : html`aria-invalid="true" aria-describedby="${name}.from-error"`}>${option('', translate('web.choose'))}<optgroup label="${translate('web.source.column')}">${columns}</optgroup>${option('text', translate('web.source.text'))}${option('formula', translate('web.source.formula'))}</select></div>`;
  const text = textField(
    { name: `${name}.text`, label: translate('web.source.text-label'), value: textOf(source) },
    filled,
  );
  return html`${chooser}<div data-labels data-column="${translate('web.source.fallback')}" data-text="${translate('web.source.fixed')}" data-formula="${translate('web.source.liquid')}">${text}</div>${samples(visit, source, list)}`;
}

/** What is wrong with a choice; its sentence names the variable. */
type WrongSource = 'web.message.choose-source' | 'web.message.write-text' | 'web.message.no-braces';

/** What a form chose; or which of its two fields is wrong. */
export function chosenSource(
  form: Form,
  name: string,
  columns: readonly string[],
): { readonly source: VariableSource } | { readonly wrong: 'from' | 'text'; readonly code: WrongSource } {
  const from = form.verbatim(`${name}.from`);
  const text = form.verbatim(`${name}.text`);
  if (from.startsWith(COLUMN)) {
    const column = from.slice(COLUMN.length);
    if (!columns.includes(column)) return { wrong: 'from', code: 'web.message.choose-source' };
    return { source: { kind: 'column', column, fallback: text.trim() === '' ? null : text } };
  }
  if (from !== 'text' && from !== 'formula') return { wrong: 'from', code: 'web.message.choose-source' };
  if (text.trim() === '') return { wrong: 'text', code: 'web.message.write-text' };
  // A place that nobody filled looks the same, so no value may have it.
  if (from === 'text' && /\{[{%]/u.test(text)) return { wrong: 'text', code: 'web.message.no-braces' };
  return { source: from === 'text' ? { kind: 'text', text } : { kind: 'formula', formula: text } };
}

/** A choice in words. */
export function sourceWords({ translate }: Visit, source: VariableSource | null): Html {
  if (source === null) return html`${translate('web.source.none')}`;
  switch (source.kind) {
    case 'column':
      return source.fallback === null
        ? html`${translate('web.source.column')} ${foreign(source.column)}`
        : html`${translate('web.source.column')} ${foreign(source.column)}, ${translate('web.source.else')} “${foreign(source.fallback)}”`;
    case 'text':
      return html`“${foreign(source.text)}”`;
    case 'formula':
      return html`<code>${foreign(source.formula)}</code>`;
  }
}

function samples(
  { translate }: Visit,
  source: VariableSource | null,
  { columns, firstRows }: SourceColumns,
): Html | null {
  // A text is its own sample.
  if (source === null || source.kind === 'text') return null;
  const values = firstRows.map((row) => sampleOf(source, columns, row)).filter((value) => value !== null);
  const shown = [...new Set(values)].filter((value) => value.trim() !== '').slice(0, MOST_SAMPLES);
  if (shown.length === 0) return null;
  const list = shown.map((value, at) => html`${at === 0 ? null : ' · '}${foreign(value, 40)}`);
  return html`<p class="samples">${translate('web.source.samples')} ${list}</p>`;
}

function fromOf(source: VariableSource | null): string {
  if (source === null) return '';
  return source.kind === 'column' ? COLUMN + source.column : source.kind;
}

function textOf(source: VariableSource | null): string {
  switch (source?.kind) {
    case undefined:
      return '';
    case 'column':
      return source.fallback ?? '';
    case 'text':
      return source.text;
    case 'formula':
      return source.formula;
  }
}
