import { randomUUID } from 'node:crypto';
import { type Html, html } from '../../../markup/markup.js';
import { button, type Filled, form, hidden, textField } from '../../views/fields.js';
import { section } from '../../views/parts.js';
import type { Visit } from '../../visit.js';
import { campaignPath } from '../campaign/paths.js';

/** What can be tried before anybody gets it: a message to one's own phone, and the whole campaign without any. */
export function tryFirst(visit: Visit, key: string, filled: Filled): Html {
  const { translate } = visit;
  return section(
    translate('web.send.try.title'),
    html`${testForm(visit, key, filled)}${rehearsal(visit, key)}`,
    'try',
  );
}

function testForm(visit: Visit, key: string, filled: Filled): Html {
  const { translate } = visit;
  const content = html`${hidden('test', randomUUID())}${textField(
    {
      name: 'to',
      label: translate('web.send.try.to'),
      hint: translate('web.send.try.to-hint'),
      type: 'tel',
      size: 20,
      inputmode: 'tel',
      autocomplete: 'tel',
    },
    filled,
  )}${textField(
    {
      name: 'row',
      label: translate('web.send.try.row'),
      hint: translate('web.send.try.row-hint'),
      size: 7,
      inputmode: 'numeric',
      value: '1',
    },
    filled,
  )}${button(translate('web.send.try.test'), { kind: 'secondary' })}`;
  return html`<h3>${translate('web.send.try.test-title')}</h3>${form(visit, { action: `${campaignPath(key, 'send')}/test` }, content)}`;
}

function rehearsal(visit: Visit, key: string): Html {
  const { translate } = visit;
  const go = button(translate('web.send.try.rehearse'), { kind: 'secondary' });
  return html`<h3>${translate('web.send.try.rehearse-title')}</h3><p>${translate('web.send.try.rehearse-hint')}</p>${form(visit, { action: `${campaignPath(key, 'send')}/rehearse` }, go)}`;
}
