/** People whose data were erased: what is left of them is a fingerprint, and the ledger never sends to one. */
export const FORGETTING_SQL = `
-- One row: the salt of the fingerprints, made at the first erasure.
CREATE TABLE forgetting (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  salt BLOB NOT NULL CHECK (length(salt) = 32)
) STRICT;

-- Who was forgotten; stands in deliveries and suppressions instead of person and phone.
CREATE TABLE forgotten (
  fingerprint TEXT PRIMARY KEY CHECK (length(fingerprint) = 19),
  forgotten_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER forgotten_is_never_sent BEFORE UPDATE OF status ON deliveries
WHEN OLD.reason = 'forgotten' AND NEW.status <> 'skipped'
BEGIN SELECT RAISE(ABORT, 'a forgotten person is never sent to'); END;
`;
