import type { CampaignEdit, CampaignSource, WrittenTree } from '../../../../core/campaign-edits.js';
import type { Problem } from '../../../../core/problem.js';
import type { Form } from '../../../http/form.js';
import type { FormProblem } from '../../../views/form-problems.js';
import type { Visit } from '../../../visit.js';

/** Names of the weekdays as a campaign file has them, Monday first. */
export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** What a campaign file says at a place, as it was typed; '' where it says nothing, or more than one text. */
export function writtenAt({ written }: CampaignSource, path: readonly string[]): string {
  let at: WrittenTree | undefined = written;
  for (const key of path) {
    if (at === undefined || typeof at === 'string' || Array.isArray(at)) return '';
    at = (at as { readonly [key: string]: WrittenTree })[key];
  }
  return typeof at === 'string' ? at : '';
}

/** What is wrong with the form before anything is written. */
export function settingProblems({ translate }: Visit, form: Form): readonly FormProblem[] {
  const problems: FormProblem[] = [];
  const missing = (field: string): void =>
    void problems.push({ field, text: translate('web.settings.missing') });
  if (form.text('rate') === '') missing('rate');
  if ((form.text('from') === '') !== (form.text('to') === ''))
    missing(form.text('from') === '' ? 'from' : 'to');
  if (hasHours(form) && form.texts('day').length === 0)
    problems.push({ field: 'day', text: translate('web.settings.no-day') });
  if (form.text('first') === '' && form.text('wait') !== '') missing('first');
  return problems;
}

function hasHours(form: Form): boolean {
  return form.text('hours') === 'some';
}

/** What the form changes in the campaign file. What was left empty is taken out. */
export function editsIn(form: Form): readonly CampaignEdit[] {
  const text = (path: readonly string[], value: string): CampaignEdit => ({
    path,
    value: value === '' ? null : value,
  });
  const first = form.text('first');
  return [
    text(['rate'], `${form.text('rate')}/${form.text('unit') || 's'}`),
    ...scheduleEdits(form),
    ...(first === ''
      ? [{ path: ['canary'], value: null }]
      : [
          text(['canary', 'first'], first),
          text(['canary', 'wait'], minutes(form.text('wait'))),
          text(['canary', 'maxFailures'], form.text('failures') === '' ? '' : `${form.text('failures')}%`),
        ]),
    text(['limits', 'perDay'], form.text('perDay')),
  ];
}

function minutes(typed: string): string {
  return typed === '' ? '' : `${typed}m`;
}

function scheduleEdits(form: Form): readonly CampaignEdit[] {
  if (!hasHours(form)) {
    const kept = form.text('notBefore');
    return kept === ''
      ? [{ path: ['schedule'], value: null }]
      : (['window', 'days'] as const).map((key) => ({ path: ['schedule', key], value: null }));
  }
  const [from, to] = [form.text('from'), form.text('to')];
  const days = DAYS.filter((day) => form.texts('day').includes(day));
  const zone = form.text('zone') === 'own' ? form.text('zoneName') : 'recipient';
  return [
    { path: ['schedule', 'window'], value: from === '' ? null : `${from}-${to}` },
    { path: ['schedule', 'days'], value: days.length === DAYS.length ? null : [...days] },
    { path: ['schedule', 'timezone'], value: zone === '' ? 'recipient' : zone },
  ];
}

const FIELD_OF: readonly (readonly [RegExp, string])[] = [
  [/rate/u, 'rate'],
  [/window/u, 'from'],
  [/days?$/u, 'day'],
  [/zone/u, 'zoneName'],
  [/first/u, 'first'],
  [/wait/u, 'wait'],
  [/maxFailures/u, 'failures'],
  [/perDay|per-day/u, 'perDay'],
];

/** The field that a problem of the file is about. */
export function fieldOfProblem({ code, params }: Problem): string | null {
  const named = params !== undefined && 'key' in params ? String(params.key) : code;
  return FIELD_OF.find(([pattern]) => pattern.test(named))?.[1] ?? null;
}
