import type { Forgotten, StillOpen } from '../../core/ledger/people.js';
import { POSTGRES } from '../sql/dialect.js';
import { ensuredFingerprint } from '../sql/fingerprint.js';
import { seenSinceSql } from '../sql/retention.js';
import type { Database, Sql } from './database.js';
import { forgetEvidence } from './forget-details.js';
import { awaitImports } from './import-forgotten.js';
import { takeSteps } from './store.js';
import { lockTakingOut } from './taking-out.js';

/**
 * Erases these people (identities) from the ledger, in one commit: phone, values, cells, what the provider said, and
 * what the list said of them. Their deliveries keep status and times under a fingerprint. Who has a message in flight or
 * uncertain stays as she is.
 *
 * @param before null, or: whoever was seen since this moment, by the time that nobody brings her any more, stays, too
 */
export function forgetPeople(
  db: Database,
  asked: readonly string[],
  at: number,
  before: number | null = null,
): Promise<Forgotten> {
  return db.transaction(async (sql) => {
    await awaitImports(sql);
    await lockTakingOut(sql);
    const seen = before === null ? [] : await sql.rows<{ person: string }>(SEEN, { people: asked, before });
    const people = without(
      asked,
      seen.map(({ person }) => person),
    );
    await sql.run('SELECT FROM deliveries WHERE person = ANY(@people::text[]) ORDER BY id FOR UPDATE', {
      people,
    });
    const open = await sql.rows<StillOpen>(OPEN, { people });
    const persons = without(
      people,
      open.map(({ person }) => person),
    );
    const fingerprint = await takeSteps(sql, ensuredFingerprint());
    const erased = await eraseThese(sql, { persons, fingerprints: persons.map(fingerprint) }, at);
    return { ...erased, open };
  });
}

const SEEN = seenSinceSql(POSTGRES);

function without(people: readonly string[], staying: readonly string[]): readonly string[] {
  const stays = new Set(staying);
  return people.filter((person) => !stays.has(person));
}

/** Who is erased, and what stands for each from then on. */
interface Erased {
  readonly persons: readonly string[];
  readonly fingerprints: readonly string[];
}

const OPEN = `
  SELECT d.person, c.name AS campaign, d.status
  FROM unnest(@people::text[]) WITH ORDINALITY AS asked (person, place)
  JOIN deliveries d ON d.person = asked.person JOIN campaigns c ON c.id = d.campaign_id
  WHERE d.status = 'sending' OR d.status = 'uncertain' ORDER BY asked.place, c.name`;

const THEIRS = `unnest(@persons::text[], @fingerprints::text[]) AS f (person, fingerprint)`;

async function eraseThese(sql: Sql, erased: Erased, at: number): Promise<Omit<Forgotten, 'open'>> {
  for (const text of AROUND) await sql.run(text, { ...erased });
  await forgetEvidence(sql, erased.persons);
  const whose = async (text: string): Promise<readonly string[]> =>
    (await sql.rows<{ person: string }>(text, { ...erased })).map(({ person }) => person);
  const deliveries = await whose(DELIVERIES);
  const testSends = await whose(TEST_SENDS);
  await sql.run(FORMER_SUPPRESSIONS, { ...erased });
  const suppressions = await whose(SUPPRESSIONS);
  const people = [...new Set([...deliveries, ...testSends, ...suppressions])];
  await sql.run(REMEMBER, { people, at });
  return {
    people: people.length,
    deliveries: deliveries.length,
    testSends: testSends.length,
    suppressions: suppressions.length,
  };
}

/** What hangs on their deliveries, while these still say whose they are. */
const AROUND = [
  // A repeated row has the person's phone in whatever form: it is found by the line of the first.
  `UPDATE duplicates r SET phone = f.fingerprint, cells = '[]'
   FROM ${THEIRS} JOIN deliveries d ON d.person = f.person
   WHERE r.campaign_id = d.campaign_id AND r.first_line = d.line`,
  `UPDATE contents c SET body = '[]', header = '[]', attachment = NULL, repaired = NULL, cells = '[]', newer = NULL
   FROM deliveries d WHERE d.person = ANY(@persons::text[]) AND c.delivery_id = d.id`,
  `UPDATE attempts a SET error_message = NULL
   FROM deliveries d WHERE d.person = ANY(@persons::text[]) AND a.delivery_id = d.id AND a.error_message IS NOT NULL`,
  `UPDATE scan_records r SET record = NULL
   FROM scan_persons p WHERE p.person = ANY(@persons::text[]) AND r.scan_id = p.scan_id AND r.record_id = p.record_id`,
  'DELETE FROM scan_persons WHERE person = ANY(@persons::text[])',
];

const DELIVERIES = `
  UPDATE deliveries SET person = f.fingerprint, phone = f.fingerprint, error_message = NULL, contact_id = NULL,
    reason = CASE WHEN status = 'accepted' THEN reason ELSE 'forgotten' END,
    status = CASE WHEN status = 'accepted' THEN status ELSE 'skipped' END
  FROM ${THEIRS} WHERE deliveries.person = f.person RETURNING deliveries.person`;

const TEST_SENDS = `
  UPDATE test_sends SET person = f.fingerprint, phone = f.fingerprint, error_message = NULL, sent_values = NULL
  FROM ${THEIRS} WHERE test_sends.person = f.person AND outcome <> 'in-flight' RETURNING test_sends.person`;

/** What the list has of an earlier erasure gives way to what it says now. */
const FORMER_SUPPRESSIONS = `
  DELETE FROM suppressions former USING ${THEIRS}, suppressions now
  WHERE former.person = f.fingerprint AND now.person = f.person
    AND now.workspace = former.workspace AND now.campaign_id = former.campaign_id`;

const SUPPRESSIONS = `
  UPDATE suppressions SET person = f.fingerprint, phone = f.fingerprint
  FROM ${THEIRS} WHERE suppressions.person = f.person RETURNING suppressions.person`;

const REMEMBER = `
  INSERT INTO forgotten (fingerprint, forgotten_at) SELECT unnest(@people::text[]), CAST(@at AS bigint)
  ON CONFLICT (fingerprint) DO UPDATE SET forgotten_at = excluded.forgotten_at, known_as = NULL`;
