import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ActionFacts } from '../../core/ledger/action-facts.js';
import type { InitAnswers, ReadListAs } from '../../core/new-campaign.js';
import { ok, type Result, type Translate } from '../../core/problem.js';
import type { Upload } from '../../core/upload.js';
import { recordFirst } from '../actions/record-action.js';
import type { App } from '../app.js';
import { hasLedger, withLedger } from '../open-ledger.js';
import { fileName, lookAtUpload, type UploadLook } from './look-at-upload.js';
import { type CampaignsFolder, uploadsIn } from './uploads.js';

/** A campaign that is to be made of an upload. */
export interface NewCampaignRequest {
  /** As a person calls it; its name and folder are made of it. */
  readonly title: string;
  /** Id of the upload. */
  readonly upload: string;
  readonly readAs: ReadListAs;
  /** Column with the phones; null: the one that was recognised, if any. */
  readonly phoneColumn: string | null;
  readonly answers: InitAnswers;
}

/** A campaign that was made. */
export interface NewCampaign {
  readonly name: string;
  /** Absolute path of its folder. */
  readonly folder: string;
}

/**
 * Makes a campaign folder beside the others: the upload becomes its recipients file, and a campaign file with comments is
 * proposed for it. A name that a folder has, or that the ledger knows, is never taken: it would be that campaign. Only where the
 * same was made of the same list, and nothing came of it yet, this is that press once more, such as after an answer that was
 * lost: two campaigns of one list would each be sent.
 */
export function newCampaign(
  where: CampaignsFolder,
  request: NewCampaignRequest,
  translate: Translate,
  app: App,
): Promise<Result<NewCampaign>> {
  // Of two presses at the very same moment the second has to see what the first made.
  return app.campaignFiles.inTurn(where.folder, () => made(where, request, translate, app));
}

async function made(
  where: CampaignsFolder,
  request: NewCampaignRequest,
  translate: Translate,
  app: App,
): Promise<Result<NewCampaign>> {
  const look = await lookAtUpload(where, request.upload, request.readAs, app);
  if (!look.ok) return look;
  const upload = await app.uploads.find(uploadsIn(where), request.upload);
  if (!upload.ok) return upload;
  const draft = { upload: upload.value, look: look.value, request, translate };
  const name = await claimedName(where, draft, app);
  if (!name.ok) return name;
  const folder = join(where.folder, name.value.name);
  if (name.value.isMade) {
    await app.uploads.remove(upload.value.file);
    return ok({ name: name.value.name, folder });
  }
  const filled = await fill(folder, name.value.name, draft, app);
  if (!filled.ok) {
    await app.campaignFiles.giveUp(folder);
    return filled;
  }
  await app.uploads.remove(upload.value.file);
  return ok({ name: name.value.name, folder });
}

/** What a campaign is to be made of. */
interface Draft {
  readonly upload: Upload;
  readonly look: UploadLook;
  readonly request: NewCampaignRequest;
  readonly translate: Translate;
}

async function campaignYamlOf(folderName: string, draft: Draft, app: App): Promise<string> {
  const { look: table, ...found } = draft.look;
  const { request, translate } = draft;
  const own = {
    ...found,
    file: fileName(table),
    phoneColumn: request.phoneColumn ?? found.phoneColumn,
    readAs: request.readAs,
  };
  const { campaignYaml } = await app.campaignFiles.propose({
    folderName,
    csv: own,
    answers: request.answers,
    translate,
  });
  return campaignYaml;
}

async function fill(folder: string, folderName: string, draft: Draft, app: App): Promise<Result<null>> {
  const { upload, look, request } = draft;
  const file = fileName(look.look);
  const campaignYaml = await campaignYamlOf(folderName, draft, app);
  // Without its campaign file the folder is none of a campaign: that file comes last.
  const placed = await app.uploads.place(upload, join(folder, file));
  if (!placed.ok) return placed;
  const after: ActionFacts = { template: request.answers.template, list: file };
  const recorded = await recordFirst({ kind: 'campaign-made', campaign: folderName, after }, app);
  const created = recorded.ok
    ? await app.campaignFiles.create(folder, new Map([['campaign.yaml', campaignYaml]]))
    : recorded;
  if (!created.ok) await app.uploads.remove(join(folder, file));
  return created;
}

/** A name made of a title that nothing has yet, with its folder: of two who ask at once each gets another one. */
async function claimedName(
  { folder }: CampaignsFolder,
  draft: Draft,
  app: App,
): Promise<Result<{ readonly name: string; readonly isMade: boolean }>> {
  const wanted = await app.campaignFiles.nameFor(draft.request.title);
  const isKnown = async (name: string): Promise<Result<boolean>> =>
    (await hasLedger(app))
      ? withLedger(app, 'read', async ({ campaigns }) => ok((await campaigns.list(name)).length > 0))
      : ok(false);
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    const known = await isKnown(name);
    if (!known.ok) return known;
    if (known.value) continue;
    if (await isMadeOf(join(folder, name), name, draft, app)) return ok({ name, isMade: true });
    if ((await app.campaignFiles.existing(folder, [name])).length > 0) continue;
    const claimed = await app.campaignFiles.claim(join(folder, name));
    if (!claimed.ok) return claimed;
    if (claimed.value) return ok({ name, isMade: false });
  }
}

/** Whether a campaign is just as it would be made, and has the same list. */
async function isMadeOf(folder: string, name: string, draft: Draft, app: App): Promise<boolean> {
  if ((await app.campaignFiles.existing(folder, ['campaign.yaml'])).length === 0) return false;
  const source = await app.campaignFiles.source(folder);
  if (!source.ok) return false;
  const yaml = await campaignYamlOf(name, draft, app);
  if (source.value.digest !== createHash('sha256').update(yaml).digest('hex')) return false;
  return app.uploads.isSame(draft.upload, join(folder, fileName(draft.look.look)));
}
