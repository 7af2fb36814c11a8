import { failed, ok, type Result } from '../../src/core/problem.js';
import type { RowVerdict } from '../../src/core/recipient.js';
import { importingHere, importRecipients } from '../../src/ledger/sqlite/import-recipients.js';
import { addSuppressions, clearCampaignSuppressions } from '../../src/ledger/sqlite/suppressions.js';
import { applyFrequencyLimit, applySuppressions, lastImport, skipTakenOut } from '../support/on-sqlite.js';
import type { Mortal } from './mortal.js';
import { dutyName, WORKSPACE } from './names.js';
import type { Row } from './people-file.js';
import type { SimulatedCampaign } from './settings.js';
import type { World } from './world.js';

/** What a run read before it planned. */
export interface PlannedFile {
  readonly duties: ReadonlySet<string>;
  /** People on the do-not-contact file. */
  readonly suppressed: ReadonlySet<string>;
}

/** Which campaign reads its files. */
export interface FileReader {
  readonly campaign: SimulatedCampaign;
  readonly campaignId: number;
}

/** Somebody saved the file while it was read. */
class ChangedMeanwhile extends Error {}

/** The steps of a plan that the command line takes: the file, unless it is known; lists and limits. */
export async function takeFile(
  world: World,
  mortal: Mortal,
  { campaign, campaignId }: FileReader,
): Promise<Result<PlannedFile>> {
  const { db, clock } = mortal;
  const { rows, digest } = world.fileOf(campaign).state;
  const suppressed = new Set(world.suppressFile);
  const at = clock.now();
  const source = { file: 'people.csv', fileDigest: digest, settingsDigest: 's', columns: ['phone', 'value'] };
  if (lastImport(db, campaignId, source) === null) {
    try {
      await importRecipients(importingHere(db), { campaignId, source, at }, batches(world, mortal, campaign));
    } catch (error) {
      if (error instanceof ChangedMeanwhile) return failed({ code: 'recipients.changed-meanwhile' });
      throw error;
    }
  }
  clearCampaignSuppressions(db, WORKSPACE, campaignId);
  if (suppressed.size > 0) {
    const entries = [...suppressed].map((phone) => entryOf(phone, 'file'));
    addSuppressions(db, WORKSPACE, entries, at, campaignId);
  }
  const held = { workspace: WORKSPACE, limit: campaign.perRecipient, at, confirmedAt: null };
  applySuppressions(db, campaignId, held);
  applyFrequencyLimit(db, campaignId, held);
  skipTakenOut(db, campaignId, at);
  const duties = rows.map(({ person, key }) => dutyName(campaign.name, world.phoneOf(person), key));
  return ok({ duties: new Set(duties), suppressed });
}

/** An entry of a do-not-contact list that holds for good. */
export function entryOf(phone: string, source: string) {
  return { person: phone, phone, reason: 'asked', source, expiresAt: null };
}

/** The file, two rows at a time, so that a crash can strike in the middle of an import. */
async function* batches(
  world: World,
  mortal: Mortal,
  campaign: SimulatedCampaign,
): AsyncGenerator<readonly RowVerdict[]> {
  const { rows, digest } = world.fileOf(campaign).state;
  for (let first = 0; first < rows.length; first += 2) {
    const verdicts = rows
      .slice(first, first + 2)
      .map((row, index) => verdictOf(world, row, first + index + 2));
    yield await mortal.through('rows', () => Promise.resolve(verdicts));
  }
  if (world.fileOf(campaign).state.digest !== digest) throw new ChangedMeanwhile();
}

function verdictOf(world: World, { person, key, value }: Row, line: number): RowVerdict {
  const phone = world.phoneOf(person);
  const body = [{ variable: '1', value }];
  const rest = { header: [], attachment: null, repaired: [], cells: [phone, value] };
  return {
    kind: 'recipient',
    recipient: { line, phone, person: phone, country: 'PE', key, body, ...rest },
  };
}
