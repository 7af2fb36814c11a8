import { type AskResend, resendOf } from '../../core/absence.js';
import type { RunSettings } from '../../core/campaign.js';
import type { Counts } from '../../core/counts.js';
import { ok, type Problem, type Result } from '../../core/problem.js';
import type { ReconcileReport, ScanProgress } from '../../core/reconcile-report.js';
import type { ReconcileOptions } from '../../run/reconcile.js';
import { settleUncertain } from '../../run/settle-uncertain.js';
import { unloggedBy } from '../actions/noted.js';
import { recordIn } from '../actions/record-action.js';
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
  // They are no part of what was confirmed before: no machine goes on with them by itself.
  if (requeued > 0) await held.ledger.shared?.planned(record.id, null);
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
        ledger: ledger.settling(scope, app.readClocks),
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
