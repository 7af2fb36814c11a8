/** Who must not be written to, and who was forgotten: what is left of them is a fingerprint. */
export const PEOPLE_SQL = `
CREATE TABLE suppressions (
  workspace text COLLATE "C" NOT NULL,
  person text COLLATE "C" NOT NULL CHECK (person <> '' AND translate(person, '0123456789', '') = ''),
  -- 0: the workspace's own list; else only for this campaign, from a file it names.
  campaign_id bigint NOT NULL DEFAULT 0,
  phone text COLLATE "C" NOT NULL,
  reason text COLLATE "C" NOT NULL,
  source text COLLATE "C" NOT NULL,
  added_at bigint NOT NULL,
  expires_at bigint,
  PRIMARY KEY (workspace, person, campaign_id)
);

-- One row: the salt of the fingerprints, made at the first erasure.
CREATE TABLE forgetting (
  "only" bigint PRIMARY KEY CHECK ("only" = 1),
  salt bytea NOT NULL CHECK (length(salt) = 32)
);

-- Stands in deliveries and suppressions instead of person and phone; see forgotten_is_never_sent.
CREATE TABLE forgotten (
  fingerprint text COLLATE "C" PRIMARY KEY CHECK (length(fingerprint) = 19),
  forgotten_at bigint NOT NULL,
  -- The person, once a new campaign has brought her number again: what she got before counts against limits.
  known_as text COLLATE "C"
);
CREATE UNIQUE INDEX forgotten_known_as ON forgotten (known_as) WHERE known_as IS NOT NULL;
`;
