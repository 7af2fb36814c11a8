import type { ActionFilter } from '../../../core/ledger/actions.js';
import { isCalendarDate, startOfLocalDay } from '../../../core/moments.js';

/** Address of the log. */
export const LOG_PATH = '/workspace/log';

/** What a person asked for, as typed; '': everything. */
export interface AskedLog {
  readonly by: string;
  readonly campaign: string;
  /** `2026-03-21`, by this machine's calendar. */
  readonly day: string;
}

/** Reads what the address asks for. */
export function filterIn(query: URLSearchParams): {
  readonly asked: AskedLog;
  readonly filter: ActionFilter;
  readonly before: number | null;
} {
  const textOf = (name: string): string => (query.get(name) ?? '').trim();
  const asked = { by: textOf('by'), campaign: textOf('campaign'), day: textOf('day') };
  const before = Number(query.get('before') ?? '');
  const [since, until] = daysOf(asked.day);
  const filter = { by: asked.by || null, campaign: asked.campaign || null, since, until };
  return { asked, filter, before: Number.isSafeInteger(before) && before > 0 ? before : null };
}

/** Address of a page of what is asked for. */
export function logPath({ by, campaign, day }: AskedLog, before: number | null): string {
  const given = Object.entries({ by, campaign, day }).filter(([, value]) => value !== '');
  const query = new URLSearchParams(Object.fromEntries(given));
  if (before !== null) query.set('before', String(before));
  const text = query.toString();
  return text === '' ? LOG_PATH : `${LOG_PATH}?${text}`;
}

/** The beginning of a day and of the one behind it. */
function daysOf(day: string): readonly [since: number | null, until: number | null] {
  return isCalendarDate(day) ? [startOfLocalDay(day), startOfLocalDay(day, 1)] : [null, null];
}
