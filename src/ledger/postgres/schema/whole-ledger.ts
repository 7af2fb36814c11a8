import { TIMELINE } from '../server-facts.js';

/** What belongs to no campaign: what tells a ledger from others, and what senders were taught. */
export const WHOLE_LEDGER_SQL = `
-- One row: a UUID (version 4), made with the ledger; every copy carries the same.
CREATE TABLE ledger_identity (
  only_row bigint PRIMARY KEY CHECK (only_row = 1),
  id text COLLATE "C" NOT NULL,
  -- The server's timeline and the database that people accepted: on another one, commits of the last moments may be gone.
  timeline text COLLATE "C" NOT NULL DEFAULT ${TIMELINE}
);
INSERT INTO ledger_identity (only_row, id) VALUES (1, gen_random_uuid()::text);

-- Who works on what: a campaign, a sender. Held as long as its holder renews it, by this server's clock.
CREATE TABLE leases (
  name text COLLATE "C" PRIMARY KEY,
  -- Tells one hold from the next of the same name.
  token text COLLATE "C" NOT NULL,
  holder text COLLATE "C" NOT NULL CHECK (holder::json IS NOT NULL),
  until timestamptz NOT NULL
);

-- One row that holds nothing: who takes people out locks it, and a claim shares it; see taking-out.ts.
CREATE TABLE taking_out (
  only_row bigint PRIMARY KEY CHECK (only_row = 1)
);
INSERT INTO taking_out (only_row) VALUES (1);

CREATE TABLE rates (
  sender text COLLATE "C" PRIMARY KEY,
  rate_per_second double precision NOT NULL,
  learned_at bigint NOT NULL,
  -- Until when the provider asked for no request, and when it did.
  paused_until bigint,
  paused_at bigint
);
`;
