import type { ClaimedDelivery } from '../core/delivery.js';

/** What is claimed leaves within this, at the rate and at the pace at which answers come. */
export const PREFETCH_MS = 36;
/** Longest time from the claim to the request: after that the gates have to be asked again. */
export const LEAVES_WITHIN_MS = 500;
/** How often the clocks are read at least while a run goes on. */
export const READ_CLOCKS_EVERY_MS = 250;
/** Who reads the clocks only after so long was held up: a stopped process, a starved machine. */
const HELD_UP_MS = 1_000;

/**
 * Deliveries that the ledger claimed and that have not left: as few as keep the disk from holding up the sockets, because
 * a crash makes uncertain whoever stands here. A claim looked at who was taken out, and the gates were asked before it;
 * both hold for a while only. Attempts are counted upwards, so one number tells the older ones from the younger.
 */
export class Prefetch {
  #claimed: readonly Claimed[] = [];
  /** Index of the first that has not left. */
  #next = 0;
  #lastAttempt = 0;
  #letGoUpTo = 0;
  #timesLetGo = 0;
  /** How far the wall clock was ahead of the monotonic one. */
  #aheadMs = Number.POSITIVE_INFINITY;
  #clocksReadMs = Number.POSITIVE_INFINITY;
  readonly #answers = new RecentAnswers();

  /** Claimed, and not left. */
  get size(): number {
    return this.#claimed.length - this.#next;
  }

  /** To be called as a claim is asked for; `came` takes what this returns. */
  asked(): number {
    return this.#timesLetGo;
  }

  /** A claim is back. Whom it brought is let go of if somebody was taken out meanwhile. */
  came(deliveries: readonly ClaimedDelivery[], asked: number, nowMs: number): void {
    const came = deliveries.map((delivery) => ({ delivery, cameMs: nowMs }));
    this.#claimed = [...this.#claimed.slice(this.#next), ...came];
    this.#next = 0;
    this.#lastAttempt = deliveries.at(-1)?.attemptId ?? this.#lastAttempt;
    if (asked !== this.#timesLetGo) this.#letGoUpTo = this.#lastAttempt;
  }

  /** The next `most` of them leave. */
  take(most: number): readonly ClaimedDelivery[] {
    const taken = this.#claimed.slice(this.#next, this.#next + most);
    this.#next += taken.length;
    return taken.map(({ delivery }) => delivery);
  }

  /** Milliseconds until the first of those who wait here has waited too long. */
  expiresInMs(nowMs: number): number {
    return (this.#claimed[this.#next]?.cameMs ?? nowMs) + LEAVES_WITHIN_MS - nowMs;
  }

  /** Somebody was taken out: whoever was claimed before has to pass a new claim's look. */
  letGo(): void {
    this.#timesLetGo += 1;
    this.#letGoUpTo = this.#lastAttempt;
  }

  /**
   * Both clocks, read every `READ_CLOCKS_EVERY_MS`, and whenever a claim is asked for, is back, or somebody is about to
   * leave. A machine that slept between two readings, which the wall clock alone tells, or a process that stood still, heard
   * nothing of what others said meanwhile: whoever was claimed before is let go of. A wall clock that was set forward looks
   * the same, and costs as little.
   */
  noteClocks(at: number, monotonicMs: number): void {
    const aheadMs = at - monotonicMs;
    const slept = aheadMs - this.#aheadMs > LEAVES_WITHIN_MS;
    if (slept || monotonicMs - this.#clocksReadMs > HELD_UP_MS) this.letGo();
    this.#aheadMs = aheadMs;
    this.#clocksReadMs = monotonicMs;
  }

  /** Whether nobody was taken out since this one was claimed. To be asked right at the socket. */
  holds({ attemptId }: ClaimedDelivery): boolean {
    return attemptId > this.#letGoUpTo;
  }

  /** An answer came: a slot is free. */
  answered(nowMs: number): void {
    this.#answers.note(nowMs);
  }

  /** How many may stand here at a rate and with so many free slots: as many as leave within `PREFETCH_MS`. */
  room(nowMs: number, perSecond: number, freeSlots: number): number {
    const byRate = Math.ceil((perSecond * PREFETCH_MS) / 1000);
    return Math.min(byRate, freeSlots + this.#answers.lately(nowMs));
  }
}

/** A delivery, and when its claim was back, by the monotonic clock. */
interface Claimed {
  readonly delivery: ClaimedDelivery;
  readonly cameMs: number;
}

/** Counts the answers within the last `PREFETCH_MS`: so many slots become free in the next. */
class RecentAnswers {
  #sinceMs = 0;
  #count = 0;
  #before = 0;

  note(nowMs: number): void {
    this.#roll(nowMs);
    this.#count += 1;
  }

  lately(nowMs: number): number {
    this.#roll(nowMs);
    return Math.max(this.#before, this.#count);
  }

  #roll(nowMs: number): void {
    const passedMs = nowMs - this.#sinceMs;
    if (passedMs < PREFETCH_MS) return;
    this.#before = passedMs < 2 * PREFETCH_MS ? this.#count : 0;
    this.#count = 0;
    this.#sinceMs = nowMs;
  }
}
