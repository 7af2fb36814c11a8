import type { App } from '../../app/app.js';
import { ledgerAnswers, ledgerFigures } from '../../app/figures/ledger-figures.js';
import { keepingCounts } from '../../app/overview/kept-counts.js';
import type { Figures } from '../../core/figures.js';
import type { Site } from '../site.js';
import { measuredLedgers } from './measured-ledgers.js';
import { Metrics } from './metrics.js';
import { Pulse } from './pulse.js';
import { Traffic } from './traffic.js';

/** After this the ledger is said not to answer: whoever scrapes waits ten seconds at most. */
const SCRAPE_PATIENCE_MS = 5_000;

/** After each reading, so many times as long belongs to pages: a large file is read at one go, and nobody else is heard meanwhile. */
const RESTS_TIMES = 4;

/** What is told to whoever watches the server: its requests, its health, its numbers. */
export class Watch {
  readonly traffic: Traffic;
  readonly pulse: Pulse;
  /** The site whose use cases are watched. */
  readonly site: Site;
  readonly #metrics = new Metrics();
  readonly #app: App;
  /** Before this the ledger is not read again. */
  #restUntilMs = 0;
  #answering: ReturnType<Metrics['text']> | null = null;

  constructor(site: Site) {
    const { app, answered, bug } = site;
    const monotonicMs = (): number => app.clock.monotonicMs();
    const ledgers = measuredLedgers(app.ledgers, (ms) => this.#metrics.ledgerRead(ms), monotonicMs);
    this.#app = { ...app, ledgers: keepingCounts(ledgers, app.clock) };
    this.site = {
      ...site,
      app: this.#app,
      bug: (...bugTold) => {
        this.#metrics.bug();
        bug(...bugTold);
      },
    };
    this.traffic = new Traffic((request) => {
      this.#metrics.answered(request);
      answered(request);
    }, monotonicMs);
    // Its own reads are no page's.
    this.pulse = new Pulse(() => ledgerAnswers(app), app.clock);
  }

  /** The metrics; those who ask at the same time share one answer, and nobody waits behind all of them. */
  metrics(): ReturnType<Metrics['text']> {
    this.#answering ??= this.#metricsNow().finally(() => {
      this.#answering = null;
    });
    return this.#answering;
  }

  async #metricsNow(): ReturnType<Metrics['text']> {
    const { clock } = this.#app;
    await clock.sleep(Math.max(0, this.#restUntilMs - clock.monotonicMs()));
    const beganMs = clock.monotonicMs();
    const patience = new AbortController();
    const late = clock.sleep(SCRAPE_PATIENCE_MS, patience.signal).then(() => 'unreadable' as const);
    const figures = await Promise.race([this.#figures(), late]);
    patience.abort();
    const endedMs = clock.monotonicMs();
    this.#restUntilMs = endedMs + (endedMs - beganMs) * RESTS_TIMES;
    return this.#metrics.text(figures);
  }

  async #figures(): Promise<Figures | null | 'unreadable'> {
    const figures = await ledgerFigures(this.#app).catch(() => null);
    return figures?.ok === true ? figures.value : 'unreadable';
  }
}
