import type { LogPage } from '../../../app/actions/read-log.js';
import { SANDBOX_WORKSPACE } from '../../../app/workspace.js';
import type { ActionRecord } from '../../../core/ledger/actions.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import { sandboxTag } from '../../views/banner.js';
import { button, select, textField } from '../../views/fields.js';
import { moment, pagination, table } from '../../views/parts.js';
import type { Visit } from '../../visit.js';
import { factLines } from './facts.js';
import { type AskedLog, LOG_PATH, logPath } from './filter.js';

/** What to look for, and what was found. */
export function logBody(visit: Visit, found: LogPage, asked: AskedLog, isLater: boolean): Html {
  const { translate } = visit;
  const words = {
    label: translate('web.log.pages'),
    first: translate('web.log.newest'),
    next: translate('web.log.older'),
  };
  const ways = {
    first: isLater ? logPath(asked, null) : null,
    next: found.next === null ? null : logPath(asked, found.next),
  };
  return html`<p class="lead">${translate('web.log.lead')}</p>${search(visit, found, asked)}${found.actions.length === 0 ? html`<p>${translate('web.log.nothing')}</p>` : rows(visit, found.actions)}${pagination(ways, words)}`;
}

function search({ translate }: Visit, { actors }: LogPage, { by, campaign, day }: AskedLog): Html {
  const choices = [
    { value: '', label: translate('web.log.everybody') },
    ...actors.map((name) => ({ value: name, label: name })),
  ];
  return html`<form method="get" action="${LOG_PATH}" role="search">${select({ name: 'by', label: translate('web.log.by'), choices, value: by })}${textField({ name: 'campaign', label: translate('web.column.campaign'), size: 24, value: campaign })}${textField({ name: 'day', label: translate('web.log.day'), type: 'date', size: 12, value: day })}${button(translate('web.log.look'), { kind: 'secondary' })}</form>`;
}

function rows(visit: Visit, actions: readonly ActionRecord[]): Html {
  const { translate, format } = visit;
  const columns = [
    { title: translate('web.log.when') },
    { title: translate('web.log.by') },
    { title: translate('web.log.what') },
    { title: translate('web.column.campaign') },
    { title: translate('web.log.details') },
  ];
  const lines = actions.map((action) => [
    moment(action.at, format.moment(action.at)),
    html`${foreign(action.by)} <span class="soft">${translate(`web.log.place.${action.place}`)}</span>`,
    translate(`action.${action.kind}`),
    html`${action.workspace === SANDBOX_WORKSPACE ? html`${sandboxTag(visit)} ` : null}${foreign(action.campaign)}`,
    detailsOf(visit, action),
  ]);
  return table(translate('web.log.caption'), columns, lines);
}

function detailsOf(visit: Visit, action: ActionRecord): Html {
  return html`${factLines(visit, action).map((line, at) => (at === 0 ? line : html`<br>${line}`))}`;
}
