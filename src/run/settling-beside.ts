import type { Resend } from '../core/absence.js';
import type { Gate, GateVerdict, LedgerFailure, Wait, Written } from '../core/ports.js';
import { type Problem, unwrittenHalt } from '../core/problem.js';
import type { AuditLedger } from '../core/reconcile-ports.js';
import type { ReconcileReport, ScanProgress } from '../core/reconcile-report.js';
import { LISTED_AFTER_MS, nextReadingAt } from '../core/scan-timing.js';
import { confirmListed } from './confirm-listed.js';
import type { ReconcileOptions } from './reconcile.js';
import { Rest } from './rest.js';
import { type ControlMaker, merged, type SettlePorts, settleUncertain } from './settle-uncertain.js';

/** How far the reading of the list is, and for how many uncertain people it is read; 0: for accepted ones alone. */
export interface ListReadingProgress extends ScanProgress {
  readonly uncertain: number;
}

/** Someone who watches settling beside a run. Must not throw. */
export interface SettlingObserver {
  /** null: the list is not being read any more. */
  reading(progress: ListReadingProgress | null): void;
  settled(report: ReconcileReport): void;
  /** The ledger could not be read or written: nobody was settled by that. */
  failed(problems: readonly Problem[]): void;
}

/** What settling beside a run needs. */
export interface BesidePorts extends Omit<SettlePorts, 'signal' | 'onPage'> {
  readonly ledger: AuditLedger;
  readonly observer: SettlingObserver;
  /** Fires when a person wants the run to end: the reading ends at once, and can be gone on with. */
  readonly stop: AbortSignal;
}

/** After its last message a run waits no longer than this for a reading that could still bring something. */
export const LONGEST_WAIT_MS = 60_000;
/** A look for the canary is not longer, either: a campaign waits for it, and a workspace may have a list of hours. */
const LONGEST_LOOK_MS = 60_000;
/** A reading that begins within this is waited for as one that is under way. */
const SOON_MS = 10_000;
/** How often it is asked whether there is something new to read the list for. */
const ASK_EVERY_MS = 30_000;
/** After a reading that broke off. */
const RETRY_AFTER_MS = 60_000;
/** How often a run that waits looks whether something came back. */
const WAIT_STEP_MS = 250;

/**
 * Settles what is uncertain beside a run: sending does not wait for the list. What an earlier process left is looked
 * for when the run begins; what becomes uncertain during the run, when its settle time is over and the run still goes on.
 * Accepted people are looked for by the same readings, once their settle time is over: when the run begins, or when
 * nothing is left to send.
 * For the engine it is a gate: it lets everybody through, says whether something may still come back when nothing is
 * left to send, and halts the run when the ledger's disk failed under it.
 */
export class SettlingBeside implements Gate {
  readonly #ports: BesidePorts;
  readonly #options: ReconcileOptions;
  readonly #rest = new Rest();
  readonly #closed = new AbortController();
  readonly #ended: AbortSignal;
  #working: Promise<void> = Promise.resolve();
  /** A reading is under way, or about to begin. */
  #busy = true;
  #onQuiet: (() => void)[] = [];
  /** Ends the sleep until the next question. */
  #awake = new AbortController();
  /** It was asked since nothing is left to send. */
  #askedAtRest = false;
  #progress: ListReadingProgress = { pages: 0, records: 0, uncertain: 0 };
  #asking = false;
  /** Cuts the reading under way short, to make room for a look. */
  #cut = new AbortController();
  #settling: Promise<unknown> = Promise.resolve();
  /** What a reading came to that was cut short. */
  #part: ReconcileReport | null = null;
  #looking: Promise<unknown> | null = null;
  #fatal: LedgerFailure | null = null;
  #bug: unknown = null;

  constructor(ports: BesidePorts, options: ReconcileOptions) {
    this.#ports = ports;
    this.#options = { ...options, untilFound: true, resend: this.#resendAtRest(options.resend) };
    this.#ended = AbortSignal.any([ports.stop, this.#closed.signal]);
  }

  /** An error of the ledger after which nothing may be written any more. */
  get fatal(): LedgerFailure | null {
    return this.#fatal;
  }

  /** To be ended by `close`. */
  begin(): void {
    this.#working = this.#work().catch((error: unknown) => {
      this.#bug = error;
      this.#quiet();
    });
  }

  check(): Promise<GateVerdict> {
    if (this.#bug !== null) return Promise.reject(this.#bug);
    if (this.#fatal === null) return Promise.resolve({ kind: 'open', atMost: null });
    return Promise.resolve({ kind: 'halt', halt: unwrittenHalt(this.#fatal.problem) });
  }

  expects(at: number): Wait | null {
    const now = this.#ports.clock.monotonicMs();
    this.#rest.begin(now);
    this.#askAtRest();
    if (!this.#busy || now - (this.#rest.sinceMs ?? now) >= LONGEST_WAIT_MS) return null;
    const untilAt = at + WAIT_STEP_MS;
    if (this.#asking) return { code: 'wait.answer', params: {}, untilAt };
    return { code: 'wait.list', params: { ...this.#progress }, untilAt };
  }

  /**
   * What the list says now, for the canary: confirmations, and the presence of uncertain ones, as far as a minute goes.
   * A reading under way is cut short for it, and gone on with after. Fails while another program holds the ledger.
   */
  async look(): Promise<Written> {
    const looking = this.#look();
    this.#looking = looking;
    const looked = await looking;
    this.#looking = null;
    return looked;
  }

  /**
   * Ends it. `patient`: not before the reading under way has ended, within the minute that a run waits.
   * Rejects with a bug that was found meanwhile.
   */
  async close(patient: boolean): Promise<void> {
    const { clock } = this.#ports;
    this.#rest.end();
    if (patient && this.#busy) {
      const waitedMs = clock.monotonicMs() - (this.#rest.sinceMs ?? clock.monotonicMs());
      const quiet = new Promise<void>((resolve) => this.#onQuiet.push(resolve));
      await Promise.race([quiet, clock.sleep(Math.max(0, LONGEST_WAIT_MS - waitedMs), this.#ended)]);
    }
    this.#closed.abort();
    await this.#working;
    if (this.#bug !== null) throw this.#bug;
  }

  async #work(): Promise<void> {
    const { clock } = this.#ports;
    let beginning = true;
    let notBeforeMs = 0;
    while (!this.#ended.aborted) {
      await this.#looking;
      const wantedMs = (await this.#nextInMs(beginning)) ?? Number.POSITIVE_INFINITY;
      const waitMs = Math.max(wantedMs, notBeforeMs - clock.monotonicMs());
      if (waitMs > SOON_MS) {
        beginning = false;
        this.#quiet();
        await clock.sleep(Math.min(waitMs, ASK_EVERY_MS), AbortSignal.any([this.#ended, this.#awake.signal]));
        continue;
      }
      this.#busy = true;
      await clock.sleep(waitMs, this.#ended);
      if (this.#looking !== null || this.#ended.aborted) continue;
      const settled = await this.#settle();
      beginning = settled === 'cut';
      if (settled === 'broken') notBeforeMs = clock.monotonicMs() + RETRY_AFTER_MS;
    }
    this.#quiet();
  }

  /** Where the settle time is short, a run looks for the last accepted before it ends, unless somebody is uncertain. */
  #askAtRest(): void {
    if (this.#askedAtRest || this.#busy || this.#options.policy.settleMs > SOON_MS) return;
    this.#askedAtRest = true;
    this.#busy = true;
    this.#awake.abort();
  }

  /** Milliseconds until a reading is worth its while; null: none is foreseen. */
  async #nextInMs(beginning: boolean): Promise<number | null> {
    const wokenAtRest = this.#awake.signal.aborted;
    this.#awake = new AbortController();
    const { ledger, clock } = this.#ports;
    const { policy, resend } = this.#options;
    const at = clock.now();
    const news = await ledger.scanNews(policy, at);
    if (!news.ok) return this.#failed(news.problems);
    // A run that is over does not begin to send again: whoever is uncertain is left to the next command.
    if (wokenAtRest && news.value !== null) return null;
    const settled = await ledger.unconfirmedSettledAt(policy.settleMs);
    if (!settled.ok) return this.#failed(settled.problems);
    this.#progress = { pages: 0, records: 0, uncertain: news.value?.uncertain ?? 0 };
    const mayResend = resend !== 'no' && resend !== 'never';
    const resting = this.#rest.sinceMs !== null;
    const next = nextReadingAt(news.value, settled.value, at, { beginning, resting, mayResend });
    return next === null ? null : Math.max(0, next - at);
  }

  async #settle(): Promise<'done' | 'cut' | 'broken'> {
    this.#cut = new AbortController();
    const signal = AbortSignal.any([this.#ended, this.#cut.signal]);
    const onPage = (progress: ScanProgress): void => this.#show(progress);
    this.#show({ pages: 0, records: 0 });
    const control = this.#controlAtRest();
    const settling = settleUncertain({ ...this.#ports, signal, onPage, control }, this.#options);
    this.#settling = settling;
    const settled = await settling;
    this.#ports.observer.reading(null);
    if (!settled.ok) {
      this.#failed(settled.problems);
      return 'broken';
    }
    const report = this.#part === null ? settled.value : merged(this.#part, settled.value);
    this.#part = this.#cut.signal.aborted && !this.#ended.aborted ? report : null;
    if (report.requeued > 0) {
      this.#rest.interrupt();
      this.#askedAtRest = false;
    }
    if (this.#part !== null) return 'cut';
    this.#ports.observer.settled(report);
    return (report.scan?.problem ?? null) === null ? 'done' : 'broken';
  }

  #show(progress: ScanProgress): void {
    this.#progress = { ...this.#progress, ...progress };
    this.#ports.observer.reading(this.#progress);
  }

  async #look(): Promise<Written> {
    const { clock, ledger } = this.#ports;
    this.#cut.abort();
    this.#rest.disappoint();
    await this.#settling;
    const done = new AbortController();
    const late = new AbortController();
    void clock.sleep(LONGEST_LOOK_MS, AbortSignal.any([this.#ended, done.signal])).then(() => late.abort());
    const signal = AbortSignal.any([this.#ended, late.signal]);
    const looked = await confirmListed({ ...this.#ports, signal }, this.#options.by, true);
    done.abort();
    const forgotten = looked.ok ? await ledger.forgetRecords(looked.value.scan.id) : looked;
    if (forgotten.ok) return { kind: 'written' };
    const busy = forgotten.problems.find(({ code }) => code === 'ledger.busy');
    if (busy !== undefined) return { kind: 'failed', fatal: false, problem: busy };
    this.#failed(forgotten.problems);
    return { kind: 'written' };
  }

  /** A question in the middle of sending would be missed, or hold it up: it waits until nothing is left to send. */
  #resendAtRest(resend: Resend): Resend {
    if (typeof resend !== 'function') return resend;
    return async (provenAbsent) => {
      this.#ports.observer.reading(null);
      if (!(await this.#rest.came())) return false;
      this.#asking = true;
      const again = await resend(provenAbsent);
      this.#asking = false;
      return again;
    };
  }

  /** What the run itself sends makes controls, too: a message for nothing else waits until nothing is left to send. */
  #controlAtRest(): ControlMaker | null {
    const { control, clock, ledger } = this.#ports;
    if (control === null) return null;
    const make = async (signal: AbortSignal): Promise<boolean> => {
      const since = clock.now();
      const resting = this.#rest.came();
      for (;;) {
        const slept = clock.sleep(LISTED_AFTER_MS, signal).then(() => null);
        const rested = await Promise.race([resting, slept]);
        const news = await ledger.scanNews(this.#options.policy, clock.now());
        if (news.ok && (news.value?.lastControlAt ?? 0) >= since) return true;
        if (rested === false || signal.aborted) return false;
        if (rested) return control.make(signal);
      }
    };
    return { make };
  }

  /** After a failed sync the pages on disk are unknown: the run ends. Anything else may pass. */
  #failed(problems: readonly Problem[]): null {
    this.#ports.observer.failed(problems);
    const problem = problems.find(
      ({ code, params }) =>
        code === 'ledger.damaged' || (code === 'ledger.io' && String(params?.['detail']).includes('FSYNC')),
    );
    if (problem !== undefined) this.#fatal ??= { kind: 'failed', fatal: true, problem };
    return null;
  }

  #quiet(): void {
    this.#busy = false;
    for (const resolve of this.#onQuiet.splice(0)) resolve();
  }
}
