import type { TypedEntry, Unreadable } from '../../../app/suppress/list-entries.js';
import type { Problem } from '../../../core/problem.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import type { Form } from '../../http/form.js';
import { type Filled, select, textField } from '../../views/fields.js';
import { details, table } from '../../views/parts.js';
import type { Visit } from '../../visit.js';
import { countryChoices, countryIn, likelyCountry, NO_COUNTRY } from '../list/countries.js';

/** What is said about every entry: country of bare numbers, chosen as for a new campaign; reason; until when. */
export async function entryFields(visit: Visit, filled: Filled): Promise<Html> {
  const { translate } = visit;
  const [choices, likely] = await Promise.all([countryChoices(visit), likelyCountry(visit)]);
  return html`${select(
    {
      name: 'country',
      label: translate('web.new.country'),
      hint: translate('web.new.country-hint'),
      choices,
      value: likely ?? NO_COUNTRY,
    },
    filled,
  )}${textField(
    { name: 'reason', label: translate('web.no-contact.why'), hint: translate('web.no-contact.why-hint') },
    filled,
  )}${textField(
    {
      name: 'until',
      label: translate('web.no-contact.until-day'),
      hint: translate('web.no-contact.until-hint'),
      type: 'date',
      size: 12,
    },
    filled,
  )}`;
}

/** The same fields as they were filled in. */
export function typedEntry(form: Form, source: string | null): TypedEntry {
  return {
    reason: form.textOrNull('reason'),
    source,
    expires: form.textOrNull('until'),
    country: countryIn(form.text('country')),
  };
}

/** The field that a problem is about. */
export function entryField({ code }: Problem): string | null {
  if (code === 'recipients.unknown-country') return 'country';
  return code === 'suppress.expires' || code === 'suppress.expires-past' ? 'until' : null;
}

const MOST_SHOWN = 100;

/** Numbers that could not be read, with the reason for each. */
export function unreadableTable(
  { translate, app, format }: Visit,
  unreadable: readonly Unreadable[],
  count: number,
): Html {
  const columns = [
    { title: translate('web.no-contact.line'), number: true as const },
    { title: translate('web.no-contact.typed') },
    { title: translate('web.no-contact.unread-why') },
  ];
  const rows = unreadable
    .slice(0, MOST_SHOWN)
    .map(({ typed, reason, at }) => [
      at?.line === undefined ? '' : format.count(at.line),
      foreign(typed),
      app.translateReason(reason, { column: '', value: typed }),
    ]);
  const more = count - rows.length;
  return details(
    translate('web.no-contact.unread-which'),
    html`${table(translate('web.no-contact.unread-which'), columns, rows)}${more > 0 ? html`<p>${translate('suppress.more', { count: more })}</p>` : null}`,
  );
}
