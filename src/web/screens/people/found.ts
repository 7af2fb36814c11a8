import type { RejectedRows } from '../../../app/people/rejected-rows.js';
import type { PeopleFound } from '../../../app/people/search-people.js';
import { DELIVERY_STATUSES } from '../../../core/counts.js';
import type { FoundDelivery } from '../../../core/ledger/finding.js';
import { rowSentence } from '../../../core/row-sentence.js';
import { foreign, type Html, html, type MarkupPart } from '../../../markup/markup.js';
import { moment, oneStatusText, pagination, section, statusText, table } from '../../views/parts.js';
import type { Visit } from '../../visit.js';
import { campaignPath } from '../campaign/paths.js';
import { peoplePath, type Whose } from './whose.js';
import { whyText } from './words.js';

/** What is looked for. */
export interface Looked {
  readonly phone: string;
  readonly status: string;
  readonly reason: string;
  readonly confirmation: string;
  readonly after: string | null;
}

/** What an address looks for; null: nobody in particular. */
export function lookedFor({ query }: Visit): Looked | null {
  const text = (name: string): string => (query.get(name) ?? '').trim();
  const looked = {
    phone: text('phone'),
    status: text('status'),
    reason: text('reason'),
    confirmation: text('confirmation'),
    after: query.get('after'),
  };
  const { phone, status, reason, confirmation } = looked;
  return [phone, status, reason, confirmation].every((part) => part === '') && !query.has('all')
    ? null
    : looked;
}

/** Looks for somebody by phone, or for all of a status. */
export function searchForm(visit: Visit, whose: Whose, looked: Looked | null): Html {
  const { translate } = visit;
  const statuses = [...DELIVERY_STATUSES, 'rejected' as const];
  const options = statuses.map(
    (status) =>
      html`<option value="${status}" ${looked?.status === status ? html`selected` : null}>${statusText(visit, status)}</option>`,
  );
  const sandbox = whose.standing.sandbox ? html`<input type="hidden" name="sandbox" value="yes">` : null;
  return html`<form method="get" action="${campaignPath(whose.seen.key, 'people')}" role="search" class="search">${sandbox}<input type="hidden" name="all" value="yes">
<div class="field"><label for="phone">${translate('web.people.phone')}</label><p class="hint" id="phone-hint">${translate('web.people.phone-hint')}</p><input class="input sized" size="20" id="phone" name="phone" type="search" inputmode="tel" autocomplete="off" value="${looked?.phone ?? ''}" aria-describedby="phone-hint"></div>
<div class="field"><label for="status">${translate('web.people.status')}</label><select class="input" id="status" name="status"><option value="">${translate('web.people.any-status')}</option>${options}</select></div>
<button class="button secondary" type="submit">${translate('web.people.search')}</button></form>`;
}

/** The people who were found, page by page. */
export function foundSection(visit: Visit, whose: Whose, looked: Looked, found: PeopleFound): Html {
  const { translate } = visit;
  const columns = [
    { title: translate('web.people.column.phone') },
    { title: translate('web.column.stand') },
    { title: translate('web.people.column.why') },
    { title: translate('web.people.column.last') },
  ];
  const rows = found.rows.map((row) => personRow(visit, whose, row));
  const content =
    rows.length === 0
      ? html`<p>${translate(found.next === null ? 'web.people.none' : 'web.people.none-yet')}</p>`
      : table(translate('web.people.found-caption'), columns, rows);
  return section(
    translate('web.people.found'),
    html`${content}${pages(visit, whose, looked, found.next)}`,
    'found',
  );
}

function personRow(visit: Visit, whose: Whose, row: FoundDelivery): readonly MarkupPart[] {
  const { translate, format } = visit;
  const { phone, status, reason, errorCode, errorMessage, lastAttemptAt, key, confirmation } = row;
  const name =
    phone === ''
      ? translate('web.people.forgotten')
      : html`<a href="${peoplePath(whose, `/person/${phone}`)}">${foreign(phone)}</a>${key === '' ? null : html` · ${foreign(key)}`}`;
  const later =
    confirmation === null
      ? null
      : html`<br><span class="soft">${translate(`web.people.confirmation.${confirmation}`)}</span>`;
  return [
    name,
    html`${oneStatusText(visit, status)}${later}`,
    reason === null ? '' : whyText(visit, { reason, errorCode, errorMessage }),
    lastAttemptAt === null ? '' : moment(lastAttemptAt, format.moment(lastAttemptAt)),
  ];
}

/** Rows of the list that could not be sent. */
export function rejectedSection(visit: Visit, whose: Whose, looked: Looked, found: RejectedRows): Html {
  const { translate } = visit;
  const columns = [
    { title: translate('web.people.column.row') },
    { title: translate('web.people.column.phone') },
    { title: translate('web.people.column.why') },
  ];
  const rows = found.rows.map(({ line, row = line, phone, reason, column, value }) => [
    translate('web.people.row', { row }),
    foreign(phone),
    translate(rowSentence(reason, { column, value })),
  ]);
  const mend = html`<p><a href="${campaignPath(whose.seen.key, 'wrong')}">${translate('web.send.who.mend')}</a></p>`;
  const content =
    rows.length === 0
      ? html`<p>${translate('web.people.none')}</p>`
      : table(translate('web.people.rejected-caption'), columns, rows);
  return section(
    translate('web.people.rejected'),
    html`${mend}${content}${pages(visit, whose, looked, found.next)}`,
    'found',
  );
}

function pages({ translate }: Visit, whose: Whose, looked: Looked, next: string | null): Html | null {
  const { phone, status, reason, confirmation, after } = looked;
  const asked = { phone, status, reason, confirmation, all: 'yes' };
  return pagination(
    {
      first: after === null ? null : peoplePath(whose, '', asked),
      next: next === null ? null : peoplePath(whose, '', { ...asked, after: next }),
    },
    {
      label: translate('web.people.pages'),
      first: translate('web.people.first-page'),
      next: translate('web.people.next-page'),
    },
  );
}
