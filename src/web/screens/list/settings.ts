import { type CampaignList, type ListSeen, readInEncodings } from '../../../app/list/look-at-list.js';
import { chooseReading } from '../../../app/new-list/replace-list.js';
import type { TextEncoding } from '../../../core/campaign.js';
import type { CampaignSource } from '../../../core/campaign-edits.js';
import type { Result } from '../../../core/problem.js';
import { foreign, html } from '../../../markup/markup.js';
import type { Form } from '../../http/form.js';
import { button, type Choice, type Filled, form, hidden, radios, select } from '../../views/fields.js';
import type { Visit } from '../../visit.js';
import { changePath, type ListSetting } from '../campaign/paths.js';
import { countryChoices, countryIn, NO_COUNTRY } from './countries.js';
import { delimiterName } from './view.js';

const SETTINGS: readonly ListSetting[] = ['sheet', 'delimiter', 'encoding', 'phone', 'country'];
const DELIMITERS = [',', ';', '\t', '|'];
const ENCODINGS: readonly TextEncoding[] = ['utf-8', 'windows-1252', 'utf-16le'];
/** What a field says where the program is to find it. */
const FOUND = 'found';

/** The setting that an address names; null: there is none of this name. */
export function settingNamed(name: string): ListSetting | null {
  return SETTINGS.find((setting) => setting === name) ?? null;
}

/** The form that asks for one setting. */
export async function settingForm(
  visit: Visit,
  key: string,
  what: ListSetting,
  { source, recipients, list, found }: CampaignList,
  filled: Filled,
) {
  const { translate } = visit;
  const seen = list.ok ? list.value : found;
  const field = {
    name: 'value',
    label: translate(`web.list.${what}-question`),
    hint: translate(`web.list.${what}-hint`),
    value: currentValue(what, recipients, seen),
    choices: await choicesFor(visit, what, recipients, seen),
    asHeading: true,
  };
  const control = what === 'country' ? select(field, filled) : radios(field, filled);
  return form(
    visit,
    { action: changePath(key, what) },
    html`${hidden('digest', source.digest)}${control}${button(translate('web.save'))}`,
  );
}

/** Saves what a form chose. */
export function saveSetting(
  campaign: string,
  what: ListSetting,
  { recipients }: CampaignList,
  chosen: Form,
  { app }: Visit,
): Promise<Result<CampaignSource>> {
  const value = chosen.verbatim('value');
  const { sheet, encoding, delimiter, phoneColumn: phone, country } = recipients;
  const before = { sheet, encoding, delimiter, phone, country };
  const typed = value === FOUND ? null : value;
  const after =
    what === 'country'
      ? { ...before, country: countryIn(value) }
      : what === 'encoding'
        ? { ...before, encoding: ENCODINGS.find((each) => each === typed) ?? null }
        : { ...before, [what]: typed };
  return chooseReading(campaign, chosen.text('digest'), after, app);
}

function currentValue(
  what: ListSetting,
  { sheet, encoding, delimiter, country }: CampaignList['recipients'],
  seen: ListSeen | null,
): string {
  switch (what) {
    case 'sheet': {
      const format = seen?.look.format;
      return sheet ?? (format?.format === 'xlsx' ? format.sheet : '');
    }
    case 'delimiter':
      return delimiter ?? FOUND;
    case 'encoding':
      return encoding ?? FOUND;
    case 'phone':
      return seen?.phoneColumn ?? '';
    case 'country':
      return country ?? NO_COUNTRY;
  }
}

async function choicesFor(
  visit: Visit,
  what: ListSetting,
  recipients: CampaignList['recipients'],
  seen: ListSeen | null,
): Promise<readonly Choice[]> {
  const { translate } = visit;
  const found = { value: FOUND, label: translate('web.list.find') };
  switch (what) {
    case 'country':
      return countryChoices(visit);
    case 'delimiter':
      return [found, ...DELIMITERS.map((value) => ({ value, label: delimiterName(visit, value) }))];
    case 'encoding':
      return [found, ...(await encodingChoices(visit, recipients))];
    case 'sheet':
      return (seen?.look.sheets ?? []).map(({ name, visible }) => ({
        value: name,
        label: name,
        ...(visible ? {} : { hint: translate('web.list.sheet-hidden') }),
      }));
    case 'phone':
      return phoneChoices(visit, seen);
  }
}

/** Each with a piece of the list that reads differently in it. */
async function encodingChoices(
  { translate, app }: Visit,
  recipients: CampaignList['recipients'],
): Promise<readonly Choice[]> {
  const looks = await readInEncodings(recipients, ENCODINGS, app);
  return ENCODINGS.map((value) => {
    const look = looks.get(value);
    const cells = look === undefined ? [] : [...look.columns, ...look.firstRows.flat()];
    const telling = cells.filter((cell) => /[^\p{ASCII}]/u.test(cell)).slice(0, 3);
    const label = translate(`web.list.encoding-${value}`);
    return telling.length === 0
      ? { value, label }
      : { value, label, hint: foreign(telling.join(' · '), 120) };
  });
}

/** Those that look like it first, each with what is in it. */
function phoneChoices({ translate }: Visit, seen: ListSeen | null): readonly Choice[] {
  if (seen === null) return [];
  const { columns, firstRows } = seen.look;
  const likely = new Set(seen.phoneCandidates);
  const ordered = [
    ...columns.filter((name) => likely.has(name)),
    ...columns.filter((name) => !likely.has(name)),
  ];
  return ordered
    .filter((name) => name.trim() !== '')
    .map((name) => {
      const at = columns.indexOf(name);
      const values = [...new Set(firstRows.map((row) => (row[at] ?? '').trim()))].filter(
        (cell) => cell !== '',
      );
      const shown = values.slice(0, 3).join(' · ');
      return {
        value: name,
        label: name,
        hint: shown === '' ? translate('web.list.column-empty') : foreign(shown, 120),
      };
    });
}
