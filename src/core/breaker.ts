import type { StopWhen } from './campaign.js';
import type { DeliveryStatus } from './counts.js';
import type { Halt } from './problem.js';

/**
 * Stops a campaign that goes wrong before it burns its audience: by the share of failures among the last
 * `over` outcomes, and by the number of uncertain ones, which have a budget of their own.
 */
export class Breaker {
  readonly #limits: StopWhen;
  readonly #recent: boolean[] = [];
  #next = 0;
  #failures = 0;
  #uncertain = 0;

  constructor(limits: StopWhen) {
    this.#limits = limits;
  }

  /** Takes in where a delivery went. `pending` says nothing yet. */
  record(status: DeliveryStatus): void {
    if (status === 'uncertain') this.#uncertain += 1;
    if (status === 'accepted') this.#push(false);
    if (status === 'refused' || status === 'exhausted') this.#push(true);
  }

  /** Why to stop, or null to go on. */
  verdict(): Halt | null {
    const { failures, over, uncertain } = this.#limits;
    if (this.#uncertain >= uncertain) {
      return { code: 'halt.uncertain', params: { count: this.#uncertain } };
    }
    if (this.#recent.length >= over && this.#failures / this.#recent.length >= failures) {
      return { code: 'halt.failures', params: { failures: this.#failures, over: this.#recent.length } };
    }
    return null;
  }

  #push(failed: boolean): void {
    const oldest = this.#recent[this.#next];
    if (oldest === true) this.#failures -= 1;
    this.#recent[this.#next] = failed;
    if (failed) this.#failures += 1;
    this.#next = (this.#next + 1) % this.#limits.over;
  }
}
