import type { DoNotContactLists } from '../../core/ledger/ledger.js';
import type { SeenEntry, SuppressionRecord } from '../../core/ledger/people.js';
import { knownFingerprint, phoneShown } from '../sql/fingerprint.js';
import {
  AS_SEEN,
  asSeen,
  IS_SUPPRESSED,
  knownWorkspaces,
  LIST_PAGE,
  WORKSPACE_LIST,
} from '../sql/suppressions.js';
import { addSuppressions, replaceSuppressions } from './add-suppressions.js';
import { chunksOf, type Database, type Sql } from './database.js';
import type { OwnedWrites } from './owned-writes.js';
import { takeSteps } from './store.js';

/** The do-not-contact lists. */
export function listsIn(db: Database, owned: OwnedWrites): DoNotContactLists {
  return {
    workspaces: () => takeSteps(db, knownWorkspaces()),
    add: (workspace, entries, at) =>
      db.transaction((sql) => addSuppressions(sql, { workspace, campaignId: WORKSPACE_LIST, at }, entries)),
    remove: (workspace, people, seen = null) =>
      db.transaction((sql) => removeSuppressions(sql, workspace, people, seen)),
    entries: (workspace, after) => listSuppressions(db, workspace, after),
    replaceOfCampaign: ({ id: campaignId, workspace }, entries, at) =>
      owned.transaction((sql) => replaceSuppressions(sql, { workspace, campaignId, at }, entries)),
    isOn: (workspace, person, at) => isSuppressed(db, workspace, person, at),
  };
}

/** Also of who was forgotten since. */
async function isSuppressed(sql: Sql, workspace: string, person: string, at: number): Promise<boolean> {
  const fingerprint = await takeSteps(sql, knownFingerprint());
  for (const name of fingerprint === null ? [person] : [person, fingerprint(person)]) {
    if ((await sql.row(IS_SUPPRESSED, { workspace, person: name, at })) !== undefined) return true;
  }
  return false;
}

async function removeSuppressions(
  sql: Sql,
  workspace: string,
  people: Iterable<string>,
  seen: SeenEntry | null,
): Promise<number> {
  const fingerprint = await takeSteps(sql, knownFingerprint());
  let removed = 0;
  for (const chunk of chunksOf([...people])) {
    const persons = fingerprint === null ? chunk : [...chunk, ...chunk.map(fingerprint)];
    removed += await sql.run(
      `DELETE FROM suppressions WHERE workspace = @workspace AND campaign_id = 0 AND person = ANY(@persons::text[])
        AND ${AS_SEEN}`,
      { workspace, persons, ...asSeen(seen) },
    );
  }
  return removed;
}

async function* listSuppressions(sql: Sql, workspace: string, from = ''): AsyncGenerator<SuppressionRecord> {
  let after = from;
  for (;;) {
    const rows = await sql.rows<SuppressionRecord>(LIST_PAGE, { workspace, after });
    for (const row of rows) yield { ...row, phone: phoneShown(row.phone) };
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.person;
  }
}
