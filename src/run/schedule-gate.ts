import type { Schedule } from '../core/campaign.js';
import type { Gate, GateVerdict, Written } from '../core/ports.js';
import { opennessAt, scheduleZones, type Zones } from '../core/schedule.js';
import { unwrittenVerdict } from './busy-ledger.js';

/** What the gate needs of the ledger: which countries are pending, and to put one of them off. */
export interface CountryPostponing {
  pendingCountries(): Promise<readonly string[]>;
  /** Nobody of this country is due before `until`. */
  postpone(country: string, until: number): Promise<Written>;
}

/** What the schedule gate is made from. */
export interface ScheduleGateOptions {
  readonly schedule: Schedule;
  /** The campaign's country, for phones that do not tell. */
  readonly campaignCountry: string | null;
  readonly zones: Zones;
  readonly ledger: CountryPostponing;
  readonly noWait: boolean;
}

/** People of a country whose window never opens are put off by this; the run halts when nobody else is left. */
const NEVER_MS = 10 * 365 * 24 * 60 * 60_000;

/**
 * Lets out only inside the schedule. With one zone the whole campaign waits; with `timezone: recipient` the
 * people of each closed country are put off until their window opens, and the others go on.
 */
export class ScheduleGate implements Gate {
  readonly #options: ScheduleGateOptions;
  /** What was found holds from here, so that a clock that is set back asks anew, until there, unless nothing is due by then. */
  #validFrom = 0;
  #validUntil = 0;
  #verdict: GateVerdict = { kind: 'open', atMost: null };

  constructor(options: ScheduleGateOptions) {
    this.#options = options;
  }

  async check(at: number): Promise<GateVerdict> {
    const holds = at >= this.#validFrom && at < this.#validUntil;
    if (holds && this.#verdict.kind === 'open') return this.#verdict;
    this.#validFrom = at;
    this.#verdict =
      this.#options.schedule.timezone === 'recipient' ? await this.#checkCountries(at) : this.#checkZone(at);
    return this.#verdict;
  }

  /** What is left may belong to countries that are closed: a look is worth its price now. */
  nothingDue(): void {
    this.#validUntil = 0;
  }

  #checkZone(at: number): GateVerdict {
    const { schedule, zones } = this.#options;
    const openness = opennessAt(schedule, at, [schedule.timezone], zones);
    if (!openness.open) return this.#closedUntil(openness.opensAt);
    this.#validUntil = openness.closesAt ?? Number.POSITIVE_INFINITY;
    return { kind: 'open', atMost: null };
  }

  async #checkCountries(at: number): Promise<GateVerdict> {
    const { schedule, campaignCountry, zones, ledger } = this.#options;
    const countries = await ledger.pendingCountries();
    let validUntil = Number.POSITIVE_INFINITY;
    let firstOpening = Number.POSITIVE_INFINITY;
    let open = countries.length === 0;
    for (const country of countries) {
      const names = scheduleZones(schedule, country, campaignCountry, zones);
      const openness = opennessAt(schedule, at, names, zones);
      if (openness.open) {
        open = true;
        validUntil = Math.min(validUntil, openness.closesAt ?? Number.POSITIVE_INFINITY);
        continue;
      }
      firstOpening = Math.min(firstOpening, openness.opensAt ?? Number.POSITIVE_INFINITY);
      const written = await ledger.postpone(country, openness.opensAt ?? at + NEVER_MS);
      if (written.kind === 'failed') return unwrittenVerdict(written, at);
    }
    if (!open) return this.#closedUntil(Number.isFinite(firstOpening) ? firstOpening : null);
    this.#validUntil = Math.min(validUntil, firstOpening);
    return { kind: 'open', atMost: null };
  }

  #closedUntil(until: number | null): GateVerdict {
    const { schedule, noWait } = this.#options;
    if (until === null) return { kind: 'halt', halt: { code: 'halt.window-never', params: {} } };
    if (noWait) return { kind: 'halt', halt: { code: 'halt.window', params: { until } } };
    const code = schedule.timezone === 'recipient' ? 'wait.all-zones' : 'wait.window';
    return { kind: 'wait', wait: { code, params: { until }, untilAt: until } };
  }
}
