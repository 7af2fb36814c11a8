import { randomUUID } from 'node:crypto';
import { type Html, html } from '../../../markup/markup.js';
import { Form } from '../../http/form.js';
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

const PRESS = /^[0-9a-f-]{36}$/u;

/** Chosen with the form: a second press has the same one, and joins in. */
export function pressIn(form: Form): string {
  const typed = form.text('test');
  return PRESS.test(typed) ? typed : randomUUID();
}

/** The form of somebody who was told that her test may have gone out: to press it is to want another one. */
export function withoutPress(form: Form): Form {
  return new Form(
    new URLSearchParams(
      form
        .entries()
        .filter(([name]) => name !== 'test')
        .map(([...field]) => field),
    ),
  );
}

function testForm(visit: Visit, key: string, filled: Filled): Html {
  const { translate } = visit;
  const content = html`${hidden('test', filled.values === null ? randomUUID() : pressIn(filled.values))}${textField(
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
