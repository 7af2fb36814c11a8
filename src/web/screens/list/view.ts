import { basename } from 'node:path';
import type { CampaignList, ListSeen } from '../../../app/list/look-at-list.js';
import type { CampaignSeen } from '../../../app/overview/campaign-seen.js';
import type { PlainCode } from '../../../locales/index.js';
import { foreign, type Html, html, type MarkupPart } from '../../../markup/markup.js';
import { callout } from '../../views/banner.js';
import { buttonLink } from '../../views/fields.js';
import { actions, type SummaryLine, section, summaryList, table } from '../../views/parts.js';
import { problemList } from '../../views/problems.js';
import type { Visit } from '../../visit.js';
import { campaignPath, changePath, type ListSetting } from '../campaign/paths.js';

const SHOWN_ROWS = 5;

/** What was assumed about the list, each with a way to change it, and its first rows. */
export function listBody(visit: Visit, seen: CampaignSeen, { recipients, list, found }: CampaignList): Html {
  const { translate } = visit;
  const file = basename(recipients.file);
  const again = buttonLink(
    visit,
    `${campaignPath(seen.key, 'list')}/upload`,
    translate('web.list.again'),
    'secondary',
  );
  if (!list.ok) {
    const wrong = callout(
      'refused',
      html`<p>${translate('web.list.unusable')}</p>${problemList(visit, list.problems)}`,
    );
    const settings = found === null ? [] : formatLines(visit, seen, found, recipients);
    return html`${wrong}${summaryList(visit, [fileLine(visit, seen, file), ...settings])}${actions(again)}`;
  }
  const { look, phoneColumn } = list.value;
  const next = buttonLink(visit, campaignPath(seen.key, 'wrong'), translate('web.list.next'));
  const lines = [
    fileLine(visit, seen, file),
    ...formatLines(visit, seen, list.value, recipients),
    phoneLine(visit, seen, phoneColumn),
    countryLine(visit, seen, recipients.country),
  ];
  const missing = look.isTitled ? titleAbove(visit, seen) : phoneMissing(visit, seen, phoneColumn);
  return html`<p class="lead">${translate('web.list.assumed')}</p>${missing}${summaryList(visit, lines)}${sample(visit, look)}${actions(phoneColumn === null ? null : next, again)}`;
}

function fileLine(visit: Visit, seen: CampaignSeen, file: string): SummaryLine {
  const { translate } = visit;
  return {
    key: translate('web.list.file'),
    value: foreign(file),
    change: {
      href: `${campaignPath(seen.key, 'list')}/upload`,
      text: translate('web.change'),
      what: translate('web.list.file'),
    },
  };
}

/** What only a text or only a workbook has. */
function formatLines(
  visit: Visit,
  seen: CampaignSeen,
  { look }: ListSeen,
  { sheet, delimiter, encoding }: CampaignList['recipients'],
): readonly SummaryLine[] {
  const { translate } = visit;
  const { format, sheets } = look;
  if (format.format === 'xlsx') {
    const hidden =
      format.hiddenRows === 0 ? null : translate('web.list.hidden-rows', { count: format.hiddenRows });
    const one = { key: translate('web.list.sheet'), value: valueWith(foreign(format.sheet), hidden) };
    return sheets.length < 2 && sheet === null ? [one] : [{ ...one, change: changeOf(visit, seen, 'sheet') }];
  }
  const how = (chosen: unknown): string => translate(chosen === null ? 'web.list.found' : 'web.list.chosen');
  return [
    {
      key: translate('web.list.delimiter'),
      value: valueWith(delimiterName(visit, format.delimiter), how(delimiter)),
      change: changeOf(visit, seen, 'delimiter'),
    },
    {
      key: translate('web.list.encoding'),
      value: valueWith(translate(`web.list.encoding-${format.encoding}`), how(encoding)),
      change: changeOf(visit, seen, 'encoding'),
    },
  ];
}

function phoneLine(visit: Visit, seen: CampaignSeen, column: string | null): SummaryLine {
  const { translate } = visit;
  return {
    key: translate('web.list.phone'),
    value: column === null ? translate('web.list.phone-unknown') : foreign(column),
    change: changeOf(visit, seen, 'phone'),
  };
}

function countryLine(visit: Visit, seen: CampaignSeen, country: string | null): SummaryLine {
  const { translate, format } = visit;
  const named = country === null ? null : (format.country(country) ?? country);
  return {
    key: translate('web.list.country'),
    value:
      named === null ? translate('web.country.none') : valueWith(named, translate('web.list.country-for')),
    change: changeOf(visit, seen, 'country'),
  };
}

function changeOf(
  { translate }: Visit,
  { key }: CampaignSeen,
  what: ListSetting,
): SummaryLine['change'] & object {
  return { href: changePath(key, what), text: translate('web.change'), what: translate(`web.list.${what}`) };
}

function valueWith(value: MarkupPart, note: string | null): Html {
  return note === null ? html`${value}` : html`${value} <span class="soft note">${note}</span>`;
}

function phoneMissing(visit: Visit, { key }: CampaignSeen, column: string | null): Html | null {
  const { translate } = visit;
  if (column !== null) return null;
  return callout(
    'uncertain',
    html`<p><strong>${translate('web.list.phone-ask')}</strong></p><p>${translate('web.list.phone-ask-text')}</p><p>${buttonLink(visit, changePath(key, 'phone'), translate('web.list.phone-choose'))}</p>`,
  );
}

/** The names of the columns are not where they should be: there is nothing to choose from. */
function titleAbove(visit: Visit, { key }: CampaignSeen): Html {
  const { translate } = visit;
  const again = buttonLink(visit, `${campaignPath(key, 'list')}/upload`, translate('web.list.again'));
  return callout(
    'uncertain',
    html`<p><strong>${translate('web.list.titled')}</strong></p><p>${translate('web.list.titled-text')}</p><p>${again}</p>`,
  );
}

/** The first rows as they were read. */
function sample({ translate }: Visit, { columns, firstRows }: ListSeen['look']): Html {
  const heads = columns.map((column) => ({ title: foreign(column, 60) }));
  const rows = firstRows
    .slice(0, SHOWN_ROWS)
    .map((cells) => columns.map((_, at) => foreign(cells[at] ?? '', 60)));
  return section(translate('web.list.sample'), table(translate('web.list.sample-caption'), heads, rows));
}

const DELIMITERS: ReadonlyMap<string, PlainCode> = new Map([
  [',', 'web.list.delimiter-comma'],
  [';', 'web.list.delimiter-semicolon'],
  ['\t', 'web.list.delimiter-tab'],
  ['|', 'web.list.delimiter-pipe'],
]);

/** What a person calls a separator. */
export function delimiterName({ translate }: Visit, delimiter: string): string {
  const code = DELIMITERS.get(delimiter);
  return code === undefined ? delimiter : translate(code);
}
