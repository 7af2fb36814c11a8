import type {
  DeliveryHistory,
  FoundAttempt,
  PersonHistory,
  PersonSuppression,
  PersonTest,
} from '../../core/ledger/finding.js';
import { knownFingerprint } from './fingerprint.js';
import { FOUND_SQL, foundOf, type StoredDelivery } from './found-row.js';
import { type LedgerDatabase, prepared } from './open-ledger.js';
import { knownWorkspaces } from './suppressions.js';

/** All that the ledger knows of a person; of one who was forgotten, what is left under the fingerprint. */
export function personHistory(db: LedgerDatabase, person: string): PersonHistory {
  const fingerprint = knownFingerprint(db)?.(person) ?? null;
  const names = fingerprint === null ? [person] : [person, fingerprint];
  const workspaces = knownWorkspaces(db);
  const forgotten = prepared(
    db,
    'SELECT forgotten_at AS "at" FROM forgotten WHERE fingerprint = @fingerprint',
  ).get({
    fingerprint: fingerprint ?? '',
  }) as { at: number } | undefined;
  return {
    deliveries: names.flatMap((name) => deliveriesOf(db, name)).sort((one, other) => other.id - one.id),
    suppressions: workspaces.flatMap((workspace) =>
      names.flatMap((name) => suppressionsOf(db, workspace, name)),
    ),
    tests: workspaces.flatMap((workspace) => names.flatMap((name) => testsOf(db, workspace, name))),
    forgottenAt: forgotten?.at ?? null,
  };
}

function deliveriesOf(db: LedgerDatabase, person: string): readonly DeliveryHistory[] {
  const rows = prepared(
    db,
    `SELECT ${FOUND_SQL}, c.name AS campaign, c.workspace FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id
     WHERE d.person = @person ORDER BY d.id`,
  ).all({ person }) as (StoredDelivery & { campaign: string; workspace: string })[];
  return rows.map((row) => {
    const attempts = attemptsOf(db, row.id);
    return {
      ...foundOf(row),
      campaign: row.campaign,
      workspace: row.workspace,
      tries: attempts.map(({ id: _, ...attempt }) => attempt),
      evidence: attempts.flatMap(({ id }) => evidenceOf(db, id)),
    };
  });
}

/** The one that may have been executed has an index, and so have those that were not; together they are all. */
function attemptsOf(db: LedgerDatabase, deliveryId: number): readonly (FoundAttempt & { id: number })[] {
  const columns = `id, started_at AS "startedAt", ended_at AS "endedAt", outcome, on_wire AS "onWire",
    http_status AS "httpStatus", error_code AS "errorCode", error_message AS "errorMessage"`;
  const rows = prepared(
    db,
    `SELECT ${columns} FROM attempts WHERE delivery_id = @deliveryId AND live = 1
     UNION ALL SELECT ${columns} FROM attempts WHERE delivery_id = @deliveryId AND live IS NULL ORDER BY 1`,
  ).all({ deliveryId }) as (Omit<FoundAttempt, 'onWire'> & { id: number; onWire: number })[];
  return rows.map((row) => ({ ...row, onWire: row.onWire === 1 }));
}

function evidenceOf(db: LedgerDatabase, attemptId: number): DeliveryHistory['evidence'] {
  const rows = prepared(
    db,
    `SELECT kind, detail, recorded_by AS "recordedBy", recorded_at AS "recordedAt" FROM evidence
     WHERE attempt_id = @attemptId ORDER BY id`,
  ).all({ attemptId }) as (Omit<DeliveryHistory['evidence'][number], 'detail'> & { detail: string })[];
  return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as Readonly<Record<string, unknown>> }));
}

function suppressionsOf(db: LedgerDatabase, workspace: string, person: string): readonly PersonSuppression[] {
  return prepared(
    db,
    `SELECT s.workspace, c.name AS campaign, s.reason, s.source, s.added_at AS "addedAt", s.expires_at AS "expiresAt"
     FROM suppressions s LEFT JOIN campaigns c ON c.id = s.campaign_id
     WHERE s.workspace = @workspace AND s.person = @person ORDER BY s.campaign_id`,
  ).all({ workspace, person }) as PersonSuppression[];
}

function testsOf(db: LedgerDatabase, workspace: string, person: string): readonly PersonTest[] {
  return prepared(
    db,
    `SELECT workspace, campaign, started_at AS "startedAt", outcome, error_message AS "errorMessage" FROM test_sends
     WHERE workspace = @workspace AND person = @person ORDER BY id`,
  ).all({ workspace, person }) as PersonTest[];
}
