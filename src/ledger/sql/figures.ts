import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import {
  ENDED_OUTCOMES,
  LAUNCH_STATES,
  type LedgerFigures,
  RUN_STATES,
  SCAN_STATES,
} from '../../core/ledger/figures.js';
import { listCampaigns } from './campaign-records.js';
import {
  COUNTED_IN_ALL,
  LAST_IMPORTS,
  LAST_RUNS,
  type LastImport,
  type LastRun,
  overviewsOf,
} from './overview.js';
import { rows, type Steps } from './steps.js';

/** The whole ledger in numbers. */
export function* ledgerFigures(at: number): Steps<LedgerFigures> {
  return figuresFrom(
    yield* rows<FigureRow>(FIGURES, figuresAsked(at)),
    yield* listCampaigns(null),
    yield* rows<LastImport>(LAST_IMPORTS),
    yield* rows<LastRun>(LAST_RUNS),
  );
}

const LATELY_MS = 60_000;
/** No sender may go faster for a minute: older attempts are not looked at. */
const MOST_LATELY = 60_000;

/**
 * Everything that is counted, in one statement: so it is all of one moment, whatever a run writes meanwhile. Every part is
 * found by an index or is small; attempts that may have left a message are not counted again, see `LedgerFigures`.
 */
const FIGURES = `
  SELECT 'campaigns' AS part, "campaignId", what, count FROM (${COUNTED_IN_ALL}) AS counted
  UNION ALL SELECT 'runs', 0, state, count(*) FROM (
    SELECT CASE WHEN ended_at IS NULL THEN 'open' WHEN halt IS NOT NULL THEN 'halted'
      ELSE coalesce(ending, 'died') END AS state FROM runs) AS run_states GROUP BY state
  UNION ALL SELECT 'attempts', 0, outcome, count(*) FROM attempts WHERE live IS NULL GROUP BY outcome
  UNION ALL SELECT 'lately', 0, 'started', count(*) FROM (
    SELECT started_at FROM attempts
    WHERE EXISTS (SELECT 1 FROM runs WHERE ended_at IS NULL OR ended_at > @since)
    ORDER BY id DESC LIMIT ${MOST_LATELY}) AS newest WHERE started_at > @since AND started_at <= @at
  UNION ALL SELECT 'launches', 0, state, count(*) FROM launches GROUP BY state
  UNION ALL SELECT 'scans', 0, state, count(*) FROM (
    SELECT CASE WHEN complete = 1 THEN 'complete' WHEN ended_at IS NULL THEN 'open' ELSE 'partial' END AS state
    FROM scans) AS scan_states GROUP BY state`;

/** What fills `FIGURES`. */
function figuresAsked(at: number) {
  return { at, since: at - LATELY_MS };
}

/** A row of it. */
interface FigureRow {
  readonly part: 'campaigns' | 'runs' | 'attempts' | 'lately' | 'launches' | 'scans';
  readonly campaignId: number;
  readonly what: string;
  readonly count: number;
}

/** The figures of these rows. */
function figuresFrom(
  rows: readonly FigureRow[],
  records: readonly CampaignRecord[],
  lastImports: readonly LastImport[],
  lastRuns: readonly LastRun[],
): LedgerFigures {
  const parts = Map.groupBy(rows, ({ part }) => part);
  const by = <State extends string>(part: FigureRow['part'], states: readonly State[]) => {
    const counts = new Map(parts.get(part)?.map(({ what, count }) => [what, count]));
    return Object.fromEntries(states.map((state) => [state, counts.get(state) ?? 0])) as Record<
      State,
      number
    >;
  };
  return {
    campaigns: overviewsOf(records, parts.get('campaigns') ?? [], lastImports, lastRuns),
    runs: by('runs', RUN_STATES),
    endedAttempts: by('attempts', ENDED_OUTCOMES),
    startedLately: by('lately', ['started']).started,
    launches: by('launches', LAUNCH_STATES),
    scans: by('scans', SCAN_STATES),
  };
}
