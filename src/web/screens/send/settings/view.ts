import type { Campaign } from '../../../../core/campaign.js';
import type { CampaignSource } from '../../../../core/campaign-edits.js';
import { type Html, html } from '../../../../markup/markup.js';
import { button, type Filled, form, hidden, radios, select, textField } from '../../../views/fields.js';
import { actions, section } from '../../../views/parts.js';
import type { Visit } from '../../../visit.js';
import { campaignPath } from '../../campaign/paths.js';
import { clock, dayName } from '../answers.js';
import { DAYS, writtenAt } from './edits.js';

/** The form that changes how a campaign is sent. */
export function settingsBody(visit: Visit, key: string, source: CampaignSource, filled: Filled): Html {
  const { translate } = visit;
  const campaign = source.read.ok ? source.read.value.campaign : null;
  const content = html`${hidden('file_digest', source.digest)}${hidden('notBefore', writtenAt(source, ['schedule', 'notBefore']))}${speed(visit, source, filled)}${hours(visit, campaign, filled)}${canary(visit, campaign, filled)}${limits(visit, source, filled)}${actions(button(translate('web.settings.save')), html`<a href="${campaignPath(key, 'send')}">${translate('web.settings.leave')}</a>`)}`;
  return form(visit, { action: `${campaignPath(key, 'send')}/settings` }, content);
}

function speed({ translate }: Visit, source: CampaignSource, filled: Filled): Html {
  const [, number = '10', unit = 's'] = /^\s*([\d.]+)\s*\/\s*(\w+)/u.exec(writtenAt(source, ['rate'])) ?? [];
  const known = unit === 'h' ? 'h' : unit === 'm' || unit === 'min' ? 'min' : 's';
  const units = (['s', 'min', 'h'] as const).map((value) => ({
    value,
    label: translate(`web.settings.unit.${value}`),
  }));
  return section(
    translate('web.settings.speed'),
    html`<div class="side-by-side">${textField({ name: 'rate', label: translate('web.settings.rate'), hint: translate('web.settings.rate-hint'), value: number, size: 7, inputmode: 'decimal' }, filled)}${select({ name: 'unit', label: translate('web.settings.unit'), choices: units, value: known }, filled)}</div>`,
  );
}

function hours(visit: Visit, campaign: Campaign | null, filled: Filled): Html {
  const { translate } = visit;
  const schedule = campaign?.schedule ?? null;
  const limited = schedule !== null && (schedule.window !== null || schedule.days.length < 7);
  const own = schedule !== null && schedule.timezone !== 'recipient' ? schedule.timezone : '';
  const { window = null } = schedule ?? {};
  const choices = [
    { value: 'any', label: translate('web.settings.hours-any') },
    { value: 'some', label: translate('web.settings.hours-some') },
  ];
  const zones = [
    { value: 'recipient', label: translate('web.settings.zone-recipient') },
    { value: 'own', label: translate('web.settings.zone-own') },
  ];
  const from = window === null ? '' : clock(window.fromMinute);
  const to = window === null ? '' : clock(window.toMinute);
  return section(
    translate('web.settings.hours'),
    html`${radios({ name: 'hours', label: translate('web.settings.hours-when'), choices, value: limited ? 'some' : 'any' }, filled)}<div class="inside">
<div class="side-by-side">${textField({ name: 'from', label: translate('web.settings.from'), type: 'time', value: from, size: 8 }, filled)}${textField({ name: 'to', label: translate('web.settings.to'), type: 'time', value: to, size: 8 }, filled)}</div>
${days(visit, schedule?.days ?? [1, 2, 3, 4, 5, 6, 7], filled)}
${radios({ name: 'zone', label: translate('web.settings.zone'), choices: zones, value: own === '' ? 'recipient' : 'own' }, filled)}
${textField({ name: 'zoneName', label: translate('web.settings.zone-name'), hint: translate('web.settings.zone-hint'), value: own || visit.format.timeZone, size: 24 }, filled)}</div>`,
  );
}

function days(visit: Visit, ticked: readonly number[], { values, problems }: Filled): Html {
  const { translate } = visit;
  const wrong = problems.find(({ field }) => field === 'day')?.text ?? null;
  const boxes = DAYS.map((day, index) => {
    const id = index === 0 ? 'day' : `day-${day}`;
    const checked = values === null ? ticked.includes(index + 1) : values.texts('day').includes(day);
    return html`<div class="choice"><input type="checkbox" id="${id}" name="day" value="${day}" ${checked ? html`checked` : null}><label for="${id}">${dayName(visit, index + 1, 'long')}</label></div>`;
  });
  return html`<fieldset class="${wrong === null ? 'field' : 'field wrong'}"><legend>${translate('web.settings.days')}</legend>${wrong === null ? null : html`<p class="error" id="day-error">${wrong}</p>`}<div class="choices days">${boxes}</div></fieldset>`;
}

function canary({ translate }: Visit, campaign: Campaign | null, filled: Filled): Html {
  const set = campaign?.canary ?? null;
  const number = (value: number | undefined): string => (value === undefined ? '' : String(exact(value)));
  return section(
    translate('web.settings.canary'),
    html`<p>${translate('web.settings.canary-hint')}</p>${textField({ name: 'first', label: translate('web.settings.first'), hint: translate('web.settings.first-hint'), value: number(set?.first), size: 7, inputmode: 'numeric' }, filled)}${textField({ name: 'wait', label: translate('web.settings.wait'), value: number(set === null ? undefined : set.waitMs / 60_000), size: 7, inputmode: 'decimal' }, filled)}${textField({ name: 'failures', label: translate('web.settings.failures'), hint: translate('web.settings.failures-hint'), value: number(set === null ? undefined : set.maxFailures * 100), size: 7, inputmode: 'decimal' }, filled)}`,
  );
}

/** What was not touched is saved as it was: 90 s are 1.5 minutes. Six places keep every millisecond. */
function exact(value: number): number {
  return Number(value.toFixed(6));
}

function limits({ translate }: Visit, source: CampaignSource, filled: Filled): Html {
  return section(
    translate('web.settings.limits'),
    textField(
      {
        name: 'perDay',
        label: translate('web.settings.per-day'),
        hint: translate('web.settings.per-day-hint'),
        value: writtenAt(source, ['limits', 'perDay']),
        size: 10,
        inputmode: 'numeric',
      },
      filled,
    ),
  );
}
