import { type Html, html } from '../../../markup/markup.js';
import { button, type Choice, type Filled, fileField, form, select, textField } from '../../views/fields.js';
import type { Visit } from '../../visit.js';
import { LIST_FILES } from '../list/files.js';

/** Where the example lies. */
export const EXAMPLE_PATH = '/new/example.csv';

/** What a new campaign begins with: a name, a list, and the country of its phones. */
export function newCampaignBody(
  visit: Visit,
  { countries, country }: { readonly countries: readonly Choice[]; readonly country: string },
  filled: Filled,
): Html {
  const { translate } = visit;
  const fields = html`${textField(
    { name: 'title', label: translate('web.new.name'), hint: translate('web.new.name-hint') },
    filled,
  )}${fileField(
    {
      name: 'list',
      label: translate('web.new.list'),
      hint: html`${translate('web.new.list-hint')} <a href="${EXAMPLE_PATH}" download>${translate('web.new.example')}</a>`,
      accept: LIST_FILES,
    },
    filled,
  )}${select(
    {
      name: 'country',
      label: translate('web.new.country'),
      hint: translate('web.new.country-hint'),
      choices: [{ value: '', label: translate('web.choose') }, ...countries],
      value: country,
    },
    filled,
  )}`;
  return form(visit, { action: '/new', upload: true }, html`${fields}${button(translate('web.go-on'))}`);
}
