import { workspaceFingerprint } from '../../../app/workspace.js';
import type { PlainCode } from '../../../locales/index.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import { button, form, radios } from '../../views/fields.js';
import { section, summaryList } from '../../views/parts.js';
import type { Visit } from '../../visit.js';

/** What can be done here: where it is, what it is called, what it is for. */
const PLACES: readonly (readonly [href: string, title: PlainCode, about: PlainCode])[] = [
  ['/workspace/no-contact', 'web.no-contact.title', 'web.workspace.about.no-contact'],
  ['/workspace/connection', 'web.connection.title', 'web.workspace.about.connection'],
  ['/workspace/templates', 'web.templates.title', 'web.workspace.about.templates'],
  ['/workspace/lists', 'web.lists.title', 'web.workspace.about.lists'],
  ['/workspace/log', 'web.log.title', 'web.workspace.about.log'],
  ['/workspace/backup', 'web.backup.title', 'web.workspace.about.backup'],
  ['/workspace/forget', 'web.forget.title', 'web.workspace.about.forget'],
  ['/workspace/users', 'web.users.title', 'web.workspace.about.users'],
];

/** What belongs to no campaign, where things lie, and whose account it is. No credential is shown, and none can be typed here. */
export function workspaceBody(visit: Visit, approvalRequired: boolean): Html {
  return html`${places(visit)}${settings(visit)}${approval(visit, approvalRequired)}${visit.session.user === null ? otherBrowser(visit) : null}`;
}

function places({ translate, lacks }: Visit): Html {
  const lines = PLACES.filter(([href]) => lacks('GET', href) === null).map(
    ([href, title, about]) =>
      html`<li><div><p><a class="what" href="${href}">${translate(title)}</a></p><p>${translate(about)}</p></div></li>`,
  );
  return html`<ul class="todo">${lines}</ul>`;
}

function settings(visit: Visit): Html {
  const { translate, app, site } = visit;
  const { workspaceId, plazbotApiKey, plazbotBaseUrl, stateDir } = app.environment;
  const isSet = (value: string | null): string =>
    translate(value === null ? 'web.workspace.not-set' : 'web.workspace.set');
  const account =
    workspaceId === null ? translate('web.workspace.no-account') : workspaceFingerprint(workspaceId);
  return section(
    translate('web.workspace.settings'),
    html`<p class="soft">${translate('web.workspace.settings-hint')}</p>${summaryList(visit, [
      { key: translate('web.workspace.account'), value: account },
      { key: 'PLAZBOT_API_KEY', value: isSet(plazbotApiKey) },
      ...(plazbotBaseUrl === null ? [] : [{ key: 'PLAZBOT_BASE_URL', value: foreign(plazbotBaseUrl) }]),
      { key: translate('web.workspace.ledger'), value: foreign(app.ledgerFile) },
      { key: translate('web.workspace.campaigns'), value: foreign(site.campaignsFolder) },
      {
        key: translate('web.workspace.state'),
        value: stateDir === null ? translate('web.workspace.not-set') : foreign(stateDir),
      },
    ])}`,
  );
}

/** Whether a campaign needs a second person. */
function approval(visit: Visit, required: boolean): Html {
  const { translate } = visit;
  const choices = [
    { value: 'off', label: translate('web.approval.off') },
    {
      value: 'required',
      label: translate('web.approval.required'),
      hint: translate('web.approval.required-hint'),
    },
  ];
  const value = required ? 'required' : 'off';
  const label = translate('web.approval.setting');
  const content = html`${radios({ name: 'approval', label, choices, value })}${button(translate('web.approval.save'), { kind: 'secondary' })}`;
  return section(
    translate('web.approval.title'),
    form(visit, { action: '/workspace/approval' }, content),
    'approval',
  );
}

function otherBrowser(visit: Visit): Html {
  const { translate } = visit;
  const content = html`<p>${translate('web.workspace.address-hint')}</p>${form(visit, { action: '/workspace/address' }, button(translate('web.workspace.address-make'), { kind: 'secondary' }))}`;
  return section(translate('web.workspace.address'), content);
}

/** An address that lets one browser in. It is shown once, and kept nowhere. */
export function addressBody({ translate }: Visit, address: string): Html {
  return html`<p>${translate('web.workspace.address-once')}</p><p><code>${address}</code></p><p><a href="/workspace">${translate('web.workspace.title')}</a></p>`;
}
