import { byRecord, claimsOf, type KnownSend, type RecordClaim } from './claims.js';
import { type Fit, LEAST_PRESENT, type Likeness, presenceOf, type SeenRecord } from './match.js';
import { match } from './matching.js';

export type { KnownSend, SendStanding } from './claims.js';

/** A record that belongs to a send. */
export interface Match {
  readonly send: KnownSend;
  readonly record: SeenRecord;
  readonly likeness: Exclude<Likeness, 'possible' | 'none'>;
  /** True: no other send of this person could own the record, so a part of the list is enough to say so. */
  readonly unrivalled: boolean;
}

/**
 * Why a send has no record: `unlisted`: nothing like it was seen that is not another's; `ambiguous`: there are fewer
 * records than sends that they fit equally well, and this is one of those; `claimed`: a record fits it better than
 * the send that stored evidence gave the record to; `unclear`: a record may be its own, but cannot be read well
 * enough to say, or is of a message that nobody here knows.
 */
export type Unmatched = 'unlisted' | 'ambiguous' | 'claimed' | 'unclear';

/** Who owns which record. */
export interface Assignment {
  readonly matches: readonly Match[];
  readonly unmatched: ReadonlyMap<KnownSend, Unmatched>;
  /** Further records that fit a send which owns one already: somebody got it more than once. */
  readonly extra: readonly { readonly send: KnownSend; readonly record: SeenRecord }[];
}

/**
 * Gives the records of one person (and those that name nobody) to the sends to that person. Each record goes to one
 * send at most and each send gets one record at most: first what stored evidence says, then from the best fit to the
 * least, and as many as can be given. Accepted sends come before uncertain ones, because they were surely executed,
 * and those called absent come last; where nothing but the order of time would decide between others, none of them
 * gets one. The order of `sends` and `records` and repeated records do not matter.
 */
export function assign(sends: readonly KnownSend[], records: readonly SeenRecord[]): Assignment {
  return new Assigning(sends, records).result();
}

/** A send with the records that fit it, and those of them that it could own now. */
interface Candidate {
  readonly send: KnownSend;
  readonly claims: ReadonlyMap<SeenRecord, RecordClaim>;
  wishes: readonly SeenRecord[];
}

class Assigning {
  readonly #candidates: readonly Candidate[];
  readonly #records: readonly SeenRecord[];
  readonly #owned = new Map<Candidate, SeenRecord>();
  /** Records that are somebody's, although it may be open whose, and how well they fit there. */
  readonly #taken = new Map<SeenRecord, Fit>();
  #ambiguous: ReadonlySet<Candidate> = new Set();

  constructor(sends: readonly KnownSend[], records: readonly SeenRecord[]) {
    this.#records = [...new Map(records.map((record) => [record.id, record])).values()].sort(byRecord);
    this.#candidates = [...sends]
      .sort(bySend)
      .map((send) => ({ send, claims: claimsOf(send, this.#records), wishes: [] }));
    this.#giveByEvidence();
    const fits = this.#fits();
    for (const least of fits) this.#giveFrom(least, least === fits.at(-1));
    this.#giveAstray();
  }

  result(): Assignment {
    const unowned = this.#candidates.filter((one) => !this.#owned.has(one));
    return {
      matches: [...this.#owned].map(([owner, record]) => this.#matchOf(owner, record)),
      unmatched: new Map(unowned.map((one) => [one.send, this.#whyUnmatched(one)])),
      extra: this.#records.flatMap((record) => this.#extraOf(record)),
    };
  }

  #give(owner: Candidate, record: SeenRecord): void {
    this.#owned.set(owner, record);
    this.#taken.set(record, fitOn(owner, record));
  }

  #giveByEvidence(): void {
    const byId = new Map(this.#records.map((record) => [record.id, record]));
    for (const one of this.#candidates) {
      const record = one.send.ownRecordId === null ? undefined : byId.get(one.send.ownRecordId);
      if (record !== undefined && !this.#taken.has(record)) this.#give(one, record);
    }
  }

  /** Whose record stored evidence knows looks for no other, also where this scan did not see it. */
  #open(): readonly Candidate[] {
    return this.#candidates.filter((one) => one.send.ownRecordId === null && !this.#owned.has(one));
  }

  /** How well records fit that can be owned, the best first. */
  #fits(): readonly Fit[] {
    const fits = new Set<Fit>();
    for (const { claims } of this.#candidates) for (const { timely } of claims.values()) fits.add(timely);
    return [...fits].filter((fit) => fit >= LEAST_PRESENT).sort((a, b) => b - a);
  }

  /** Who surely owns one of the open records that fit at least so well gets it; the others wait for a lesser fit. */
  #giveFrom(least: Fit, last: boolean): void {
    const owners = this.#open();
    for (const one of owners) {
      one.wishes = [...one.claims.values()]
        .filter(({ record, timely }) => timely >= least && !this.#taken.has(record))
        .map(({ record }) => record);
    }
    const { owned, undecided } = match({ owners, wishesOf: ({ wishes }) => wishes, classOf });
    for (const [one, record] of owned) {
      if (!undecided.has(one)) this.#give(one, record);
      else if (last) this.#taken.set(record, fitOn(one, record));
    }
    this.#ambiguous = undecided;
  }

  /**
   * A message whose record has not turned up: one that came late or early may be its own, because a clock was set. Late
   * and free, it is; given to a send of unknown fate, nobody can say whose it is. A record of an attempt that was called
   * absent settles a send of unknown fate, where nobody else has it.
   */
  #giveAstray(): void {
    const ambiguous = new Set(this.#ambiguous);
    for (const one of this.#open()) {
      const claims = [...one.claims.values()];
      const free = claims.find((claim) => mayTake(one, claim) && !this.#taken.has(claim.record));
      if (free !== undefined) this.#giveLate(one, free.record);
      else for (const claim of claims) if (isAstray(one, claim)) this.#contest(one, claim.record, ambiguous);
    }
    this.#ambiguous = ambiguous;
  }

  /** By its time it may be of another as well, which it therefore does not clear. */
  #giveLate(owner: Candidate, record: SeenRecord): void {
    this.#owned.set(owner, record);
    this.#taken.set(record, 0);
  }

  /** Who has the record may be without one, and so may whoever has one that would fit this owner just as well. */
  #contest(rival: Candidate, record: SeenRecord, ambiguous: Set<Candidate>): void {
    if (!this.#taken.has(record)) return;
    const [owner] = [...this.#owned].find(([, owned]) => owned === record) ?? [];
    if (owner !== undefined && isSure(owner)) return;
    ambiguous.add(rival);
    // Nobody has it by now where it is open whose it is.
    if (owner === undefined) return;
    this.#owned.delete(owner);
    ambiguous.add(owner);
    for (const [other, theirs] of [...this.#owned])
      if (timelyOn(owner, theirs) >= Math.max(LEAST_PRESENT, timelyOn(other, theirs)))
        this.#contest(owner, theirs, ambiguous);
  }

  #matchOf(owner: Candidate, record: SeenRecord): Match {
    const unrivalled = !this.#candidates.some((other) => other !== owner && mayOwn(other, record));
    return { send: owner.send, record, likeness: presenceOf(fitOn(owner, record)), unrivalled };
  }

  /**
   * A record that is another's says nothing about this send where it fits the other better, or both exactly. A damaged
   * one that fits both alike may be the only trace of this one: the other's own may have been lost.
   */
  #whyUnmatched(one: Candidate): Unmatched {
    if (this.#ambiguous.has(one)) return 'ambiguous';
    const open = [...one.claims.values()].filter(({ record, fit }) => {
      const taken = this.#taken.get(record) ?? 0;
      return taken < fit || (taken === fit && !isExact(fit));
    });
    const isClaimed = open.some(
      ({ record, fit }) => fit >= LEAST_PRESENT && (this.#taken.get(record) ?? 0) < fit,
    );
    if (isClaimed) return 'claimed';
    return open.length > 0 ? 'unclear' : 'unlisted';
  }

  #extraOf(record: SeenRecord): Assignment['extra'] {
    if (this.#taken.has(record)) return [];
    const has = (one: Candidate): boolean => this.#owned.has(one) || one.send.ownRecordId !== null;
    const fitting = (rank: number): Candidate | undefined =>
      this.#candidates.find((one) => has(one) && presenceRank(fitOn(one, record)) === rank);
    const owner = fitting(2) ?? fitting(1);
    return owner === undefined ? [] : [{ send: owner.send, record }];
  }
}

function fitOn({ claims }: Candidate, record: SeenRecord): Fit {
  return claims.get(record)?.fit ?? 0;
}

/** Stored evidence says whose its record is, or an answer that it was executed. */
function isSure({ send }: Candidate): boolean {
  return send.ownRecordId !== null || send.standing === 'accepted';
}

function timelyOn({ claims }: Candidate, record: SeenRecord): Fit {
  return claims.get(record)?.timely ?? 0;
}

function mayOwn(one: Candidate, record: SeenRecord): boolean {
  const claim = one.claims.get(record);
  return claim !== undefined && (claim.timely >= LEAST_PRESENT || mayTake(one, claim));
}

/** Whether a record that nobody else has is its own. One that was accepted has another: that of what was accepted. */
function mayTake({ send }: Candidate, { late, former }: RecordClaim): boolean {
  return late || (former && send.standing !== 'accepted');
}

/** Its time is another's, of which a clock that was set may be the cause; what was called absent has no record to come early. */
function isAstray({ send }: Candidate, { late, early }: RecordClaim): boolean {
  return late || (early && precedenceOf(send) < 2);
}

function isExact(fit: Fit): boolean {
  return fit >= LEAST_PRESENT && presenceOf(fit) === 'exact';
}

function presenceRank(fit: Fit): number {
  return isExact(fit) ? 2 : fit >= LEAST_PRESENT ? 1 : 0;
}

/**
 * What was taken by its answer, or by an operator's word, was surely executed; what was called absent hardly, and of
 * that what waits to be sent again comes first: with the record it does not go out.
 */
function precedenceOf({ standing }: KnownSend): number {
  if (standing === 'accepted') return 0;
  if (standing === 'requeued') return 2;
  return standing === 'given-up' ? 3 : 1;
}

/**
 * Only between those of unknown fate the choice says something, and between those to whom nothing goes out any more. Of
 * accepted sends both were executed, and a missing record is missing either way; of those that wait to be sent again, the
 * one that gets the record does not go out.
 */
function classOf({ send }: Candidate): number | null {
  if (send.standing === 'given-up') return 2;
  return send.standing === 'uncertain' || send.standing === 'other' ? 1 : null;
}

/**
 * Of accepted sends the latest first: records are made after their sends, so it has fewer to choose from, and an earlier
 * one may own a damaged record that is older.
 */
function bySend(a: KnownSend, b: KnownSend): number {
  const later = startOf(a) - startOf(b);
  return (
    precedenceOf(a) - precedenceOf(b) ||
    (precedenceOf(a) === 0 ? -later : later) ||
    Number(a.kind === 'test') - Number(b.kind === 'test') ||
    a.id - b.id
  );
}

function startOf(send: KnownSend): number {
  return Math.min(...send.tries.map((attempt) => attempt.startedAt));
}
