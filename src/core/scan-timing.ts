/** What decides whether another reading of the provider's list could prove anything. Moments by this machine's clock. */
export interface ScanNews {
  /** Uncertain deliveries of the campaign; at least one. */
  readonly uncertain: number;
  /** When the last of them became uncertain. */
  readonly lastUncertainAt: number;
  /** End of the settle time of the one that settled last; null: none has settled yet. */
  readonly lastSettledAt: number | null;
  /** End of the settle time of the one that settles next; null: all have settled. */
  readonly nextSettledAt: number | null;
  /** When the last reading began that went to the end of the list and judged this campaign; null: there was none. */
  readonly lastReadAt: number | null;
  /** When the last message of the workspace began that was accepted by its answer, tests too; null: there is none. */
  readonly lastControlAt: number | null;
  /** How many that reading left for want of a control alone. */
  readonly withoutControl: number;
  /** How many are proven absent, and wait for somebody's leave to be sent again. */
  readonly provenAbsent: number;
}

/** Where in a run the question is asked, and what may follow from an answer. */
export interface ScanOccasion {
  /** A process begins: what an earlier one left is looked for at once. Later on presence alone is worth no reading. */
  readonly beginning: boolean;
  /** Nothing is left to send. */
  readonly resting: boolean;
  /** Whether those proven absent may be sent again, or somebody can be asked. */
  readonly mayResend: boolean;
}

/** From the moment when a control began until a list may be expected to show it. */
export const LISTED_AFTER_MS = 5_000;
/** Who is left although the settle time is over (a control is missing, a record is unclear) is looked for again after this. */
export const AGAIN_AFTER_MS = 900_000;

/**
 * When to begin a reading of the list: at once where it is not after `at`; null: nothing is foreseen. A list is read
 * again only for something new: somebody became uncertain since, a settle time ended, or a control was made.
 *
 * @param news of the uncertain; null: there are none
 * @param acceptedSettledAt end of the settle time of the accepted ones whom no reading looked for yet; null: there are
 *   none. While a run sends it would begin to look for them over and over.
 */
export function nextReadingAt(
  news: ScanNews | null,
  acceptedSettledAt: number | null,
  at: number,
  occasion: ScanOccasion,
): number | null {
  const forUncertain = news === null ? null : nextScanAt(news, at, occasion);
  if (acceptedSettledAt === null || !(occasion.beginning || occasion.resting)) return forUncertain;
  return Math.min(acceptedSettledAt + 1, forUncertain ?? Number.POSITIVE_INFINITY);
}

function nextScanAt(news: ScanNews, at: number, { beginning, mayResend }: ScanOccasion): number | null {
  const { lastUncertainAt, lastSettledAt, nextSettledAt, lastReadAt, lastControlAt } = news;
  const moments: number[] = [];
  if (beginning && (lastReadAt === null || lastUncertainAt >= lastReadAt)) moments.push(at);
  if (beginning && mayResend && news.provenAbsent > 0) moments.push(at);
  // A scan must begin after the end of a settle time.
  if (nextSettledAt !== null) moments.push(nextSettledAt + 1);
  if (lastSettledAt !== null) {
    moments.push(lastReadAt === null || lastSettledAt >= lastReadAt ? at : lastReadAt + AGAIN_AFTER_MS);
    if (news.withoutControl > 0 && lastReadAt !== null && (lastControlAt ?? 0) >= lastReadAt)
      moments.push((lastControlAt ?? 0) + LISTED_AFTER_MS);
  }
  return moments.length === 0 ? null : Math.min(...moments);
}
