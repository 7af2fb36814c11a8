import { foreign, type Html, html } from '../../../markup/markup.js';
import type { Answer } from '../../http/answer.js';
import { callout, type Tone, tag } from '../../views/banner.js';
import { button, form } from '../../views/fields.js';
import { workspacePage } from '../../views/layout.js';
import { actions, section, table } from '../../views/parts.js';
import type { Visit } from '../../visit.js';

/** Address of this screen. */
export const CONNECTION = '/workspace/connection';

/** One thing that was looked at. */
export interface Check {
  readonly level: 'ok' | 'warn' | 'fail';
  readonly message: string;
}

/** What is looked at, the button that looks, and what was found; null: nobody looked yet. */
export function connectionPage(visit: Visit, checks: readonly Check[] | null, sandbox = false): Answer {
  const { translate } = visit;
  const body = html`<p class="lead">${translate('web.connection.lead')}</p>
${checks === null ? null : found(visit, checks, sandbox)}
${actions(
  form(
    visit,
    { action: CONNECTION },
    button(translate(checks === null ? 'web.connection.look' : 'web.connection.again')),
  ),
  form(
    visit,
    { action: CONNECTION },
    button(translate('web.connection.look-sandbox'), { kind: 'secondary', name: 'sandbox' }),
  ),
)}`;
  return workspacePage(visit, { title: translate('web.connection.title'), body });
}

function found(visit: Visit, checks: readonly Check[], sandbox: boolean): Html {
  const { translate } = visit;
  const failing = checks.filter(({ level }) => level === 'fail').length;
  const warnings = checks.filter(({ level }) => level === 'warn').length;
  const tone: Tone = failing > 0 ? 'refused' : warnings > 0 ? 'uncertain' : 'accepted';
  const rows = [...checks]
    .toSorted((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level))
    .map(({ level, message }) => [
      tag(translate(`doctor.level.${level}`), TONES[level]),
      foreign(message, 2_000),
    ]);
  const columns = [{ title: translate('web.column.stand') }, { title: translate('web.connection.what') }];
  const summary = html`<p>${sandbox ? html`${tag(translate('web.sandbox'), 'uncertain')} ` : null}${translate('doctor.summary', { failing, warnings })}</p>`;
  return section(
    translate('web.connection.found'),
    html`${callout(tone, summary)}${table(translate('web.connection.caption'), columns, rows)}`,
  );
}

const ORDER: readonly Check['level'][] = ['fail', 'warn', 'ok'];
const TONES: Readonly<Record<Check['level'], Tone>> = { ok: 'accepted', warn: 'uncertain', fail: 'refused' };
