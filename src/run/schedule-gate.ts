import type { Schedule } from '../core/campaign.js';
import type { ClaimedDelivery } from '../core/delivery.js';
import type { Gate, GateVerdict, Written } from '../core/ports.js';
import { type Openness, opennessAt, scheduleZones, type Zones } from '../core/schedule.js';
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

/** What holds for a country, from when until when. */
interface Found {
  readonly fromAt: number;
  readonly untilAt: number;
  readonly openness: Openness;
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
  readonly #byCountry = new Map<string, Found>();

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

  /** Who was out at the last look was in no country that was pending, and may be tried again once it is closed. */
  keepsBack({ country }: ClaimedDelivery, at: number): number | null {
    const openness = this.#opennessOf(country, at);
    return openness.open ? null : (openness.opensAt ?? at + NEVER_MS);
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
    const { ledger } = this.#options;
    const countries = await ledger.pendingCountries();
    let validUntil = Number.POSITIVE_INFINITY;
    let firstOpening = Number.POSITIVE_INFINITY;
    let open = countries.length === 0;
    for (const country of countries) {
      const openness = this.#opennessOf(country, at);
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

  /** Looked up once while it holds: a claim asks for each of its people. */
  #opennessOf(country: string, at: number): Openness {
    const known = this.#byCountry.get(country);
    if (known !== undefined && at >= known.fromAt && at < known.untilAt) return known.openness;
    const { schedule, campaignCountry, zones } = this.#options;
    const openness = opennessAt(
      schedule,
      at,
      scheduleZones(schedule, country, campaignCountry, zones),
      zones,
    );
    const untilAt = (openness.open ? openness.closesAt : openness.opensAt) ?? Number.POSITIVE_INFINITY;
    this.#byCountry.set(country, { fromAt: at, untilAt, openness });
    return openness;
  }

  #closedUntil(until: number | null): GateVerdict {
    const { schedule, noWait } = this.#options;
    if (until === null) return { kind: 'halt', halt: { code: 'halt.window-never', params: {} } };
    if (noWait) return { kind: 'halt', halt: { code: 'halt.window', params: { until } } };
    const code = schedule.timezone === 'recipient' ? 'wait.all-zones' : 'wait.window';
    return { kind: 'wait', wait: { code, params: { until }, untilAt: until } };
  }
}
