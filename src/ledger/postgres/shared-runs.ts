import type { EnteredRun, HeldLease, SeenMachine, SharedRuns } from '../../core/ledger/shared-runs.js';
import type { Halt } from '../../core/problem.js';
import { POSTGRES } from '../sql/dialect.js';
import { leaveLine, notePlan } from '../sql/entered-runs.js';
import type { Database } from './database.js';
import type { OwnedWrites } from './owned-writes.js';
import { takeSteps } from './store.js';
import { lockTakingOut } from './taking-out.js';

/**
 * Runs that machines share, and these machines. Who waits before a question may have lost the campaign to another machine,
 * whose run is not to be replaced, doubted or taken out.
 */
export function sharedRunsIn(db: Database, owned: OwnedWrites): SharedRuns {
  return {
    enter: async ({ settings: { text, digest }, ...run }) => {
      await owned.transaction((sql) => sql.run(ENTER, { ...run, settings: text, digest }));
    },
    entered: async () => (await db.rows<StoredRun>(ENTERED)).map(enteredRun),
    settingsOf: async (campaignId) => {
      const row = await db.row<StoredSettingsRow>(SETTINGS, { campaignId });
      if (row === undefined) return null;
      const { text, digest, ...rest } = row;
      return { settings: { text, digest }, ...rest };
    },
    planned: async (campaignId, digest) => {
      await owned.transaction((sql) => takeSteps(sql, notePlan(POSTGRES, campaignId, digest)));
    },
    began: async (campaignId, runId) => {
      await owned.transaction((sql) => sql.run(BEGAN, { campaignId, runId }));
    },
    leave: async (campaignId, runId) => {
      // By its run's number nobody else's is meant.
      if (runId !== null) await db.run(LEAVE, { campaignId, runId });
      else await owned.transaction((sql) => sql.run(LEAVE, { campaignId, runId }));
    },
    stop: (campaignId, halt) =>
      owned.transaction(async (sql) => {
        await lockTakingOut(sql);
        await takeSteps(sql, leaveLine(POSTGRES, campaignId));
        await sql.run('UPDATE campaigns SET halt = @halt, waiting = NULL WHERE id = @campaignId', {
          campaignId,
          halt: JSON.stringify(halt),
        });
      }),
    present: async (machine) => {
      await db.run(PRESENT, { ...machine });
      await db.run(FORGET_GONE);
    },
    absent: async (id) => {
      await db.run('DELETE FROM machines WHERE id = @id', { id });
    },
    machines: () => db.rows<SeenMachine>(MACHINES),
    leases: async () => (await db.rows<{ holder: string; until: number }>(LEASES)).map(heldLease),
  };
}

interface StoredRun extends Omit<EnteredRun, 'halt'> {
  /** JSON text. */
  readonly halt: string | null;
}

interface StoredSettingsRow {
  readonly text: string;
  readonly digest: string;
  readonly left: number | null;
  readonly plannedAnew: boolean;
}

function enteredRun({ halt, ...run }: StoredRun): EnteredRun {
  return { ...run, halt: halt === null ? null : (JSON.parse(halt) as Halt) };
}

function heldLease({ holder, until }: { readonly holder: string; readonly until: number }): HeldLease {
  return { ...(JSON.parse(holder) as Omit<HeldLease, 'until'>), until };
}

/** Epoch milliseconds of a moment of this server. */
function epochMs(column: string): string {
  return `CAST(extract(epoch FROM ${column}) * 1000 AS bigint)`;
}

/** With the campaign's lock held nobody writes attempts of it: later ones have higher ids. */
const ENTER = `
  INSERT INTO entered_runs (campaign_id, sender, settings, settings_digest, plan_digest, most, after_attempt_id, no_wait, entered_by, host, pid)
  VALUES (@campaignId, @sender, @settings, @digest, @planDigest, @most, (SELECT coalesce(max(id), 0) FROM attempts), @noWait, @by, @host, @pid)
  ON CONFLICT (campaign_id) DO UPDATE SET sender = EXCLUDED.sender, settings = EXCLUDED.settings,
    settings_digest = EXCLUDED.settings_digest, plan_digest = EXCLUDED.plan_digest, most = EXCLUDED.most, after_attempt_id = EXCLUDED.after_attempt_id,
    no_wait = EXCLUDED.no_wait, entered_by = EXCLUDED.entered_by, host = EXCLUDED.host, pid = EXCLUDED.pid,
    entered_at = EXCLUDED.entered_at, planned_anew = false, run_id = NULL`;

const ENTERED = `
  SELECT e.campaign_id AS "campaignId", c.name, c.workspace, c.base_url AS "baseUrl", e.sender, e.plan_digest AS "planDigest", e.no_wait AS "noWait",
    e.entered_by AS by, e.host, e.pid, ${epochMs('e.entered_at')} AS "enteredAt", c.control, c.halt
  FROM entered_runs e JOIN campaigns c ON c.id = e.campaign_id ORDER BY e.entered_at, e.campaign_id`;

const SETTINGS = `
  SELECT settings AS text, settings_digest AS digest, CASE WHEN most IS NOT NULL THEN greatest(0, most - (
    SELECT count(DISTINCT a.delivery_id) FROM attempts a JOIN runs r ON r.id = a.run_id
    WHERE a.id > e.after_attempt_id AND r.campaign_id = e.campaign_id AND a.outcome <> 'not-sent')) END AS left, planned_anew AS "plannedAnew"
  FROM entered_runs e WHERE campaign_id = @campaignId`;

const BEGAN = 'UPDATE entered_runs SET run_id = @runId WHERE campaign_id = @campaignId';

const LEAVE = `
  DELETE FROM entered_runs
  WHERE campaign_id = @campaignId AND run_id IS NOT DISTINCT FROM CAST(@runId AS bigint)`;

const PRESENT = `
  INSERT INTO machines (id, host, pid, workspace, workers) VALUES (@id, @host, @pid, @workspace, @workers)
  ON CONFLICT (id) DO UPDATE SET seen_at = clock_timestamp()`;

const FORGET_GONE = "DELETE FROM machines WHERE seen_at < clock_timestamp() - interval '1 hour'";

const MACHINES = `
  SELECT host, pid, workspace, workers, ${epochMs('started_at')} AS "startedAt", ${epochMs('seen_at')} AS "seenAt"
  FROM machines WHERE seen_at > clock_timestamp() - interval '30 seconds' ORDER BY started_at, id`;

const LEASES = `
  SELECT holder, ${epochMs('until')} AS until FROM leases WHERE until > clock_timestamp() ORDER BY name`;
