import { onTestFinished } from 'vitest';
import type { SettlePolicy } from '../../src/core/absence.js';
import type { CampaignType } from '../../src/core/campaign.js';
import type { Clock } from '../../src/core/clock.js';
import type { ListedSend } from '../../src/core/match.js';
import { personOf } from '../../src/core/phone.js';
import type { Variable } from '../../src/core/recipient.js';
import type {
  AuditFinding,
  AuditLedger,
  ListedPage,
  ListFailure,
  ProviderList,
} from '../../src/core/reconcile-ports.js';
import type { ClockReading } from '../../src/core/steady-time.js';
import { type LedgerDatabase, openLedger } from '../../src/ledger/sqlite/open-ledger.js';
import { settlingIn } from '../../src/ledger/sqlite/reconcile-ledger.js';
import { audit } from '../../src/run/audit.js';
import { type ReconcileOptions, reconcile } from '../../src/run/reconcile.js';
import { beginTestSend, endTestSend, openCampaign } from '../support/on-sqlite.js';
import { unwrapped } from '../support/results.js';

export const MINUTE = 60_000;
export const NOON = Date.UTC(2026, 2, 21, 12);
export const policy: SettlePolicy = { settleMs: 15 * MINUTE, timeoutMs: MINUTE };

/** A clock that only sleeping and the test move. */
export class TestClock implements Clock {
  at: number;
  /** How far the wall clock is set off from the time that really passes. */
  setMs = 0;
  bootId = 'boot-1';
  readonly slept: number[] = [];

  constructor(at: number) {
    this.at = at;
  }
  now(): number {
    return this.at + this.setMs;
  }
  monotonicMs(): number {
    return this.at;
  }
  readonly read = (): ClockReading => ({
    at: this.now(),
    bootId: this.bootId,
    monotonicMs: this.at,
    providerOffsetMs: null,
  });
  sleep(ms: number): Promise<void> {
    this.at += ms;
    if (ms > 0) this.slept.push(ms);
    return Promise.resolve();
  }
}

let ids = 0;

/** A listed send of the campaign "Welcome". */
export function listed(phone: string, createdAt: number, over: Partial<ListedSend> = {}): ListedSend {
  ids += 1;
  return {
    id: `r${String(ids).padStart(6, '0')}`,
    numbers: [phone, '51999999999'],
    templates: ['welcome_es'],
    campaignNames: ['Welcome'],
    type: 1,
    createdAt,
    failed: false,
    contactId: `contact-${phone}`,
    values: null,
    summary: 'success',
    ...over,
  };
}

/** A provider's list, newest first, whose tokens stand for offsets: what arrives pushes everything else back. */
export class TestList implements ProviderList {
  records: ListedSend[];
  /** The offsets that were asked for; null: the beginning. */
  readonly asked: (string | null)[] = [];
  pageSize = 20;
  offsetMs: number | null = 0;
  /** Whether its tokens show that they count records. */
  counts = false;
  /** Called before the page is made; may change the list or give a page of its own. */
  before: (page: number) => ListedPage | ListFailure | null = () => null;

  constructor(records: readonly ListedSend[] = []) {
    this.records = [...records];
  }

  read(token: string | null): Promise<ListedPage | ListFailure> {
    const place = token?.replace('after-', '') ?? null;
    this.asked.push(place);
    const own = this.before(this.asked.length);
    if (own !== null) return Promise.resolve(own);
    const offset = Number(place ?? 0);
    const next = offset + this.pageSize;
    return Promise.resolve({
      kind: 'page',
      records: this.records.slice(offset, next),
      nextToken: next < this.records.length ? `${this.counts ? '' : 'after-'}${next}` : null,
      clockOffsetMs: this.offsetMs,
      receivedAt: 0,
    });
  }
}

/** How a delivery came to stand in the ledger. */
export interface Planted {
  readonly status?: 'accepted' | 'uncertain' | 'refused' | 'exhausted' | 'pending' | 'skipped';
  readonly reason?: string | null;
  readonly key?: string;
  readonly campaignId?: number;
  readonly errorCode?: string;
  /** What its body is filled with; left out: nothing. */
  readonly body?: readonly Variable[];
}

export interface TestWorld {
  readonly db: LedgerDatabase;
  readonly clock: TestClock;
  readonly list: TestList;
  readonly campaignId: number;
  readonly ledger: AuditLedger;
  campaign(
    name: string,
    over?: { template?: string; type?: CampaignType; campaignName?: string | null },
  ): number;
  /** A delivery with one attempt; returns its id. */
  plant(phone: string, startedAt: number, how?: Planted): number;
  /** A test message; left out: accepted, without variables. */
  test(
    phone: string,
    startedAt: number,
    how?: { outcome?: 'accepted' | 'uncertain'; body?: readonly Variable[] },
  ): number;
  statusOf(deliveryId: number): { status: string; confirmation: string | null; reason: string | null };
  /** Settles against the test's list, or another. */
  settle(over?: Partial<ReconcileOptions>, list?: ProviderList): ReturnType<typeof settled>;
}

/** A ledger with one campaign, a list and a clock; closed when the test ends. */
export function world(file = ':memory:'): TestWorld {
  const db = unwrapped(openLedger(file, { mode: 'create' }));
  onTestFinished(() => void db.close());
  const clock = new TestClock(NOON + 60 * MINUTE);
  const list = new TestList();
  const campaign: TestWorld['campaign'] = (name, over = {}) => {
    const identity = { template: 'welcome_es', type: 'campaign', campaignName: 'Welcome', ...over } as const;
    const entry = {
      workspace: 'ws-1',
      name,
      baseUrl: 'http://x',
      file: '/c.yaml',
      keyColumn: null,
      ...identity,
    };
    return unwrapped(openCampaign(db, entry, true, NOON)).id;
  };
  const campaignId = campaign('welcome');
  const scope = { campaignId, workspace: 'ws-1', sender: 'sender-1' };
  const ledger = settlingIn(db, scope, clock.read);
  planRun(db, campaignId);
  const made: TestWorld = {
    db,
    clock,
    list,
    campaignId,
    ledger,
    campaign,
    plant: (phone, startedAt, how = {}) => plant(db, phone, startedAt, { campaignId, ...how }),
    test: (phone, startedAt, { outcome = 'accepted', body = [] } = {}) => {
      const test = {
        workspace: 'ws-1',
        campaign: 'welcome',
        template: 'welcome_es',
        phone,
        person: personOf(phone),
        body,
        header: [],
        press: null,
      };
      const id = Number(beginTestSend(db, test, startedAt));
      endTestSend(db, id, outcome, { httpStatus: 200, errorCode: null, errorMessage: null }, startedAt + 300);
      return id;
    },
    statusOf: (id) =>
      db.prepare('SELECT status, confirmation, reason FROM deliveries WHERE id = ?').get(id) as never,
    settle: (over = {}, other = list) => settled(made, over, other),
  };
  return made;
}

async function settled({ ledger, clock }: TestWorld, over: Partial<ReconcileOptions>, list: ProviderList) {
  const ports = { ledger, list, clock, signal: new AbortController().signal };
  return unwrapped(await reconcile(ports, { policy, resend: 'no', by: 'tester', ...over }));
}

/** The run that planted attempts belong to, begun when the clocks were right. */
function planRun(db: LedgerDatabase, campaignId: number): void {
  db.prepare(
    `INSERT INTO runs (id, campaign_id, pid, host, started_at, ended_at, rate_per_second, after_attempt_id)
     VALUES (1, ?, 1, 'h', ?, ?, 1, 0)`,
  ).run(campaignId, NOON, NOON);
  noteClock(db, 0, { at: NOON, bootId: 'boot-1', monotonicMs: NOON, providerOffsetMs: 0 });
}

/** The clocks by which attempts with ids above this one began. */
export function noteClock(
  db: LedgerDatabase,
  afterAttemptId: number,
  { at, bootId, monotonicMs, providerOffsetMs }: ClockReading,
): void {
  db.prepare('INSERT OR REPLACE INTO run_clocks VALUES (1, ?, ?, ?, ?, ?)').run(
    afterAttemptId,
    at,
    bootId,
    monotonicMs,
    providerOffsetMs,
  );
}

function plant(
  db: LedgerDatabase,
  phone: string,
  startedAt: number,
  { status = 'accepted', reason = null, key = '', campaignId = 0, errorCode, body = [] }: Planted,
): number {
  const outcome = { accepted: 'accepted', uncertain: 'uncertain', refused: 'refused', exhausted: 'deferred' };
  const attempted = status in outcome;
  const at = attempted ? startedAt : null;
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO deliveries (campaign_id, person, key, phone, country, line, import_id, status, reason, attempts,
         first_attempt_at, last_attempt_at, error_code, transient_refusals, deferrals)
       VALUES (?, ?, ?, ?, 'PE', 2, 1, ?, ?, ?, ?, ?, ?, 3, 4)`,
    )
    .run(
      campaignId,
      personOf(phone),
      key,
      phone,
      status,
      reason,
      attempted ? 1 : 0,
      at,
      at,
      errorCode ?? null,
    );
  const id = Number(lastInsertRowid);
  db.prepare("INSERT INTO contents (delivery_id, body, header, cells) VALUES (?, ?, '[]', '[]')").run(
    id,
    JSON.stringify(body),
  );
  if (attempted) attempt(db, id, startedAt, outcome[status as keyof typeof outcome]);
  return id;
}

function attempt(db: LedgerDatabase, deliveryId: number, startedAt: number, outcome: string): void {
  const live = outcome === 'accepted' || outcome === 'uncertain' ? 1 : null;
  db.prepare(
    'INSERT INTO attempts (delivery_id, run_id, started_at, ended_at, outcome, live) VALUES (?, 1, ?, ?, ?, ?)',
  ).run(deliveryId, startedAt, startedAt + 500, outcome, live);
}

/** A delivery proven or declared absent before is tried again: its next attempt. */
export function tryAgain(db: LedgerDatabase, deliveryId: number, startedAt: number, outcome: string): void {
  db.prepare("UPDATE deliveries SET status = ?, last_attempt_at = ? WHERE id = ? AND status = 'pending'").run(
    outcome,
    startedAt,
    deliveryId,
  );
  attempt(db, deliveryId, startedAt, outcome);
}

/** An audit of all that the world has, and what it found. */
export async function audited(made: TestWorld) {
  const rows: AuditFinding[] = [];
  const ports = { ...made, signal: new AbortController().signal };
  const report = await audit(
    ports,
    'tester',
    (findings) => {
      rows.push(...findings);
      return Promise.resolve();
    },
    policy.settleMs,
  );
  return { report: unwrapped(report), rows };
}
