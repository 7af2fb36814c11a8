import type { LeftReason } from './absence.js';
import type { Problem } from './problem.js';
import type { AuditFindingKind } from './reconcile-ports.js';

/** How far a scan is. */
export interface ScanProgress {
  readonly pages: number;
  readonly records: number;
}

/** How the reading of the list went. */
export interface ScanReport extends ScanProgress {
  readonly id: number;
  readonly startedAt: number;
  /** It went on where an earlier one was cut short. */
  readonly resumed: boolean;
  /** True: read to its null token. */
  readonly complete: boolean;
  /** Why it is not complete; null: it is, or the rest was not worth reading. */
  readonly problem: Problem | null;
}

/** A delivery that stays uncertain, and why. */
export interface LeftDelivery {
  readonly phone: string;
  /** Value of the key column, or `''`. */
  readonly key: string;
  readonly line: number;
  readonly reasons: readonly LeftReason[];
}

/** What the list says of people who were accepted, and whom no reading looked for before. */
export interface AcceptedReport {
  readonly accepted: number;
  /** Those of `accepted` that it shows. */
  readonly found: number;
  /** Those of `found` that failed afterwards. They stay accepted, and are not sent again. */
  readonly failed: number;
  /** Those that it does not show; null: it was read only in part. */
  readonly missing: number | null;
  /** Records one too many; null: not counted, because everybody was found before the end. */
  readonly twice: number | null;
  /** Records under the campaign's names that this ledger did not send; null as above. */
  readonly unknown: number | null;
}

/** What settling came to, for one campaign. */
export interface ReconcileReport {
  /** Uncertain deliveries that were looked for. */
  readonly uncertain: number;
  /** Those found in the list: accepted now. */
  readonly accepted: number;
  /** Of `accepted`: the list says that they failed. They are not sent again. */
  readonly failed: number;
  /** Proven never sent, whether they go out again or not. */
  readonly provenAbsent: number;
  /** Of `provenAbsent`: pending again. */
  readonly requeued: number;
  /** Still uncertain at the end. */
  readonly left: number;
  readonly leftReasons: readonly (LeftReason & { readonly count: number })[];
  /** The first of those left (at most 50). */
  readonly leftDeliveries: readonly LeftDelivery[];
  /** Deliveries of other campaigns of the workspace that the same list settled. */
  readonly acceptedElsewhere: number;
  /** Accepted deliveries whose confirmation is new or changed. */
  readonly confirmed: number;
  /** What was found of accepted people; null: nobody was to be looked for. */
  readonly acceptedPeople: AcceptedReport | null;
  /** null: nobody was to be looked for, and nothing was read. */
  readonly scan: ScanReport | null;
}

/** What an audit came to. Clean when the scan is complete and there is no finding. */
export interface AuditReport {
  /** Accepted deliveries that were compared. */
  readonly accepted: number;
  /** Those of `accepted` that are in the list (failed ones, too); null: the list was read only in part. */
  readonly matched: number | null;
  /** Somebody was accepted, or the list has a record from before the campaign; false: who is not in it may have got it all the same. */
  readonly reachesBack: boolean;
  readonly findings: Readonly<Record<AuditFindingKind, number>>;
  /** Deliveries that were pending although the list has them: uncertain now, so that no send repeats them. */
  readonly held: number;
  /** Accepted deliveries whose confirmation is new or changed. */
  readonly confirmed: number;
  /** Incomplete: nothing is called missing, and what was found holds for what was read. */
  readonly scan: ScanReport;
}
