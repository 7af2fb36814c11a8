import { ok, type Result } from '../core/problem.js';
import type { ReconcileReport } from '../core/reconcile-report.js';
import { LISTED_AFTER_MS } from '../core/scan-timing.js';
import { type ReconcileOptions, type ReconcilePorts, reconcile } from './reconcile.js';
import { reported, together } from './reconcile-presence.js';

/** Makes a control: one test message to one's own phone. */
export interface ControlMaker {
  /** Sends it, with a permit of the sender. Whether the provider accepted it by its answer. Never rejects. */
  make(signal: AbortSignal): Promise<boolean>;
}

/** What settling needs, with somebody who makes a control; null: the campaign names no phone for it. */
export interface SettlePorts extends ReconcilePorts {
  readonly control: ControlMaker | null;
}

/**
 * Settles what is uncertain, as `reconcile` does. Where a control alone was missing, one is made, unless the run itself
 * had a message accepted meanwhile: at most one message, and at most one further reading of the list, which takes it
 * for its control.
 */
export async function settleUncertain(
  ports: SettlePorts,
  options: ReconcileOptions,
): Promise<Result<ReconcileReport>> {
  const first = await reconcile(ports, options);
  if (!first.ok) return first;
  const hasControl = await withControl(ports, options, first.value);
  if (!hasControl.ok) return hasControl;
  if (!hasControl.value) return first;
  await ports.clock.sleep(LISTED_AFTER_MS, ports.signal);
  if (ports.signal.aborted) return first;
  const second = await reconcile(ports, options);
  return second.ok ? ok(merged(first.value, second.value)) : second;
}

/** Whether there is a control by now that the reading could not know of. */
async function withControl(
  { ledger, clock, signal, control }: SettlePorts,
  { policy, resend }: ReconcileOptions,
  { scan, leftReasons }: ReconcileReport,
): Promise<Result<boolean>> {
  const wanting = leftReasons.some(({ code }) => code === 'reconcile.left.no-control');
  if (!wanting || scan === null || !scan.complete || signal.aborted) return ok(false);
  const news = await ledger.scanNews(policy, clock.now());
  if (!news.ok) return news;
  if ((news.value?.lastControlAt ?? 0) >= scan.startedAt) return ok(true);
  // Nobody would be sent to again: the message would prove something to nobody.
  if (control === null || resend === 'never') return ok(false);
  return ok(await control.make(signal));
}

/** What two readings, one after the other, came to. What the second says of those who are left holds. */
export function merged(first: ReconcileReport, second: ReconcileReport): ReconcileReport {
  const present = reported(together({ ...first, shown: 0 }, { ...second, shown: 0 }));
  const requeued = first.requeued + second.requeued;
  return {
    ...second,
    ...present,
    uncertain: present.accepted + requeued + second.left,
    provenAbsent: first.requeued + second.provenAbsent,
    requeued,
    acceptedPeople: second.acceptedPeople ?? first.acceptedPeople,
    scan: second.scan ?? first.scan,
  };
}
