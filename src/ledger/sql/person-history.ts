import type { DeliveryHistory, FoundAttempt } from '../../core/ledger/finding.js';
import { FOUND_SQL, foundOf, type StoredDelivery } from './found-row.js';

/** A person's deliveries in all campaigns. */
export const DELIVERIES_OF = `
  SELECT ${FOUND_SQL}, c.name AS campaign, c.workspace FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id
  WHERE d.person = @person ORDER BY d.id`;

/** A row of them. */
export type StoredHistory = StoredDelivery & { readonly campaign: string; readonly workspace: string };

const ATTEMPT = `id, started_at AS "startedAt", ended_at AS "endedAt", outcome, on_wire AS "onWire",
  http_status AS "httpStatus", error_code AS "errorCode", error_message AS "errorMessage"`;

/** The one that may have been executed has an index, and so have those that were not; together they are all. */
export const ATTEMPTS_OF = `
  SELECT ${ATTEMPT} FROM attempts WHERE delivery_id = @deliveryId AND live = 1
  UNION ALL SELECT ${ATTEMPT} FROM attempts WHERE delivery_id = @deliveryId AND live IS NULL ORDER BY 1`;

/** A row of them. */
export type StoredAttempt = Omit<FoundAttempt, 'onWire'> & { readonly id: number; readonly onWire: number };

/** What settled an attempt. */
export const EVIDENCE_OF = `
  SELECT kind, detail, recorded_by AS "recordedBy", recorded_at AS "recordedAt" FROM evidence
  WHERE attempt_id = @attemptId ORDER BY id`;

/** A row of it. */
export type StoredEvidence = Omit<DeliveryHistory['evidence'][number], 'detail'> & {
  readonly detail: string;
};

/** The do-not-contact entries about a person in a workspace. */
export const SUPPRESSIONS_OF = `
  SELECT s.workspace, c.name AS campaign, s.reason, s.source, s.added_at AS "addedAt", s.expires_at AS "expiresAt"
  FROM suppressions s LEFT JOIN campaigns c ON c.id = s.campaign_id
  WHERE s.workspace = @workspace AND s.person = @person ORDER BY s.campaign_id`;

/** The test messages to a person in a workspace. */
export const TESTS_OF = `
  SELECT workspace, campaign, started_at AS "startedAt", outcome, error_message AS "errorMessage" FROM test_sends
  WHERE workspace = @workspace AND person = @person ORDER BY id`;

/** When a person was forgotten. */
export const FORGOTTEN_AT = 'SELECT forgotten_at AS "at" FROM forgotten WHERE fingerprint = @fingerprint';

/** A delivery with its attempts and what settled them, as the port gives it. */
export function historyOf(
  row: StoredHistory,
  attempts: readonly StoredAttempt[],
  evidence: readonly StoredEvidence[],
): DeliveryHistory {
  return {
    ...foundOf(row),
    campaign: row.campaign,
    workspace: row.workspace,
    tries: attempts.map(({ id: _, onWire, ...attempt }) => ({ ...attempt, onWire: onWire === 1 })),
    evidence: evidence.map((one) => ({
      ...one,
      detail: JSON.parse(one.detail) as Readonly<Record<string, unknown>>,
    })),
  };
}
