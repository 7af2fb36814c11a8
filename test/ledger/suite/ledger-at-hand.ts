import { expect } from 'vitest';
import type { ClaimedDelivery } from '../../../src/core/delivery.js';
import type { CampaignEntry, CampaignRecord } from '../../../src/core/ledger/campaigns.js';
import type { FrequencyLimit, ImportSummary } from '../../../src/core/ledger/imports.js';
import type { Ledger } from '../../../src/core/ledger/ledger.js';
import type { Outcome } from '../../../src/core/outcome.js';
import type { RunLedger } from '../../../src/core/ports.js';
import type { Recipient, RowVerdict } from '../../../src/core/recipient.js';
import type { ReportRow } from '../../../src/core/report-data.js';
import type { ClockReading } from '../../../src/core/steady-time.js';
import { unwrapped } from '../../support/results.js';
import { dispatchesOf, recipient, settlementOf, WORKSPACE } from '../../support/sends.js';

/** A ledger that was made for one test, and what gets at it past the port. */
export interface LedgerAtHand {
  readonly ledger: Ledger;
  /** Does what no method does; rejects with the database's own words when the schema refuses it. */
  rawly(sql: string): Promise<void>;
  /** The same ledger as another process opens it; itself where no other process can. */
  again(): Promise<Ledger>;
}

/** Makes an empty ledger for the test that goes on, which closes and removes it. */
export type OpenLedger = () => Promise<LedgerAtHand>;

/** A campaign in a ledger. */
export interface Place extends LedgerAtHand {
  readonly campaign: CampaignRecord;
}

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
export const OPERATOR = { by: 'maria', at: 4_000 };

/** What a campaign file says; `name` tells campaigns apart. */
export function entryOf(over: Partial<CampaignEntry> = {}): CampaignEntry {
  const { name = 'sale' } = over;
  const identity = { template: 'sale_es', type: 'campaign', campaignName: name, keyColumn: null } as const;
  const file = `/${name}/campaign.yaml`;
  return { ...identity, workspace: WORKSPACE, name, baseUrl: 'http://127.0.0.1', file, ...over };
}

/** Enters a campaign in a ledger. */
export async function campaignIn(at: LedgerAtHand, over: Partial<CampaignEntry> = {}): Promise<Place> {
  const campaign = unwrapped(await at.ledger.campaigns.open(entryOf(over), false, 1_000));
  return { ledger: at.ledger, rawly: at.rawly, again: at.again, campaign };
}

/** The first so many people. */
export function people(count: number): readonly Recipient[] {
  return Array.from({ length: count }, (_, index) => recipient(index));
}

/** A row that cannot be sent. */
export function rejectedRow(line: number): RowVerdict {
  const rejection = { line, phone: 'abc', reason: 'phone.invalid', column: 'phone', value: 'abc' } as const;
  return { kind: 'rejection', rejection: { ...rejection, cells: ['abc'] } };
}

/** Imports rows as one file. `digest` tells files apart. */
export function imported(
  { ledger, campaign }: Place,
  rows: readonly (Recipient | RowVerdict)[],
  digest = 'd1',
  at = 1_000,
): Promise<ImportSummary> {
  const source = { file: 'recipients.csv', fileDigest: digest, settingsDigest: 's', columns: ['phone'] };
  return ledger.imports.take({ campaignId: campaign.id, source, at }, inOneBatch(rows.map(verdictOf)));
}

function verdictOf(row: Recipient | RowVerdict): RowVerdict {
  return 'kind' in row ? row : { kind: 'recipient', recipient: row };
}

async function* inOneBatch(rows: readonly RowVerdict[]): AsyncGenerator<readonly RowVerdict[]> {
  yield rows;
}

/** A campaign with so many people, nobody sent to yet. */
export async function campaignWith(open: OpenLedger, count: number): Promise<Place> {
  const place = await campaignIn(await open());
  await imported(place, people(count));
  return place;
}

/** Clocks that nobody set, at this moment. */
export function clocksAt(at: number): ClockReading {
  return { at, bootId: 'boot', monotonicMs: at, providerOffsetMs: null };
}

/** A run of a campaign. */
export async function runIn(
  { ledger, campaign }: Pick<Place, 'ledger' | 'campaign'>,
  limit: FrequencyLimit | null = null,
  at = 1_000,
): Promise<RunLedger> {
  return (await begunIn({ ledger, campaign }, limit, at)).ledger;
}

/** A run of a campaign, with its id. */
export function begunIn(
  { ledger, campaign }: Pick<Place, 'ledger' | 'campaign'>,
  limit: FrequencyLimit | null = null,
  at = 1_000,
): ReturnType<Ledger['runs']['begin']> {
  const { id: campaignId, workspace } = campaign;
  const run = { campaignId, workspace, limit, pid: 1, host: 'host', at, ratePerSecond: 10 };
  return ledger.runs.begin(run, () => clocksAt(at));
}

/** Who is claimed now. */
export async function claimedBy(run: RunLedger, max = 9, at = 1_500): Promise<readonly ClaimedDelivery[]> {
  return dispatchesOf(await run.claim(max, at));
}

/** Claims one, and fails the test where there is none. */
export async function claimedOne(run: RunLedger, at = 1_500): Promise<ClaimedDelivery> {
  const [delivery] = await claimedBy(run, 1, at);
  if (delivery === undefined) throw new Error('nothing was claimed');
  return delivery;
}

/** Writes what became of a claimed one. */
export async function ended(
  run: RunLedger,
  delivery: ClaimedDelivery,
  outcome: Outcome,
  at = 2_000,
): Promise<void> {
  run.recordOutcome(settlementOf(delivery, outcome, at));
  expect(await run.flush()).toEqual({ kind: 'written' });
}

/** A campaign whose only delivery ended in this way. */
export async function settledAs(open: OpenLedger, outcome: Outcome) {
  const place = await campaignWith(open, 1);
  const run = await runIn(place);
  const delivery = await claimedOne(run);
  await ended(run, delivery, outcome);
  return { ...place, run, delivery };
}

/** Everything of a stream. */
export async function collected<T>(stream: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const one of stream) all.push(one);
  return all;
}

/** The rows of a campaign's report. */
export async function rowsOf({ ledger, campaign }: Place): Promise<readonly ReportRow[]> {
  return (await collected(ledger.reports.rows(campaign.id, null))).flat();
}

/** Where the delivery to a person stands. */
export async function standing(place: Place, person: string) {
  const row = (await rowsOf(place)).find(({ phone }) => phone === person);
  return { status: row?.status, reason: row?.reason };
}

/** How many stand where. */
export function countsOf({ ledger, campaign }: Place) {
  return ledger.campaigns.counts(campaign.id);
}

/** Nobody was lost and nobody came to be twice. */
export async function expectBalance(place: Place): Promise<void> {
  const { imported: all, counted } = await place.ledger.runs.balance(place.campaign.id);
  expect(counted).toBe(all);
  const { recipients, pending, sending, accepted, refused, exhausted, uncertain, skipped } =
    await countsOf(place);
  expect(pending + sending + accepted + refused + exhausted + uncertain + skipped).toBe(recipients);
}

/** Brings a campaign in line with lists and limits, as every send does. */
export function takenOut(
  { ledger, campaign }: Place,
  at: number,
  limit: FrequencyLimit | null = null,
  confirmedAt: number | null = null,
): Promise<void> {
  return ledger.imports.takeOut(campaign.id, { workspace: campaign.workspace, limit, at, confirmedAt });
}
