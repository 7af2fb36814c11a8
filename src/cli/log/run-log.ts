import { environmentSecrets } from '../../app/environment.js';
import type { Target } from '../../app/target.js';
import { SANDBOX_WORKSPACE } from '../../app/workspace.js';
import type { ClaimedDelivery, OutcomeRecord } from '../../core/delivery.js';
import type { Outcome } from '../../core/outcome.js';
import type { RunObserver, Wait } from '../../core/ports.js';
import type { Translate } from '../../core/problem.js';
import type { CampaignJson } from '../campaign-json.js';
import type { Cli } from '../command.js';
import { type Masking, maskingWith } from './masking.js';
import type { Log, LogFields } from './open-log.js';

/** What a run's log is made from. */
export interface RunLogOptions {
  readonly log: Log;
  readonly campaign: string;
  readonly masking: Masking;
  readonly translate: Translate;
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
}

/**
 * Logs one run: its start, waits, halt and end at `info`, and one line per attempt at `debug`. The ids are those
 * of the ledger's tables, so that a line can be joined with what stands there.
 */
export class RunLog {
  readonly observer: RunObserver;
  readonly #options: RunLogOptions;
  readonly #startedMs = new Map<number, number>();
  #runId: number | null = null;
  #waiting: string | null = null;

  constructor(options: RunLogOptions) {
    this.#options = options;
    const attempts = options.log.writes('debug');
    this.observer = {
      claimed: attempts ? (deliveries) => this.#claimed(deliveries) : () => undefined,
      recorded: attempts ? (...what) => this.#recorded(...what) : () => undefined,
      waiting: (wait) => this.#wait(wait),
    };
  }

  /** The run stands in the ledger. */
  begun(runId: number, fields: LogFields): void {
    this.#runId = runId;
    this.#write('info', 'run-start', fields, this.#options.translate('log.run-start'));
  }

  /** The run is over. */
  ended({ counts, run, halted, exitCode }: CampaignJson): void {
    const { translate, masking } = this.#options;
    if (halted !== null) {
      const fields = { code: halted.code, message: masking.text(halted.message) };
      this.#write('info', 'run-halt', fields, translate('log.run-halt'));
    }
    const { sent = 0, accepted = 0, durationMs = 0 } = run ?? {};
    const fields = { counts, sent, accepted, duration_ms: durationMs, exit_code: exitCode };
    this.#write('info', 'run-end', fields, translate('log.run-end'));
  }

  #claimed(deliveries: readonly ClaimedDelivery[]): void {
    const nowMs = this.#options.nowMs();
    for (const { attemptId } of deliveries) this.#startedMs.set(attemptId, nowMs);
  }

  #recorded(delivery: ClaimedDelivery, outcome: Outcome, outcomeRecord: OutcomeRecord): void {
    const { attemptId, deliveryId } = delivery;
    const { masking, nowMs, translate } = this.#options;
    const { httpStatus, errorCode, errorMessage } = outcome.answer;
    const startedMs = this.#startedMs.get(attemptId);
    this.#startedMs.delete(attemptId);
    const fields = {
      delivery_id: deliveryId,
      attempt_id: attemptId,
      phone: masking.phone(delivery.phone),
      outcome: outcome.kind,
      status: outcomeRecord.status,
      reason: outcomeRecord.reason,
      on_wire: outcomeRecord.onWire,
      http_status: httpStatus,
      error_code: errorCode === null ? null : masking.text(errorCode),
      error_message: errorMessage === null ? null : masking.text(errorMessage),
      duration_ms: startedMs === undefined ? null : Math.round(nowMs() - startedMs),
    };
    this.#write('debug', 'attempt', fields, translate('log.attempt'));
  }

  /** A wait is looked at again and again; it is one line in the log. */
  #wait(wait: Wait | null): void {
    const what = wait === null ? null : `${wait.code} ${wait.untilAt ?? ''}`;
    if (what === this.#waiting) return;
    this.#waiting = what;
    if (wait === null) return;
    const { translate } = this.#options;
    const until = wait.untilAt === null ? null : new Date(wait.untilAt).toISOString();
    this.#write(
      'info',
      'run-wait',
      { code: wait.code, until, message: translate(wait) },
      translate('log.run-wait'),
    );
  }

  #write(level: 'debug' | 'info', event: string, fields: LogFields, sentence: string): void {
    const { log, campaign } = this.#options;
    log.write(level, event, { campaign, run_id: this.#runId, ...fields }, sentence);
  }
}

/** What may be shown of a run against a target. The sandbox's workspace is no secret. */
export function maskingFor({ workspaceId, apiKey }: Target, { environment, log }: Cli): Masking {
  const own = workspaceId === SANDBOX_WORKSPACE ? [] : [workspaceId];
  return maskingWith(log?.showsPhones === true, [...environmentSecrets(environment), ...own, apiKey]);
}

/** The log of a run, or null when none was asked for. */
export function runLogOf(campaign: string, masking: Masking, { log, translate }: Cli): RunLog | null {
  return log === null
    ? null
    : new RunLog({ log, campaign, masking, translate, nowMs: () => performance.now() });
}
