import type {
  DeliveryHistory,
  PersonHistory,
  PersonSuppression,
  PersonTest,
} from '../../core/ledger/finding.js';
import {
  ATTEMPTS_OF,
  DELIVERIES_OF,
  EVIDENCE_OF,
  FORGOTTEN_AT,
  historyOf,
  type StoredAttempt,
  type StoredEvidence,
  type StoredHistory,
  SUPPRESSIONS_OF,
  TESTS_OF,
} from '../sql/person-history.js';
import { WORKSPACES } from '../sql/suppressions.js';
import type { Sql } from './database.js';
import { knownFingerprint } from './fingerprint.js';

/** All that the ledger knows of a person; of one who was forgotten, what is left under the fingerprint. */
export async function personHistory(sql: Sql, person: string): Promise<PersonHistory> {
  const fingerprint = (await knownFingerprint(sql))?.(person) ?? null;
  const names = fingerprint === null ? [person] : [person, fingerprint];
  const workspaces = await sql.rows<{ readonly workspace: string }>(WORKSPACES);
  const everywhere = workspaces.flatMap(({ workspace }) =>
    names.map((name) => ({ workspace, person: name })),
  );
  const deliveries = (await each(names, (name) => deliveriesOf(sql, name))).toSorted(
    (one, other) => other.id - one.id,
  );
  const forgotten = await sql.row<{ readonly at: number }>(FORGOTTEN_AT, { fingerprint: fingerprint ?? '' });
  return {
    deliveries,
    suppressions: await each(everywhere, (where) => sql.rows<PersonSuppression>(SUPPRESSIONS_OF, where)),
    tests: await each(everywhere, (where) => sql.rows<PersonTest>(TESTS_OF, where)),
    forgottenAt: forgotten?.at ?? null,
  };
}

async function deliveriesOf(sql: Sql, person: string): Promise<readonly DeliveryHistory[]> {
  const rows = await sql.rows<StoredHistory>(DELIVERIES_OF, { person });
  return each(rows, async (row) => {
    const attempts = await sql.rows<StoredAttempt>(ATTEMPTS_OF, { deliveryId: row.id });
    const evidence = await each(attempts, ({ id }) =>
      sql.rows<StoredEvidence>(EVIDENCE_OF, { attemptId: id }),
    );
    return [historyOf(row, attempts, evidence)];
  });
}

/** What is read for each, one after the other, in one list. */
async function each<Of, T>(
  many: readonly Of[],
  read: (one: Of) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const all: T[] = [];
  for (const one of many) all.push(...(await read(one)));
  return all;
}
