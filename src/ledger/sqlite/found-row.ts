import type { DeliveryStatus } from '../../core/counts.js';
import type { FoundDelivery } from '../../core/ledger/finding.js';
import { phoneShown } from './fingerprint.js';

/** The columns of a delivery that a list of people shows. */
export const FOUND_SQL = `d.id, d.line, d.phone, d.person, d.key, d.status, d.reason, d.attempts, d.first_attempt_at,
  d.last_attempt_at, d.http_status, d.error_code, d.error_message, d.contact_id, d.confirmation, d.due_at`;

/** A row of them. */
export interface StoredDelivery {
  readonly id: number;
  readonly line: number;
  readonly phone: string;
  readonly person: string;
  readonly key: string;
  readonly status: DeliveryStatus;
  readonly reason: string | null;
  readonly attempts: number;
  readonly first_attempt_at: number | null;
  readonly last_attempt_at: number | null;
  readonly http_status: number | null;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly contact_id: string | null;
  readonly confirmation: 'listed' | 'failed' | null;
  readonly due_at: number;
}

/** As whoever looks for people gets it. */
export function foundOf(row: StoredDelivery): FoundDelivery {
  return {
    id: row.id,
    line: row.line,
    phone: phoneShown(row.phone),
    person: phoneShown(row.person),
    key: row.key,
    status: row.status,
    reason: row.reason,
    attempts: row.attempts,
    firstAttemptAt: row.first_attempt_at,
    lastAttemptAt: row.last_attempt_at,
    httpStatus: row.http_status,
    errorCode: row.error_code,
    errorMessage: row.error_message,
    contactId: row.contact_id,
    confirmation: row.confirmation,
    dueAt: row.due_at,
  };
}
