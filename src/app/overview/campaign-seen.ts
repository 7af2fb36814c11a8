import { basename, dirname } from 'node:path';
import type { Campaign } from '../../core/campaign.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { ok, type Problem, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { nameOf } from '../home/campaign-folders.js';
import { withLedgerIfAny } from '../open-ledger.js';
import { type Standing, standingOf } from './standing.js';

/** A campaign by its folder, by what the ledger knows of it, or by both. */
export interface CampaignSeen {
  /** Names it in addresses: the name of its folder, or `@` and its number in the ledger where it has no folder here. */
  readonly key: string;
  readonly name: string;
  /** Absolute path of its folder; null: it is known from the ledger alone. */
  readonly folder: string | null;
  /** What its file says; null: there is none here, or it cannot be read. */
  readonly campaign: Campaign | null;
  /** Why the file cannot be read. */
  readonly problems: readonly Problem[];
  /** By workspace: those that were really sent first, then the sandbox's. */
  readonly standings: readonly Standing[];
  /** Absolute path of another folder from which it was sent already: this one is a copy. null: there is none. */
  readonly sentFrom: string | null;
}

/**
 * One campaign by its key. The key is compared with the names of the folders that there are, and never made part of a
 * path: nothing in it leads elsewhere. null: there is none.
 */
export function campaignByKey(key: string, folder: string, app: App): Promise<Result<CampaignSeen | null>> {
  return withLedgerIfAny(app, async (ledger) => {
    const records = ledger === null ? [] : await ledger.campaigns.list(null);
    const found = await app.campaignFiles.folders(folder);
    const here = found.find(({ file }) => keyOfFile(file) === key);
    if (here !== undefined) return ofFolder(here.file, records, ledger, app);
    const record = records.find(({ id }) => key === keyOf(id));
    return record === undefined ? ok(null) : ofRecord(record, ledger, app);
  });
}

function keyOfFile(file: string): string {
  return basename(dirname(file));
}

/** The key of a campaign that has no folder here. */
export function keyOf(id: number): string {
  return `@${id}`;
}

async function ofFolder(
  file: string,
  records: readonly CampaignRecord[],
  ledger: Ledger | null,
  app: App,
): Promise<Result<CampaignSeen>> {
  const path = dirname(file);
  const read = await app.campaignFiles.read(path);
  const campaign = read.ok ? read.value.campaign : null;
  // Only what cannot be read is looked for.
  const launches = campaign === null ? ((await ledger?.launches.newest()) ?? []) : [];
  const name = nameOf({ file, campaign }, [...records, ...launches.toReversed()]);
  const standings = await standingsOf(
    records.filter((record) => record.name === name),
    ledger,
    app,
  );
  if (!standings.ok) return standings;
  return ok({
    key: keyOfFile(file),
    name,
    folder: path,
    campaign,
    problems: read.ok ? [] : read.problems,
    standings: standings.value,
    sentFrom: sentFrom(path, standings.value, app),
  });
}

/** To the ledger a campaign is its name: under it, whoever got it from another folder gets nothing from this one. */
function sentFrom(
  folder: string,
  standings: readonly Standing[],
  { campaignFiles }: Pick<App, 'campaignFiles'>,
): string | null {
  const other = standings.find(({ sandbox, record }) => !sandbox && dirname(record.file) !== folder);
  return other !== undefined && campaignFiles.isThere(other.record.file) ? dirname(other.record.file) : null;
}

async function ofRecord(
  record: CampaignRecord,
  ledger: Ledger | null,
  app: App,
): Promise<Result<CampaignSeen>> {
  const standings = await standingsOf([record], ledger, app);
  if (!standings.ok) return standings;
  const { id, name } = record;
  const unseen = { folder: null, campaign: null, problems: [], sentFrom: null };
  return ok({ key: keyOf(id), name, ...unseen, standings: standings.value });
}

async function standingsOf(
  records: readonly CampaignRecord[],
  ledger: Ledger | null,
  app: App,
): Promise<Result<readonly Standing[]>> {
  const standings: Standing[] = [];
  // Without a ledger there are no records.
  if (ledger === null) return ok(standings);
  for (const record of records) {
    const standing = await standingOf(ledger, record, app);
    if (!standing.ok) return standing;
    standings.push(standing.value);
  }
  return ok(standings.toSorted((a, b) => Number(a.sandbox) - Number(b.sandbox)));
}

/** Path by which use cases find the campaign: its folder here, or the file that the ledger remembers. */
export function placeOf({ folder, standings, name }: CampaignSeen): string {
  return folder ?? standings[0]?.record.file ?? name;
}
