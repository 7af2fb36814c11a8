import type {
  DeliveryHistory,
  FoundAttempt,
  PersonHistory,
  PersonSuppression,
  PersonTest,
} from '../../core/ledger/finding.js';
import { knownFingerprint } from './fingerprint.js';
import { FOUND_SQL, foundOf, type StoredDelivery } from './found-row.js';
import { row, rows, type Steps } from './steps.js';
import { knownWorkspaces } from './suppressions.js';

/** All that the ledger knows of a person; of one who was forgotten, what is left under the fingerprint. */
export function* personHistory(person: string): Steps<PersonHistory> {
  const fingerprint = (yield* knownFingerprint())?.(person) ?? null;
  const names = fingerprint === null ? [person] : [person, fingerprint];
  const everywhere = (yield* knownWorkspaces()).flatMap((workspace) =>
    names.map((name) => ({ workspace, person: name })),
  );
  const deliveries = yield* each(names, deliveriesOf);
  const forgotten = yield* row<{ readonly at: number }>(FORGOTTEN_AT, { fingerprint: fingerprint ?? '' });
  return {
    deliveries: deliveries.toSorted((one, other) => other.id - one.id),
    suppressions: yield* each(everywhere, (where) => rows<PersonSuppression>(SUPPRESSIONS_OF, where)),
    tests: yield* each(everywhere, (where) => rows<PersonTest>(TESTS_OF, where)),
    forgottenAt: forgotten?.at ?? null,
  };
}

function* deliveriesOf(person: string): Steps<readonly DeliveryHistory[]> {
  const found = yield* rows<StoredHistory>(DELIVERIES_OF, { person });
  return yield* each(found, withAttempts);
}

function* withAttempts(delivery: StoredHistory): Steps<readonly DeliveryHistory[]> {
  const attempts = yield* rows<StoredAttempt>(ATTEMPTS_OF, { deliveryId: delivery.id });
  const evidence = yield* each(attempts, ({ id }) => rows<StoredEvidence>(EVIDENCE_OF, { attemptId: id }));
  return [historyOf(delivery, attempts, evidence)];
}

/** What is read for each, one after the other, in one list. */
function* each<Of, T>(many: readonly Of[], read: (one: Of) => Steps<readonly T[]>): Steps<readonly T[]> {
  const all: T[] = [];
  for (const one of many) all.push(...(yield* read(one)));
  return all;
}

/** A person's deliveries in all campaigns. */
const DELIVERIES_OF = `
  SELECT ${FOUND_SQL}, c.name AS campaign, c.workspace FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id
  WHERE d.person = @person ORDER BY d.id`;

/** A row of them. */
type StoredHistory = StoredDelivery & { readonly campaign: string; readonly workspace: string };

const ATTEMPT = `id, started_at AS "startedAt", ended_at AS "endedAt", outcome, on_wire AS "onWire",
  http_status AS "httpStatus", error_code AS "errorCode", error_message AS "errorMessage"`;

/** The one that may have been executed has an index, and so have those that were not; together they are all. */
const ATTEMPTS_OF = `
  SELECT ${ATTEMPT} FROM attempts WHERE delivery_id = @deliveryId AND live = 1
  UNION ALL SELECT ${ATTEMPT} FROM attempts WHERE delivery_id = @deliveryId AND live IS NULL ORDER BY 1`;

/** A row of them. */
type StoredAttempt = Omit<FoundAttempt, 'onWire'> & { readonly id: number; readonly onWire: number };

/** What settled an attempt. */
const EVIDENCE_OF = `
  SELECT kind, detail, recorded_by AS "recordedBy", recorded_at AS "recordedAt" FROM evidence
  WHERE attempt_id = @attemptId ORDER BY id`;

/** A row of it. */
type StoredEvidence = Omit<DeliveryHistory['evidence'][number], 'detail'> & {
  readonly detail: string;
};

/** The do-not-contact entries about a person in a workspace. */
const SUPPRESSIONS_OF = `
  SELECT s.workspace, c.name AS campaign, s.reason, s.source, s.added_at AS "addedAt", s.expires_at AS "expiresAt"
  FROM suppressions s LEFT JOIN campaigns c ON c.id = s.campaign_id
  WHERE s.workspace = @workspace AND s.person = @person ORDER BY s.campaign_id`;

/** The test messages to a person in a workspace. */
const TESTS_OF = `
  SELECT workspace, campaign, started_at AS "startedAt", outcome, error_message AS "errorMessage" FROM test_sends
  WHERE workspace = @workspace AND person = @person ORDER BY id`;

/** When a person was forgotten. */
const FORGOTTEN_AT = 'SELECT forgotten_at AS "at" FROM forgotten WHERE fingerprint = @fingerprint';

/** A delivery with its attempts and what settled them, as the port gives it. */
function historyOf(
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
