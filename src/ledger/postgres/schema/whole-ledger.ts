/** What belongs to no campaign: what tells a ledger from others, and what senders were taught. */
export const WHOLE_LEDGER_SQL = `
-- One row: a UUID (version 4), made with the ledger; every copy carries the same.
CREATE TABLE ledger_identity (
  only_row bigint PRIMARY KEY CHECK (only_row = 1),
  id text COLLATE "C" NOT NULL
);
INSERT INTO ledger_identity (only_row, id) VALUES (1, gen_random_uuid()::text);

-- One row that holds nothing: who takes people out locks it, and a claim shares it; see taking-out.ts.
CREATE TABLE taking_out (
  only_row bigint PRIMARY KEY CHECK (only_row = 1)
);
INSERT INTO taking_out (only_row) VALUES (1);

CREATE TABLE rates (
  sender text COLLATE "C" PRIMARY KEY,
  rate_per_second double precision NOT NULL,
  learned_at bigint NOT NULL
);
`;
