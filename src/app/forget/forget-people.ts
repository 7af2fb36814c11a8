import type { ActionFacts } from '../../core/ledger/action-facts.js';
import { LedgerError, type People } from '../../core/ledger/ledger.js';
import type { ForgottenWithRows } from '../../core/ledger/people.js';
import { monthsBefore } from '../../core/moments.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import { unloggedBy } from '../actions/noted.js';
import { recordIn } from '../actions/record-action.js';
import type { App } from '../app.js';
import { withLedger } from '../open-ledger.js';
import { readCountry, readPerson } from '../phones.js';

/** Whose data is to be erased. */
export interface ForgetRequest {
  /** A phone as typed; null: everybody whose last campaign is older. */
  readonly phone: string | null;
  /** As typed; for a phone without country code. */
  readonly country: string | null;
  /** `90d`, `24m` or `2y`; null: the phone's person. */
  readonly olderThan: string | null;
}

/** What an erasure came to. */
export interface ForgottenPeople extends ForgottenWithRows {
  /** Why what the database keeps of what was deleted is still there, until the next time; null: it is gone. */
  readonly leftovers: Problem | null;
  /** Why the log does not tell of it; null: it does. */
  readonly unlogged: Problem | null;
}

/**
 * Erases a person's data from the ledger, or those of all whose last campaign is older.
 *
 * @param mayErase asked once, unless there is nobody; false: nothing is erased
 * @returns null: it may not
 */
export async function forgetPeople(
  { phone, olderThan, ...asked }: ForgetRequest,
  mayErase: (people: number) => Promise<Result<boolean>>,
  app: App,
): Promise<Result<ForgottenPeople | null>> {
  if ((phone === null) === (olderThan === null)) return failed({ code: 'forget.one-of' });
  const now = app.clock.now();
  const before = olderThan === null ? ok(null) : parseAge(olderThan, now);
  if (!before.ok) return before;
  const country = phone === null ? ok(null) : await readCountry(asked.country, app);
  if (!country.ok) return country;
  const person = phone === null ? ok(null) : await readPerson(phone, country.value, 'forget', app);
  if (!person.ok) return person;
  return withLedger(app, 'existing', async (ledger) => {
    const { people } = ledger;
    const count = before.value === null ? 1 : await people.countLastSeenBefore(before.value);
    const may = count === 0 ? ok(true) : await mayErase(count);
    if (!may.ok || !may.value) return may.ok ? ok(null) : may;
    const forgotten = await (person.value === null
      ? people.forgetOlder(before.value ?? now, now)
      : people.forget(person.value, now));
    // Whoever asks to be forgotten is not named in what stays.
    const asks = olderThan === null ? {} : { olderThan };
    const after: ActionFacts = { ...asks, people: forgotten.people, deliveries: forgotten.deliveries };
    const unlogged = await unloggedBy(recordIn(ledger, { kind: 'forgotten', after }, app));
    return ok({ ...forgotten, leftovers: await leftoversOf(people), unlogged });
  });
}

/** They are forgotten, whatever the database still holds: no room for writing it anew says nothing else. */
async function leftoversOf(people: People): Promise<Problem | null> {
  try {
    return (await people.eraseLeftovers()) ? null : { code: 'forget.busy' };
  } catch (error) {
    if (error instanceof LedgerError) return error.problem;
    throw error;
  }
}

const DAY_MS = 86_400_000;
const WRITTEN = /^\s*(\d{1,4})\s*(d|m|y)\s*$/u;

/**
 * The moment that lies so long before `now`: `90d`, `24m` (months, by this machine's calendar) or `2y`. A day at
 * least, so that a slip of the finger does not erase the campaign of this morning.
 */
function parseAge(text: string, now: number): Result<number> {
  const [, count, unit] = WRITTEN.exec(text) ?? [];
  const number = Number(count);
  if (unit === undefined || number === 0) return failed({ code: 'forget.age', params: { value: text } });
  if (unit === 'd') return ok(now - number * DAY_MS);
  return ok(monthsBefore(now, number * (unit === 'y' ? 12 : 1)));
}
