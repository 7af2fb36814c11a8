import { type LeftReason, neighbourhoodMs, type Resend, type SettlePolicy } from '../core/absence.js';
import { CLOCK_SKEW_MS, NAMELESS_BEFORE_MS } from '../core/match.js';
import { ok, type Result } from '../core/problem.js';
import type {
  AuditLedger,
  PresenceWritten,
  ReconcileLedger,
  ScanNeed,
  UncertainSpan,
} from '../core/reconcile-ports.js';
import type { AcceptedReport, ReconcileReport, ScanReport } from '../core/reconcile-report.js';
import { AcceptedLook } from './accepted-look.js';
import { PresenceJudge } from './page-judge.js';
import { type Absence, MOST_NAMED, NO_ABSENCE, proveAbsent } from './reconcile-absence.js';
import {
  NOTHING_WRITTEN,
  reported,
  type SettleContext,
  settlePresent,
  together,
} from './reconcile-presence.js';
import { readList, type ScanPorts } from './reconcile-scan.js';

/** What settling needs: the ledger of one campaign, and the provider's list. */
export interface ReconcilePorts extends ScanPorts {
  readonly ledger: AuditLedger;
}

/** How to settle. */
export interface ReconcileOptions {
  readonly policy: SettlePolicy;
  /** What to do about those proven absent; see `resendOf`. */
  readonly resend: Resend;
  /** Who runs it, for the evidence. */
  readonly by: string;
  /**
   * Ends the reading once nobody of the campaign is uncertain any more. Else the whole list is read, and what was
   * accepted gets its confirmation from it.
   */
  readonly untilFound?: boolean;
}

const NOTHING_UNCERTAIN: ReconcileReport = {
  uncertain: 0,
  accepted: 0,
  failed: 0,
  provenAbsent: 0,
  requeued: 0,
  left: 0,
  leftReasons: [],
  leftDeliveries: [],
  acceptedElsewhere: 0,
  confirmed: 0,
  acceptedPeople: null,
  scan: null,
};

/**
 * Settles the uncertain deliveries of a campaign against the provider's list, and looks there for accepted people whose
 * settle time is over, once: one scan for all. What is listed becomes accepted page by page, also when the list was read
 * only in part; what is proven absent goes back to pending if `resend` lets it; the rest stays, with reasons. Accepted
 * ones get their confirmation and nothing else. Where nobody is uncertain, the reading ends as soon as all of them were
 * seen. The campaign's and the sender's lock must be held and dead runs recovered. A run may send meanwhile. Fails only
 * when the ledger does; what was written before stays true.
 */
export async function reconcile(
  ports: ReconcilePorts,
  { policy, resend, by, untilFound = false }: ReconcileOptions,
): Promise<Result<ReconcileReport>> {
  const { ledger, clock } = ports;
  const at = clock.now();
  const span = await ledger.uncertainSpan(policy, at);
  if (!span.ok) return span;
  const unconfirmed = await ledger.unconfirmed(policy.settleMs, at);
  if (!unconfirmed.ok) return unconfirmed;
  if (span.value === null && unconfirmed.value === null) return ok(NOTHING_UNCERTAIN);
  const accepted = unconfirmed.value === null ? null : new AcceptedLook(ledger, unconfirmed.value);
  const context = { ledger, clock, by };
  const looked = { uncertain: span.value !== null, untilFound, accepted };
  const tooEarly = (span.value?.lastSettledAt ?? null) === null;
  const judge = new PresenceJudge(context, policy, { ...looked, tooEarly });
  const need = needOf(at, span.value, accepted, policy);
  const scan = await readList(ports, need, (scanId, page) => judge.judge(scanId, page));
  if (!scan.ok) return scan;
  // A reading that still seeks somebody ends with the list, or breaks off.
  const once = judge.seeks && !scan.value.complete && scan.value.problem === null;
  const present = await settleRest(context, scan.value, accepted, once || isBroken(scan.value, ports.signal));
  if (!present.ok) return present;
  const absence =
    span.value === null
      ? ok(NO_ABSENCE)
      : await proveAbsent(context, scan.value, policy, span.value.earliestStartedAt);
  if (!absence.ok) return absence;
  const people = accepted === null ? ok(null) : await accepted.conclude(scan.value);
  if (!people.ok) return people;
  const kept = await keepOrForget(ledger, scan.value, once);
  if (!kept.ok) return kept;
  const requeued = await requeueIfAllowed(ledger, scan.value.id, absence.value.provenCount, resend);
  if (!requeued.ok) return requeued;
  const found = together(judge.written, present.value);
  return ok(reportOf(scan.value, found, absence.value, people.value, requeued.value, resend));
}

/** What a scan must be to serve all for whom it is read. */
function needOf(
  at: number,
  span: UncertainSpan | null,
  accepted: AcceptedLook | null,
  policy: SettlePolicy,
): ScanNeed {
  const reach = Math.max(neighbourhoodMs(policy), NAMELESS_BEFORE_MS) + CLOCK_SKEW_MS;
  const forUncertain = span === null ? at : span.earliestStartedAt - reach;
  const startedAfter = Math.max(span?.lastSettledAt ?? 0, accepted?.settledAt ?? 0);
  return { purpose: 'settle', at, fromAt: Math.min(forUncertain, accepted?.fromAt ?? at), startedAfter };
}

/** Who stops the reading does not wait for anything more. */
function isBroken(scan: ScanReport, signal: AbortSignal): boolean {
  return scan.problem !== null && !signal.aborted;
}

/**
 * What only the whole list can tell: rivals, and what was accepted before.
 *
 * @param partly of a list that was read only in part, or once, what has no rival
 */
function settleRest(
  context: SettleContext,
  scan: ScanReport,
  accepted: AcceptedLook | null,
  partly: boolean,
): Promise<Result<PresenceWritten>> {
  // Far enough to tell accepted ones apart, but not to settle anybody.
  if (!scan.complete && !partly && accepted?.isBehind === true)
    return settlePresent(context, { id: scan.id, complete: true }, false);
  return scan.complete || partly ? settlePresent(context, scan, true) : Promise.resolve(ok(NOTHING_WRITTEN));
}

/** A scan that was cut short keeps its records: the next one goes on from there. */
async function keepOrForget(ledger: ReconcileLedger, scan: ScanReport, once: boolean): Promise<Result<null>> {
  if (scan.problem !== null) return ok(null);
  const marked = scan.complete || once ? await ledger.markRead(scan.startedAt) : ok(null);
  return marked.ok ? ledger.forgetRecords(scan.id) : marked;
}

async function requeueIfAllowed(
  ledger: ReconcileLedger,
  scanId: number,
  proven: number,
  resend: Resend,
): Promise<Result<number>> {
  if (proven === 0) return ok(0);
  const allowed = typeof resend === 'function' ? await resend(proven) : resend === 'yes';
  return allowed ? ledger.requeueAbsent(scanId) : ok(0);
}

function reportOf(
  scan: ScanReport,
  present: PresenceWritten,
  absence: Absence,
  acceptedPeople: AcceptedReport | null,
  requeued: number,
  resend: Resend,
): ReconcileReport {
  const kept = absence.provenCount - requeued;
  const code = resend === 'never' ? 'reconcile.left.proven-absent-never' : 'reconcile.left.proven-absent';
  const reason: LeftReason = { code, params: {} };
  const named =
    kept === 0 ? [] : absence.proven.map(({ phone, key, line }) => ({ phone, key, line, reasons: [reason] }));
  const left = absence.leftCount + kept;
  return {
    ...reported(present),
    // Counted at the end: a run may have left more people uncertain meanwhile.
    uncertain: present.accepted + requeued + left,
    provenAbsent: absence.provenCount,
    requeued,
    left,
    leftReasons: [...absence.reasons, ...(kept === 0 ? [] : [{ ...reason, count: kept }])],
    leftDeliveries: [...absence.left, ...named].slice(0, MOST_NAMED),
    acceptedPeople,
    scan,
  };
}
