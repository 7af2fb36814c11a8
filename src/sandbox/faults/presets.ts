import { errorReply, problemReply, whatsappReply } from '../plazbot/answers.js';
import { json, type Manner, plain, type SandboxReply } from '../reply.js';
import { type FaultEffect, LISTED_ONCE, NO_FAULT } from './fault.js';

/** How late a slow answer is. */
const SLOW_MS = 3_000;
/** How late a record shows in the list, or turns into a failed one. */
const LISTED_LATER_MS = 10_000;
/** A date has whole seconds: two of them leave at least one to wait. */
const RETRY_AFTER_DATE_MS = 2_000;

function answered(
  execute: FaultEffect['execute'],
  reply: SandboxReply | null,
  manner: Manner = 'whole',
): FaultEffect {
  return { ...NO_FAULT, execute, reply: reply && (() => reply), manner };
}

const html = plain(200, '<!doctype html><title>Sign in</title><h1>Sign in</h1>', 'text/html; charset=utf-8');

/** Faults whose names need no number. `-before` and `-after` tell whether the send was executed. */
const NAMED: Readonly<Record<string, FaultEffect>> = {
  'reset-before': answered('never', null, 'reset'),
  'reset-after': answered('now', null, 'reset'),
  'close-before': answered('never', null, 'close'),
  'close-after': answered('now', null, 'close'),
  'silent-before': answered('never', null, 'silence'),
  'silent-after': answered('now', null, 'silence'),
  late: answered('after-client-left', null, 'silence'),
  slow: { ...NO_FAULT, delayMs: SLOW_MS },
  'truncated-before': answered('never', null, 'truncated'),
  'truncated-after': answered('now', null, 'truncated'),
  'garbage-before': answered('never', plain(200, '\u0000\u0001{"success":tru', 'application/json')),
  'garbage-after': answered('now', plain(200, '\u0000\u0001{"success":tru', 'application/json')),
  'empty-after': answered('now', plain(200)),
  'false-before': answered('never', json(200, { success: false, message: 'Conversation not sent.' })),
  'false-after': answered('now', json(200, { success: false, message: 'Conversation not sent.' })),
  'html-before': answered('never', html),
  'html-after': answered('now', html),
  'listed-never': { ...NO_FAULT, listing: { ...LISTED_ONCE, times: 0 } },
  'listed-twice': { ...NO_FAULT, listing: { ...LISTED_ONCE, times: 2 } },
  'listed-late': { ...NO_FAULT, listing: { ...LISTED_ONCE, lagMs: LISTED_LATER_MS } },
  'listed-failed': { ...NO_FAULT, listing: { ...LISTED_ONCE, failedAfterMs: LISTED_LATER_MS } },
};

/** Names offered for statuses and codes; any other number of the same form works too. */
const NUMBERED = [
  ...['http-302', 'http-400', 'http-400-problem', 'http-404', 'http-405', 'http-413', 'http-422'],
  ...['http-401', 'http-402', 'http-403', 'http-404-plain', 'http-405-plain'],
  ...['http-408', 'http-408-after', 'http-409', 'http-409-after', 'http-425', 'http-425-after'],
  ...['http-429', 'http-429-date', 'http-429-bare'],
  ...['http-500', 'http-500-after', 'http-502', 'http-502-after', 'http-503', 'http-503-after'],
  ...['http-504', 'http-504-after'],
  ...['code-131026', 'code-131026-400', 'code-131049', 'code-131050', 'code-131047', 'code-132018'],
  ...['code-130429', 'code-131016', 'code-131056', 'code-131056-400', 'code-132001', 'code-190'],
];

/** Names of the effects that a rule by name can have. */
export const effectNames: readonly string[] = [...Object.keys(NAMED), ...NUMBERED];

const HTTP_NAME = /^http-([2-5]\d\d)(?:-(plain|problem|date|bare))?(-before|-after)?$/u;
const CODE_NAME = /^code-(\d{1,6})(?:-([2-5]\d\d))?$/u;

/** The effect of a name: `reset-after`, `http-503-after`, `code-131026-400`, …; null for an unknown one. */
export function effectOf(name: string): FaultEffect | null {
  const named = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  if (named !== undefined) return named;
  const http = HTTP_NAME.exec(name);
  if (http !== null) {
    const execute = http[3] === '-after' ? 'now' : 'never';
    const [status, form] = [Number(http[1]), http[2] ?? ''];
    return { ...NO_FAULT, execute, reply: (at) => httpReply(status, form, at) };
  }
  const code = CODE_NAME.exec(name);
  return code === null ? null : answered('never', whatsappReply(code[1] ?? '', Number(code[2] ?? 200)));
}

function httpReply(status: number, form: string, at: number): SandboxReply {
  if (form === 'plain') return plain(status, `${status}`);
  if (form === 'problem') return problemReply(status, 'One or more validation errors occurred.');
  if (status >= 300 && status < 400) {
    return { ...plain(status), headers: { location: '/login', 'content-type': 'text/html' } };
  }
  if (status >= 500) return plain(status, `<html><h1>${status}</h1></html>`, 'text/html');
  const wait = status === 429 ? retryAfter(form, at) : {};
  return errorReply(status, `HTTP_${status}`, `The request was refused with status ${status}.`, wait);
}

/** Retry-After in seconds, as a date with whole seconds, or left out. */
function retryAfter(form: string, at: number): Readonly<Record<string, string>> {
  if (form === 'bare') return {};
  return { 'retry-after': form === 'date' ? new Date(at + RETRY_AFTER_DATE_MS).toUTCString() : '1' };
}
