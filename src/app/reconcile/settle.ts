import { type AskResend, resendOf } from '../../core/absence.js';
import type { RunSettings } from '../../core/campaign.js';
import type { Counts } from '../../core/counts.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { ReconcileScope } from '../../core/ledger/runs.js';
import { ok, type Problem, type Result } from '../../core/problem.js';
import type { AuditLedger } from '../../core/reconcile-ports.js';
import type { ReconcileReport, ScanProgress } from '../../core/reconcile-report.js';
import type { ReconcileOptions } from '../../run/reconcile.js';
import { settleUncertain } from '../../run/settle-uncertain.js';
import { unloggedBy } from '../actions/noted.js';
import { recordIn } from '../actions/record-action.js';
import type { App } from '../app.js';
import { senderThrottle } from '../send/sender-throttle.js';
import { nextCommand } from '../status/next-command.js';
import { senderOf } from '../workspace.js';
import { type ControlObserver, controlMaker } from './control-message.js';
import type { HeldTarget } from './held-target.js';

/** How the provider's list is read. */
export interface ListPace {
  /** null: the usual pace. */
  readonly pagesPerSecond: number | null;
  readonly signal: AbortSignal;
  /** Told how far the list is read. */
  readonly onPage: (progress: ScanProgress) => void;
}

/** What settling one campaign came to. */
export interface Settled {
  readonly report: ReconcileReport;
  readonly counts: Counts;
  /** What sends those that go out again; null: there are none. */
  readonly next: string | null;
  /** Why the log does not tell of it; null: it does. */
  readonly unlogged: Problem | null;
}

/** How many of a campaign are uncertain. */
export async function countUncertain({ ledger, record }: HeldTarget): Promise<number> {
  return (await ledger.campaigns.counts(record.id)).uncertain;
}

/** Reads the provider's list and settles what it tells. */
export async function settle(
  held: HeldTarget,
  pace: ListPace,
  observer: ControlObserver,
  resend: { readonly absent: boolean; readonly ask: AskResend | null },
): Promise<Result<Settled>> {
  const report = await settled(held, pace, observer, resend);
  if (!report.ok) return report;
  const { app, record } = held;
  const { workspace, name: campaign } = record;
  const { accepted, requeued } = report.value;
  const done = { kind: 'reconciled', workspace, campaign, after: { accepted, requeued } } as const;
  const unlogged = await unloggedBy(recordIn(held.ledger, done, app));
  const counts = await held.ledger.campaigns.counts(record.id);
  const goesOut = report.value.requeued > 0;
  const next = goesOut ? nextCommand({ record, counts, running: false, notNowForMs: null }, app) : null;
  return ok({ report: report.value, counts, next, unlogged });
}

async function settled(
  { app, ledger, read, target, record }: HeldTarget,
  { pagesPerSecond, signal, onPage }: ListPace,
  observer: ControlObserver,
  resend: { readonly absent: boolean; readonly ask: AskResend | null },
): Promise<Result<ReconcileReport>> {
  const { campaign } = read;
  const list = await app.provider.list(campaign, target);
  const sender = senderOf(target.baseUrl, target.workspace);
  const scope = { campaignId: record.id, workspace: record.workspace, sender };
  const { throttle, close } = await senderThrottle(ledger.runs, sender, campaign, app);
  const control = { app, ledger, campaignId: record.id, campaign, target, throttle, observer };
  try {
    return await settleUncertain(
      {
        ledger: leftToPeople(ledger, scope, app),
        list,
        clock: app.clock,
        control: controlMaker(control),
        signal,
        onPage,
        ...(pagesPerSecond === null ? {} : { pagesPerSecond }),
      },
      settleOptions(campaign, resend.absent, resend.ask, app.operator),
    );
  } finally {
    await close();
    await list.close();
  }
}

/**
 * Who is put back is no part of what was confirmed before: no machine goes on with them by itself. That is written first, so
 * that it holds also where this process dies in between.
 */
function leftToPeople(ledger: Ledger, scope: ReconcileScope, { readClocks }: App): AuditLedger {
  const settling = ledger.settling(scope, readClocks);
  const { shared } = ledger;
  if (shared === null) return settling;
  return {
    ...settling,
    requeueAbsent: async (scanId) => {
      await shared.planned(scope.campaignId, null);
      return settling.requeueAbsent(scanId);
    },
  };
}

/** How a campaign's uncertain ones are settled; `ask`: somebody who can be asked, or null. */
export function settleOptions(
  { uncertain, timeoutMs }: Pick<RunSettings, 'uncertain' | 'timeoutMs'>,
  resendAbsent: boolean,
  ask: AskResend | null,
  operator: string,
): ReconcileOptions {
  return {
    policy: { settleMs: uncertain.settleMs, timeoutMs },
    resend: resendOf(uncertain.resend, resendAbsent, ask),
    by: operator,
  };
}
