import type { LaunchRequest } from '../../../app/launch/ask-launch.js';
import { isCalendarDate } from '../../../core/moments.js';
import { failed, ok, type Result } from '../../../core/problem.js';
import type { Form } from '../../http/form.js';
import type { FormProblem } from '../../views/form-problems.js';
import type { Visit } from '../../visit.js';
import { SEND_FIELDS, TYPED_ABOVE } from './send-form.js';

/** A launch as a form asks for it, or what is wrong with the form. */
export type ReadSend =
  | { readonly kind: 'asked'; readonly request: Omit<LaunchRequest, 'campaign' | 'by' | 'sandbox'> }
  | { readonly kind: 'wrong'; readonly problems: readonly FormProblem[] };

/** The latest moment for which somebody plans a campaign; a year that was mistyped is further away. */
const LATEST_MS = 366 * 86_400_000;
const KEY = /^[0-9a-f-]{36}$/u;

/** Reads the form by which a campaign is sent. */
export function readSend(visit: Visit, form: Form): ReadSend {
  const { translate, format, app } = visit;
  const confirmed = Number(form.text(SEND_FIELDS.count));
  const key = form.text(SEND_FIELDS.key);
  if (!KEY.test(key) || !Number.isSafeInteger(confirmed) || confirmed <= 0)
    return { kind: 'wrong', problems: [{ field: null, text: translate('web.form.unreadable') }] };
  const problems: FormProblem[] = [];
  const people = format.count(confirmed);
  if (confirmed > TYPED_ABOVE && digitsIn(form.text(SEND_FIELDS.typed)) !== String(confirmed))
    problems.push({ field: SEND_FIELDS.typed, text: translate('web.send.go.type-wrong', { people }) });
  const startAt = form.text(SEND_FIELDS.when) === 'later' ? readMoment(form, app.clock.now()) : ok(null);
  if (!startAt.ok) {
    const [problem] = startAt.problems;
    if (problem !== undefined) problems.push({ field: SEND_FIELDS.day, text: translate(problem) });
  }
  if (!startAt.ok || problems.length > 0) return { kind: 'wrong', problems };
  const options = {
    limit: null,
    acceptChanges: form.flag(SEND_FIELDS.changes),
    acceptLedger: form.flag(SEND_FIELDS.ledger),
  };
  const planDigest = form.text(SEND_FIELDS.digest);
  const approvedDigest = form.text(SEND_FIELDS.approved);
  const request = { key, planDigest, approvedDigest, confirmed, options, startAt: startAt.value };
  return { kind: 'asked', request };
}

/** `48,210`, `48.210` and `48 210` are the same number to who types it. */
function digitsIn(typed: string): string {
  return /^[\d\s.,'’]+$/u.test(typed) ? typed.replace(/\D/gu, '') : '';
}

/** Day and time on this machine's clock. */
function readMoment(form: Form, now: number): Result<number> {
  const [day, time] = [form.text(SEND_FIELDS.day), form.text(SEND_FIELDS.time)];
  // A day that no calendar has, such as February 29, would be taken for one after it.
  const isWritten = isCalendarDate(day) && /^\d{2}:\d{2}(?::\d{2})?$/u.test(time);
  const at = isWritten ? new Date(`${day}T${time}`).getTime() : Number.NaN;
  if (Number.isNaN(at)) return failed({ code: 'web.send.go.no-moment' });
  if (at <= now) return failed({ code: 'web.send.go.moment-over' });
  return at - now > LATEST_MS ? failed({ code: 'web.send.go.moment-far' }) : ok(at);
}
