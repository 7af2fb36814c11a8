import type { PersonHistory } from '../../core/ledger/finding.js';
import { ok, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { withLedger } from '../open-ledger.js';
import { readCountry, readPerson } from '../phones.js';

/** A person with everything that the ledger knows. */
export interface FoundHistory extends PersonHistory {
  /** Identity. */
  readonly person: string;
  /** An entry keeps the person from getting anything at this moment. */
  readonly isSuppressed: boolean;
}

/**
 * Every delivery, attempt, piece of evidence and do-not-contact entry of the person behind a phone, over all campaigns.
 *
 * @param country for a phone without country code; null: it needs its own
 */
export async function historyOf(
  typed: string,
  country: string | null,
  app: App,
): Promise<Result<FoundHistory>> {
  const home = await readCountry(country, app);
  if (!home.ok) return home;
  const person = await readPerson(typed, home.value, 'phone', app);
  if (!person.ok) return person;
  const at = app.clock.now();
  return withLedger(app, 'read', async ({ finding }) => {
    const history = await finding.history(person.value);
    const isSuppressed = history.suppressions.some(
      ({ campaign, expiresAt }) => campaign === null && (expiresAt === null || expiresAt > at),
    );
    return ok({ ...history, person: person.value, isSuppressed });
  });
}
