import type { EntriesPage } from '../../../app/suppress/whose-list.js';
import { SANDBOX_WORKSPACE } from '../../../app/workspace.js';
import type { SeenEntry, SuppressionRecord } from '../../../core/ledger/people.js';
import { foreign, type Html, html, type MarkupPart } from '../../../markup/markup.js';
import type { Answer } from '../../http/answer.js';
import { tag } from '../../views/banner.js';
import { button, buttonLink, EMPTY, type Filled, form, hidden, textField } from '../../views/fields.js';
import { type PageParts, workspacePage } from '../../views/layout.js';
import { actions, pagination, section, table } from '../../views/parts.js';
import type { Visit } from '../../visit.js';
import { listPath, NO_CONTACT, type WhichList } from './which-list.js';

/** What the page of a list shows. */
export interface ListShown {
  readonly list: WhichList;
  /** Where this piece of it begins: behind this person; '': at the start. */
  readonly after: string;
  readonly page: EntriesPage;
  /** Other workspaces of the ledger. */
  readonly others: readonly string[];
  /** The look-up as it was sent, and what it found. */
  readonly lookUp?: { readonly filled: Filled; readonly found: Html | null };
}

/** The list, piece by piece, with a look-up for one number above it. */
export function listPage(visit: Visit, shown: ListShown): Answer {
  const { translate } = visit;
  const { list, lookUp = { filled: EMPTY, found: null } } = shown;
  const body = html`<p class="lead">${translate('web.no-contact.lead')}</p>
${actions(
  buttonLink(visit, listPath(list, '/add'), translate('web.no-contact.add')),
  buttonLink(visit, listPath(list, '/import'), translate('web.no-contact.import'), 'secondary'),
  buttonLink(visit, listPath(list, '/import-from'), translate('web.no-contact.import-from'), 'secondary'),
  buttonLink(visit, listPath(list, '/download'), translate('web.no-contact.download'), 'secondary'),
)}
${section(translate('web.no-contact.look-up'), html`${lookUp.found}${lookUpForm(visit, list, lookUp.filled)}`, 'look-up')}
${section(translate('web.no-contact.entries'), entries(visit, shown), 'entries')}
${otherLists(visit, shown.others)}`;
  const { problems } = lookUp.filled;
  return workspacePage(visit, {
    title: translate('web.no-contact.title'),
    eyebrow: whoseList(visit, list),
    problems,
    body,
  });
}

/** A page about a list: it says whose, and leads back to it. */
export function noContactPage(
  visit: Visit,
  list: WhichList,
  parts: Pick<PageParts, 'title' | 'body' | 'problems'>,
): Answer {
  const back = { href: listPath(list), text: visit.translate('web.no-contact.title') };
  return workspacePage(visit, { ...parts, eyebrow: whoseList(visit, list), back });
}

function whoseList({ translate }: Visit, list: WhichList): Html {
  const whose = list.sandbox ? tag(translate('web.sandbox'), 'uncertain') : html`${list.workspace}`;
  return html`${translate('web.no-contact.of')} ${whose}`;
}

function lookUpForm(visit: Visit, list: WhichList, filled: Filled): Html {
  const { translate } = visit;
  const field = textField(
    {
      name: 'number',
      label: translate('web.no-contact.number'),
      hint: translate('web.no-contact.number-hint'),
      type: 'tel',
      size: 20,
    },
    filled,
  );
  return form(
    visit,
    { action: `${NO_CONTACT}/look-up` },
    html`${hidden('list', list.asked)}${field}${button(translate('web.no-contact.look-up-do'), { kind: 'secondary' })}`,
  );
}

function entries(visit: Visit, { list, after, page: { entries: rows, more } }: ListShown): Html {
  const { translate } = visit;
  if (rows.length === 0)
    return html`<p>${translate(after === '' ? 'web.no-contact.nobody' : 'web.no-contact.no-more')}</p>`;
  const columns = [
    { title: translate('web.no-contact.number') },
    { title: translate('web.no-contact.reason') },
    { title: translate('web.no-contact.since') },
    { title: translate('web.no-contact.until') },
    { title: html`<span class="unseen">${translate('web.no-contact.remove')}</span>` },
  ];
  const last = rows.at(-1);
  const pages = pagination(
    {
      first: after === '' ? null : listPath(list),
      next: more && last !== undefined ? listPath(list, '', { after: last.person }) : null,
    },
    {
      label: translate('web.pages.label'),
      first: translate('web.pages.first'),
      next: translate('web.pages.next'),
    },
  );
  return html`${table(
    translate('web.no-contact.caption'),
    columns,
    rows.map((row) => cellsOf(visit, list, row)),
  )}${pages}`;
}

function cellsOf(
  visit: Visit,
  list: WhichList,
  { phone, reason, source, addedAt, expiresAt }: SuppressionRecord,
): Html[] {
  const { translate, format, app } = visit;
  const expired = expiresAt !== null && expiresAt <= app.clock.now();
  const until =
    expiresAt === null
      ? html`${translate('suppress.for-good')}`
      : html`${format.moment(expiresAt)}${expired ? html` ${tag(translate('web.no-contact.expired'), 'quiet')}` : null}`;
  // Of somebody who was forgotten there is no number, and nobody to take off.
  const off = phone === '' ? html`` : removeForm(visit, list, { phone, addedAt, expiresAt });
  return [
    phone === '' ? html`${translate('web.no-contact.forgotten')}` : html`+${phone}`,
    html`${reasonOf(visit, reason, source)} <span class="soft">· ${sourceOf(visit, source)}</span>`,
    html`${format.moment(addedAt)}`,
    until,
    off,
  ];
}

/** A reason and a source that the program wrote, and not a person, are said in words. */
function reasonOf({ translate }: Visit, reason: string, source: string): MarkupPart {
  if (reason === 'opted-out' && source === 'whatsapp') return translate('report.reason.opted-out');
  return reason === 'imported' || reason === 'manual'
    ? translate('web.no-contact.reason-none')
    : foreign(reason);
}

function sourceOf({ translate }: Visit, source: string): MarkupPart {
  return source === 'page' ? translate('web.no-contact.by-page') : foreign(source);
}

/** One button that takes one person off; its name is read out with the number. */
function removeForm(
  visit: Visit,
  list: WhichList,
  { phone, addedAt, expiresAt }: SeenEntry & Pick<SuppressionRecord, 'phone'>,
): Html {
  const { translate } = visit;
  const text = html`${translate('web.no-contact.remove')}<span class="unseen"> +${phone}</span>`;
  return form(
    visit,
    { action: `${NO_CONTACT}/remove` },
    html`${hidden('list', list.asked)}${hidden('number', `+${phone}`)}${hidden('seen', `${addedAt} ${expiresAt ?? ''}`)}<button class="link" type="submit" data-once>${text}</button>`,
  );
}

function otherLists(visit: Visit, others: readonly string[]): Html | null {
  const { translate } = visit;
  if (others.length === 0) return null;
  const links = others.map((workspace) => {
    const name = workspace === SANDBOX_WORKSPACE ? translate('web.sandbox') : workspace;
    return html`<li><a href="${listPath({ asked: workspace })}">${name}</a></li>`;
  });
  return section(translate('web.no-contact.others'), html`<ul class="plain">${links}</ul>`, 'others');
}
