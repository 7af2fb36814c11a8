import { type Html, html, type MarkupPart } from '../../markup/markup.js';
import type { Form } from '../http/form.js';
import type { Visit } from '../visit.js';
import type { FormProblem } from './form-problems.js';
import { tokenField } from './layout.js';
import { whoMay } from './who-may.js';

/** A form as it was filled in, and what is wrong with it; a fresh one: `EMPTY`. */
export interface Filled {
  readonly values: Form | null;
  readonly problems: readonly FormProblem[];
}

/** A form that nobody filled in yet. */
export const EMPTY: Filled = { values: null, problems: [] };

/** What all fields have. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: MarkupPart;
  /** What stands in it before somebody typed. */
  readonly value?: string;
  /** The page asks this alone: its label is the heading of the page. */
  readonly asHeading?: boolean;
}

/** A field for one line. */
export interface TextField extends Field {
  readonly type?: 'text' | 'tel' | 'email' | 'number' | 'date' | 'time' | 'search' | 'password';
  /** How wide it looks, in characters; left out: the whole width. */
  readonly size?: number;
  readonly inputmode?: 'numeric' | 'decimal' | 'tel';
  readonly autocomplete?: string;
}

/** One of several things to choose from. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: MarkupPart;
}

/** A form with its token. `upload`: it brings files. Who may not send it sees it, and why it is shut. */
export function form(
  visit: Visit,
  {
    action,
    upload = false,
    label,
  }: { readonly action: string; readonly upload?: boolean; readonly label?: string },
  content: MarkupPart,
): Html {
  const sent = upload
    ? html`enctype="multipart/form-data" data-upload="${visit.translate('web.upload.going')}"`
    : null;
  const named = label === undefined ? null : html`aria-label="${label}"`;
  const lacking = visit.lacks('POST', action);
  if (lacking !== null)
    return html`<div class="shut"><fieldset disabled ${named}>${content}</fieldset><p class="hint">${whoMay(visit, lacking)}</p></div>`;
  return html`<form method="post" action="${action}" novalidate ${sent} ${named}>${tokenField(visit)}${content}</form>`;
}

/** One line of text. */
export function textField(field: TextField, filled: Filled = EMPTY): Html {
  const { name, type = 'text', size, inputmode, autocomplete = 'off' } = field;
  const wide = size === undefined ? html`class="input"` : html`class="input sized" size="${size}"`;
  const mode = inputmode === undefined ? null : html`inputmode="${inputmode}"`;
  return group(
    field,
    filled,
    (about) =>
      html`<input ${wide} id="${name}" name="${name}" type="${type}" value="${textIn(field, filled)}" autocomplete="${autocomplete}" ${mode} ${about}>`,
  );
}

/** Several lines of text. */
export function textArea(field: Field & { readonly rows?: number }, filled: Filled = EMPTY): Html {
  const { name, rows = 5 } = field;
  // A line break behind the tag is no part of the text.
  return group(
    field,
    filled,
    (about) =>
      html`<textarea class="input" id="${name}" name="${name}" rows="${rows}" ${about}>\n${textIn(field, filled)}</textarea>`,
  );
}

/** One of many, in a list that opens. */
export function select(field: Field & { readonly choices: readonly Choice[] }, filled: Filled = EMPTY): Html {
  const chosen = textIn(field, filled);
  const options = field.choices.map(
    ({ value, label }) =>
      html`<option value="${value}" ${value === chosen ? html`selected` : null}>${label}</option>`,
  );
  return group(
    field,
    filled,
    (about) =>
      html`<select class="input" id="${field.name}" name="${field.name}" ${about}>${options}</select>`,
  );
}

/** A file to choose, or to drop on it. */
export function fileField(field: Field & { readonly accept: string }, filled: Filled = EMPTY): Html {
  return group(
    field,
    filled,
    (about) =>
      html`<input class="file" id="${field.name}" name="${field.name}" type="file" accept="${field.accept}" ${about}>`,
  );
}

/** One of a few, all of them in sight. */
export function radios(
  field: Field & { readonly choices: readonly Choice[]; readonly inline?: boolean },
  filled: Filled = EMPTY,
): Html {
  const chosen = textIn(field, filled);
  const items = field.choices.map(({ value, label, hint }, index) => {
    const id = index === 0 ? field.name : `${field.name}-${index + 1}`;
    const about = hint === undefined ? null : html`aria-describedby="${id}-hint"`;
    return html`<div class="choice"><input type="radio" id="${id}" name="${field.name}" value="${value}" ${value === chosen ? html`checked` : null} ${about}><label for="${id}">${label}</label>${hint === undefined ? null : html`<p class="hint" id="${id}-hint">${hint}</p>`}</div>`;
  });
  const wrong = problemOf(field.name, filled);
  return html`<fieldset class="${groupClass(wrong)}" ${described(field, wrong)}><legend>${headed(field, field.label)}</legend>${hintOf(field)}${errorOf(field.name, wrong)}<div class="choices">${items}</div></fieldset>`;
}

/** One box to tick. */
export function checkbox(
  field: Pick<Field, 'name' | 'label' | 'hint'> & {
    readonly checked?: boolean;
    readonly value?: string;
    readonly id?: string;
  },
  filled: Filled = EMPTY,
): Html {
  const { name, label, value = 'yes', id = name } = field;
  const ticked = filled.values === null ? field.checked === true : filled.values.texts(name).includes(value);
  const wrong = problemOf(name, filled);
  return html`<div class="${groupClass(wrong)}">${errorOf(name, wrong)}<div class="choice"><input type="checkbox" id="${id}" name="${name}" value="${value}" ${ticked ? html`checked` : null} ${described({ ...field, name: id }, wrong)}><label for="${id}">${label}</label>${hintOf({ ...field, name: id })}</div></div>`;
}

/** A value that goes along unseen. */
export function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}

/** Does what it says. `name` and `value`, when a form has several. */
export function button(
  text: string,
  {
    kind = 'primary',
    name,
    value = 'yes',
  }: {
    readonly kind?: 'primary' | 'secondary' | 'danger';
    readonly name?: string;
    readonly value?: string;
  } = {},
): Html {
  const named = name === undefined ? null : html`name="${name}" value="${value}"`;
  return html`<button class="button ${kind}" type="submit" ${named} data-once>${text}</button>`;
}

/** A link that looks like a button, for what begins something and changes nothing; none for who may not go there. */
export function buttonLink(
  visit: Visit,
  href: string,
  text: string,
  kind: 'primary' | 'secondary' = 'primary',
): Html | null {
  if (visit.lacks('GET', href) !== null) return null;
  return html`<a class="button ${kind}" href="${href}">${text}</a>`;
}

function group(field: Field, filled: Filled, control: (about: Html | null) => Html): Html {
  const wrong = problemOf(field.name, filled);
  return html`<div class="${groupClass(wrong)}">${headed(field, html`<label for="${field.name}">${field.label}</label>`)}${hintOf(field)}${errorOf(field.name, wrong)}${control(described(field, wrong))}</div>`;
}

function headed({ asHeading = false }: Pick<Field, 'asHeading'>, label: MarkupPart): MarkupPart {
  return asHeading ? html`<h1>${label}</h1>` : label;
}

function groupClass(wrong: string | null): string {
  return wrong === null ? 'field' : 'field wrong';
}

function problemOf(name: string, { problems }: Filled): string | null {
  return problems.find(({ field }) => field === name)?.text ?? null;
}

function hintOf({ name, hint }: Pick<Field, 'name' | 'hint'>): Html | null {
  return hint === undefined || hint === null ? null : html`<p class="hint" id="${name}-hint">${hint}</p>`;
}

function errorOf(name: string, wrong: string | null): Html | null {
  return wrong === null ? null : html`<p class="error" id="${name}-error">${wrong}</p>`;
}

function described({ name, hint }: Pick<Field, 'name' | 'hint'>, wrong: string | null): Html | null {
  const ids = [
    ...(hint === undefined || hint === null ? [] : [`${name}-hint`]),
    ...(wrong === null ? [] : [`${name}-error`]),
  ];
  const invalid = wrong === null ? null : html` aria-invalid="true"`;
  return ids.length === 0 ? invalid : html`aria-describedby="${ids.join(' ')}"${invalid}`;
}

function textIn({ name, value = '' }: Field, { values }: Filled): string {
  return values === null ? value : values.verbatim(name);
}
