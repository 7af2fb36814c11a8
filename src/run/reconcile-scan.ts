import type { Clock } from '../core/clock.js';
import { ListOrder } from '../core/list-order.js';
import { ListReadings } from '../core/list-readings.js';
import { failed, ok, type Problem, type Result } from '../core/problem.js';
import type {
  ListedPage,
  ListFailure,
  OpenScan,
  PageAdded,
  ProviderList,
  ScanEnd,
  ScanNeed,
  ScanStore,
} from '../core/reconcile-ports.js';
import type { ScanProgress, ScanReport } from '../core/reconcile-report.js';

/**
 * Judges what a scan saw: each page once it is written, and, where the scan was cut short before, null for what was read
 * then. Says whether the rest of the list is worth reading; `once`: to its end, and not a second time.
 */
export type PageJudge = (scanId: number, page: ListedPage | null) => Promise<Result<Worth>>;

/** What of a list is worth reading. */
export type Worth = 'more' | 'once' | 'enough';

/** What reading the list needs. */
export interface ScanPorts {
  readonly ledger: ScanStore;
  readonly list: ProviderList;
  readonly clock: Clock;
  /** Ends the reading; it can be gone on with later. */
  readonly signal: AbortSignal;
  /** Default 5. */
  readonly pagesPerSecond?: number;
  /** Told after every page. Must not throw. */
  readonly onPage?: (progress: ScanProgress) => void;
}

const PAGES_PER_SECOND = 5;
const MOST_STALE_PAGES = 3;
/** A second reading goes in circles when it is so much longer than the first, and so many pages. */
const MOST_TIMES_LONGER = 3;
const MOST_PAGES_MORE = 100;
/** A list from which records vanish in each of so many readings tells nothing of who is not in it. */
const MOST_READINGS = 5;

const COMPLETE: ScanEnd = { kind: 'complete' };
const ENOUGH: ScanEnd = { kind: 'enough' };

/**
 * Reads the list into the ledger, page by page, until its token is null: paced, each page written before the next
 * is asked for, so that a crash loses at most one and a power cut the last few. Nothing but the null token is an end; then
 * it is read once more, as far as that tells something and `judge` wants it. A list that goes in circles (a token twice, or three pages running
 * with nothing new) and a page that cannot be had end it early.
 * Fails only when the ledger or `judge` does.
 */
export async function readList(
  ports: ScanPorts,
  need: ScanNeed,
  judge: PageJudge = READ_ALL,
): Promise<Result<ScanReport>> {
  const opened = await ports.ledger.openScan(need);
  if (!opened.ok) return opened;
  const reading = await readPages(ports, opened.value, judge);
  if (!reading.ok) return reading;
  const { end, pages, records } = reading.value;
  const { id, startedAt, resumed } = opened.value;
  const ended = await ports.ledger.endScan(id, end, ports.clock.now());
  if (!ended.ok) return ended;
  const problem = end.kind === 'broken' ? end.problem : null;
  return ok({ id, startedAt, resumed, pages, records, complete: end.kind === 'complete', problem });
}

const READ_ALL: PageJudge = () => Promise.resolve(ok('more'));

interface Reading extends ScanProgress {
  readonly end: ScanEnd;
}

async function readPages(ports: ScanPorts, scan: OpenScan, judge: PageJudge): Promise<Result<Reading>> {
  const next = paced(ports);
  const order = new ListOrder();
  const readings = new ListReadings();
  let { token, pages, records } = scan;
  const known = scan.resumed ? await judge(scan.id, null) : ok('more');
  if (!known.ok) return known;
  if (known.value === 'enough') return ok({ end: ENOUGH, pages, records });
  for (;;) {
    await next();
    const page = await readPage(ports, token, interruption(pages + 1, 'reconcile.scan.interrupted'));
    if (page.kind === 'failed') {
      const end = { kind: 'broken', problem: page.problem, resumable: page.passing } as const;
      return ok({ end, pages, records });
    }
    const added = await ports.ledger.addPage(scan.id, page);
    if (!added.ok) return failed(...added.problems);
    order.see(page, added.value.newRecords);
    if (order.counts) readings.see(page.records);
    pages += 1;
    records += added.value.newRecords;
    token = page.nextToken;
    ports.onPage?.({ pages, records });
    const judged = await judge(scan.id, page);
    if (!judged.ok) return judged;
    if (token === null) {
      const isSeen = pages === 1 || judged.value === 'enough';
      if (!isSeen && judged.value === 'once') return ok({ end: ENOUGH, pages, records });
      const first = { pages, records, resumed: scan.resumed, order, readings, next };
      const end = isSeen ? ok(COMPLETE) : await readAgain(ports, scan.id, judge, first);
      return end.ok ? ok({ end: end.value, pages, records }) : end;
    }
    if (judged.value === 'enough') return ok({ end: ENOUGH, pages, records });
    const problem = circleOf(added.value, pages);
    if (problem !== null) return ok({ end: { kind: 'broken', problem, resumable: false }, pages, records });
  }
}

/** What a second reading has to know of the first. */
interface FirstReading extends ScanProgress {
  /** It was in two parts: between them much may have moved. */
  readonly resumed: boolean;
  readonly order: ListOrder;
  readonly readings: ListReadings;
  readonly next: () => Promise<void>;
}

/**
 * A list in the order of the last change puts a record to its front while the rest is read, where it was not yet, and others
 * in front of that one: so a list that may move is read once more, to its end. Of one that goes by when its records were made
 * the front is enough, as long as it comes as it came before, until nothing new was in it for a while. Without it nobody knows
 * whether all was seen. One whose tokens count records is read until none vanished meanwhile.
 */
async function readAgain(
  ports: ScanPorts,
  scanId: number,
  judge: PageJudge,
  first: FirstReading,
): Promise<Result<ScanEnd>> {
  const { order, readings, resumed } = first;
  readings.end(!resumed);
  let { pages } = first;
  for (let reading = 2; reading <= MOST_READINGS; reading += 1) {
    const again = await readOnceMore(ports, scanId, judge, { ...first, pages });
    if (!again.ok) return again;
    const { end, isEnough, pages: read } = again.value;
    pages += read;
    if (end.kind !== 'complete' || isEnough || !order.counts || readings.end(true)) return ok(end);
  }
  return ok(unsteady(pages));
}

/** One more reading: to the end of the list, or as far as it tells something. */
async function readOnceMore(
  ports: ScanPorts,
  scanId: number,
  judge: PageJudge,
  { pages, records, resumed, order, readings, next }: FirstReading,
): Promise<Result<{ readonly end: ScanEnd; readonly isEnough: boolean; readonly pages: number }>> {
  const { ledger, onPage } = ports;
  let token: string | null = null;
  let stale = 0;
  for (let again = 1; resumed || order.mayMove || stale < MOST_STALE_PAGES; again += 1) {
    await next();
    const stopped = interruption(pages + again, 'reconcile.scan.interrupted-again');
    const page: ListedPage | ListFailure = await readPage(ports, token, stopped);
    if (page.kind === 'failed') return ended({ kind: 'broken', problem: page.problem, resumable: false });
    token = page.nextToken;
    // Without a token: who dies here begins the list anew.
    const added = await ledger.addPage(scanId, { ...page, nextToken: null });
    if (!added.ok) return failed(...added.problems);
    if (order.counts) readings.see(page.records);
    onPage?.({ pages: pages + again, records });
    const judged = await judge(scanId, page);
    if (!judged.ok) return judged;
    if (token === null || judged.value === 'enough') return ended(COMPLETE, judged.value === 'enough', again);
    stale = added.value.newRecords === 0 ? stale + 1 : 0;
    order.seeAgain(page.records, added.value.newRecords);
    if (again >= MOST_TIMES_LONGER * pages + MOST_PAGES_MORE) return ended(unsteady(pages + again));
  }
  return ended(COMPLETE);
}

function unsteady(page: number): ScanEnd {
  return {
    kind: 'broken',
    problem: { code: 'reconcile.scan.unsteady', params: { page } },
    resumable: false,
  };
}

function ended(end: ScanEnd, isEnough = false, pages = 0) {
  return ok({ end, isEnough, pages });
}

function circleOf({ tokenRepeated, stalePages }: PageAdded, page: number): Problem | null {
  if (tokenRepeated) return { code: 'reconcile.scan.token-repeated', params: { page } };
  if (stalePages < MOST_STALE_PAGES) return null;
  return { code: 'reconcile.scan.nothing-new', params: { page, pages: stalePages } };
}

/** A page, or that the reading was stopped: before it was asked for, or while it was under way. */
async function readPage(
  { list, signal }: ScanPorts,
  token: string | null,
  stopped: ListFailure,
): Promise<ListedPage | ListFailure> {
  if (signal.aborted) return stopped;
  const page = await list.read(token, signal);
  return page.kind === 'failed' && page.passing && signal.aborted ? stopped : page;
}

/** A reading that is made again begins with the first one, and so says that nothing goes on from here. */
function interruption(
  page: number,
  code: 'reconcile.scan.interrupted' | 'reconcile.scan.interrupted-again',
): ListFailure {
  return { kind: 'failed', passing: true, problem: { code, params: { page } } };
}

/** Keeps pages evenly apart: no burst, also not after a slow one. */
function paced({ clock, signal, pagesPerSecond = PAGES_PER_SECOND }: ScanPorts): () => Promise<void> {
  const apartMs = 1_000 / pagesPerSecond;
  let last = Number.NEGATIVE_INFINITY;
  return async () => {
    const waitMs = last + apartMs - clock.monotonicMs();
    if (waitMs > 0) await clock.sleep(Math.ceil(waitMs), signal);
    last = clock.monotonicMs();
  };
}
