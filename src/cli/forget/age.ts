import { failed, ok, type Result } from '../../core/problem.js';

const WRITTEN = /^\s*(\d{1,4})\s*(d|m|y)\s*$/u;

/**
 * The moment that lies so long before `now`: `90d`, `24m` (months, by this machine's calendar) or `2y`. A day at
 * least, so that a slip of the finger does not erase the campaign of this morning.
 */
export function parseAge(text: string, now: number): Result<number> {
  const [, count, unit] = WRITTEN.exec(text) ?? [];
  const number = Number(count);
  if (unit === undefined || number === 0) return failed({ code: 'forget.age', params: { value: text } });
  const date = new Date(now);
  if (unit === 'd') date.setDate(date.getDate() - number);
  else date.setMonth(date.getMonth() - number * (unit === 'y' ? 12 : 1));
  return ok(date.getTime());
}
