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
import { knownFingerprint } from './fingerprint.js';
import { type LedgerDatabase, prepared } from './open-ledger.js';
import { knownWorkspaces } from './suppressions.js';

/** All that the ledger knows of a person; of one who was forgotten, what is left under the fingerprint. */
export function personHistory(db: LedgerDatabase, person: string): PersonHistory {
  const fingerprint = knownFingerprint(db)?.(person) ?? null;
  const names = fingerprint === null ? [person] : [person, fingerprint];
  const everywhere = knownWorkspaces(db).flatMap((workspace) =>
    names.map((name) => ({ workspace, person: name })),
  );
  const forgotten = prepared(db, FORGOTTEN_AT).get({ fingerprint: fingerprint ?? '' }) as
    | { readonly at: number }
    | undefined;
  return {
    deliveries: names.flatMap((name) => deliveriesOf(db, name)).sort((one, other) => other.id - one.id),
    suppressions: everywhere.flatMap(
      (where) => prepared(db, SUPPRESSIONS_OF).all(where) as PersonSuppression[],
    ),
    tests: everywhere.flatMap((where) => prepared(db, TESTS_OF).all(where) as PersonTest[]),
    forgottenAt: forgotten?.at ?? null,
  };
}

function deliveriesOf(db: LedgerDatabase, person: string): readonly DeliveryHistory[] {
  const rows = prepared(db, DELIVERIES_OF).all({ person }) as StoredHistory[];
  return rows.map((row) => {
    const attempts = prepared(db, ATTEMPTS_OF).all({ deliveryId: row.id }) as StoredAttempt[];
    const evidence = attempts.flatMap(
      ({ id }) => prepared(db, EVIDENCE_OF).all({ attemptId: id }) as StoredEvidence[],
    );
    return historyOf(row, attempts, evidence);
  });
}
