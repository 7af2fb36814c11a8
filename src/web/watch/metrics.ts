import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type Figures, NEED_KINDS, WAIT_REASONS } from '../../core/figures.js';
import type { AnsweredRequest } from './traffic.js';

const LEDGER_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
const REQUEST_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 5, 30];

/** Numbers for Prometheus. What a label says comes from a list that is fixed: no phone, no name and no campaign is one. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #ledger = new LedgerGauges(this.#registry);
  readonly #registers = [this.#registry];
  readonly #up = new Gauge({
    name: 'plazcast_ledger_up',
    help: 'Whether the ledger could be read for this answer (1) or not (0)',
    registers: this.#registers,
  });
  readonly #reads = new Histogram({
    name: 'plazcast_ledger_read_seconds',
    help: 'How long the ledger was open for a page or for this answer',
    buckets: LEDGER_SECONDS,
    registers: this.#registers,
  });
  readonly #requests = new Histogram({
    name: 'plazcast_http_request_seconds',
    help: 'Requests to the page, by pattern of their path and class of their status',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_SECONDS,
    registers: this.#registers,
  });
  readonly #bugs = new Counter({
    name: 'plazcast_bugs_total',
    help: 'Pages that could not be made because of a mistake in plazcast',
    registers: this.#registers,
  });
  #hasProcess = false;

  /** Takes in a request that was answered. */
  answered({ method, route, statusClass, durationMs }: AnsweredRequest): void {
    this.#requests.observe({ method, route, status: statusClass }, durationMs / 1000);
  }

  /** Takes in that the ledger was open for so long. */
  ledgerRead(ms: number): void {
    this.#reads.observe(ms / 1000);
  }

  bug(): void {
    this.#bugs.inc();
  }

  /**
   * Everything as Prometheus reads it.
   *
   * @param figures of now; null: there is no ledger yet; `unreadable`: it does not answer
   */
  async text(
    figures: Figures | null | 'unreadable',
  ): Promise<{ readonly type: string; readonly text: string }> {
    // Watching the process costs a little: it begins with whoever asks for it.
    if (!this.#hasProcess) collectDefaultMetrics({ register: this.#registry });
    this.#hasProcess = true;
    this.#up.set(figures === 'unreadable' ? 0 : 1);
    this.#ledger.show(figures === 'unreadable' ? null : figures);
    return { type: this.#registry.contentType, text: await this.#registry.metrics() };
  }
}

/** What the ledger says. Nothing of it is shown while it says nothing: an old number would look like one of now. */
class LedgerGauges {
  readonly #gauges = new Map<string, Gauge>();
  readonly #registry: Registry;

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  show(figures: Figures | null): void {
    for (const gauge of this.#gauges.values()) gauge.reset();
    for (const name of this.#gauges.keys()) this.#registry.removeSingleMetric(name);
    this.#gauges.clear();
    if (figures === null) return;
    for (const [name, { help, label, values }] of Object.entries(gaugesOf(figures))) {
      const labelNames = label === undefined ? [] : [label];
      const gauge = new Gauge({ name, help, labelNames, registers: [this.#registry] });
      for (const [value, count] of values) gauge.set(label === undefined ? {} : { [label]: value }, count);
      this.#gauges.set(name, gauge);
    }
  }
}

interface GaugeValues {
  readonly help: string;
  readonly label?: string;
  readonly values: Iterable<readonly [string, number]>;
}

function gaugesOf(figures: Figures): Readonly<Record<`plazcast_${string}`, GaugeValues>> {
  const by = (label: string, help: string, counts: Readonly<Record<string, number>>): GaugeValues => {
    return { help, label, values: Object.entries(counts) };
  };
  const one = (help: string, value: number): GaugeValues => ({ help, values: [['', value]] });
  const all = <Word extends string>(words: readonly Word[], counts: ReadonlyMap<Word, number>) =>
    Object.fromEntries(words.map((word) => [word, counts.get(word) ?? 0]));
  const { oldestNeedMs } = figures;
  return {
    plazcast_deliveries: by('status', 'Deliveries, by status, without rehearsals', figures.deliveries),
    plazcast_rehearsed_deliveries: by('status', 'Deliveries to the sandbox, by status', figures.rehearsed),
    plazcast_rejected_rows: one('Rows that cannot be sent', figures.rejected),
    plazcast_attempts: by('outcome', 'Requests to the provider, by outcome', figures.attempts),
    plazcast_runs: by('state', 'Runs, by state', figures.runs),
    plazcast_launches: by('state', 'Launches, by state', figures.launches),
    plazcast_scans: by('state', 'Readings of the provider’s list, by state', figures.scans),
    plazcast_send_rate_per_second: one('Requests per second over the last minute', figures.ratePerSecond),
    plazcast_send_rate_limit_per_second: one('What runs may send per second at most', figures.limitPerSecond),
    plazcast_waiting_runs: by('reason', 'Runs that wait, by reason', all(WAIT_REASONS, figures.waits)),
    plazcast_needs: by('kind', 'Campaigns that need a person, by kind', all(NEED_KINDS, figures.needs)),
    plazcast_uncertain_waiting: one('Uncertain deliveries that wait for a person', figures.uncertainWaiting),
    plazcast_oldest_need_seconds: one(
      'For how long the first of these needs has been there; 0 when nothing needs a person',
      (oldestNeedMs ?? 0) / 1000,
    ),
  };
}
