import { workspaceFingerprint } from '../../../app/workspace.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import { button, form } from '../../views/fields.js';
import { section, summaryList } from '../../views/parts.js';
import type { Visit } from '../../visit.js';

/** Where things lie, and whose account it is. No credential is shown, and none can be typed here. */
export function workspaceBody(visit: Visit): Html {
  return html`${settings(visit)}${otherBrowser(visit)}`;
}

function settings({ translate, app, site }: Visit): Html {
  const { workspaceId, stateDir } = app.environment;
  const account =
    workspaceId === null ? translate('web.workspace.no-account') : workspaceFingerprint(workspaceId);
  return section(
    translate('web.workspace.settings'),
    summaryList([
      { key: translate('web.workspace.account'), value: account },
      { key: translate('web.workspace.ledger'), value: foreign(app.ledgerFile) },
      { key: translate('web.workspace.campaigns'), value: foreign(site.campaignsFolder) },
      { key: translate('web.workspace.state'), value: stateDir === null ? '' : foreign(stateDir) },
    ]),
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
