import { resolve } from 'node:path';
import type { FoundMessage, MessageChoice } from '../../core/ledger/finding.js';
import type { LastImport } from '../../core/ledger/imports.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { ANY_PHONE } from '../../core/phone.js';
import { failed, ok, type Result } from '../../core/problem.js';
import type { Attachment, ReadCampaign, Variable } from '../../core/recipient.js';
import type { TemplateText } from '../../core/template.js';
import { filledText } from '../../core/template-text.js';
import { UnusableFile } from '../../core/unusable-file.js';
import type { App } from '../app.js';
import { hasLedger, withLedger } from '../open-ledger.js';
import { targetOf } from '../target.js';
import { storedTemplates, withTemplate } from '../templates/known-templates.js';
import { SANDBOX_WORKSPACE } from '../workspace.js';
import type { CheckedRows, RowsAsked } from './checked-rows.js';
import type { RowsAtHand } from './rows-at-hand.js';

/** Whose message somebody wants to see: that of a line of the file, of a phone as typed, or of the n-th row that has one. */
export type PreviewChoice =
  | Exclude<MessageChoice, { readonly by: 'person' }>
  | { readonly by: 'phone'; readonly typed: string };

/** A value of a message, and where it stands. */
export interface PreviewValue extends Variable {
  readonly place: 'header' | 'body';
}

/** The message of one row, whole. */
export interface MessagePreview {
  readonly line: number;
  readonly phone: string;
  /** Filled; null: the template's text is not known. */
  readonly text: TemplateText | null;
  readonly values: readonly PreviewValue[];
  readonly attachment: Attachment | null;
  /** Which of the rows with a message it is, from 1; null: not asked by position, and nobody counted. */
  readonly position: number | null;
  /** Rows with a message. */
  readonly total: number;
}

type Filled = Pick<FoundMessage, 'line' | 'phone' | 'body' | 'header' | 'attachment'>;

/**
 * The message of any row of a campaign. A file that is in the ledger as it lies there is looked up in the ledger; else its rows
 * are at hand, or are read once.
 */
export async function previewMessage(
  asked: RowsAsked,
  choice: PreviewChoice,
  atHand: RowsAtHand,
  app: App,
): Promise<Result<MessagePreview>> {
  const read = await app.campaignFiles.read(resolve(app.cwd, asked.campaign));
  if (!read.ok) return read;
  const wanted = await choiceOf(choice, read.value, app);
  if (!wanted.ok) return wanted;
  const current = await atHand.current(asked, app);
  const stored = current === null ? await fromLedger(asked, read.value, wanted.value, app) : ok(null);
  if (!stored.ok || stored.value !== null) return stored.ok ? found(stored.value?.preview ?? null) : stored;
  const rows = current === null ? await atHand.of(asked, app) : ok(current);
  return rows.ok ? found(fromRows(rows.value, wanted.value)) : rows;
}

function found(preview: MessagePreview | null): Result<MessagePreview> {
  return preview === null ? failed({ code: 'preview.no-row' }) : ok(preview);
}

async function choiceOf(
  choice: PreviewChoice,
  { campaign: { recipients } }: ReadCampaign,
  { phones }: Pick<App, 'phones'>,
): Promise<Result<MessageChoice>> {
  if (choice.by !== 'phone') return ok(choice);
  const { read } = await phones();
  const typed = read(choice.typed, recipients.country, ANY_PHONE);
  const phone = typed.ok ? typed : read(`+${choice.typed.replace(/\D/gu, '')}`, null, ANY_PHONE);
  return phone.ok
    ? ok({ by: 'person', person: phone.person })
    : failed({ code: 'preview.no-phone', params: { value: choice.typed } });
}

function fromRows({ shelf, read }: CheckedRows, choice: MessageChoice): MessagePreview | null {
  const { index } = shelf;
  const row = rowOf(index, choice);
  const verdict = row === -1 ? null : shelf.verdictAt(row);
  if (verdict?.kind !== 'recipient') return null;
  const position = choice.by === 'position' ? choice.position : index.positionOf(row);
  return previewOf(read, verdict.recipient, position, index.messages);
}

function rowOf(index: CheckedRows['shelf']['index'], choice: MessageChoice): number {
  if (choice.by === 'line') return index.byLine(choice.line);
  return choice.by === 'person' ? index.byPerson(choice.person) : index.byPosition(choice.position);
}

/** null: the ledger does not have the file as it is; `preview` null: it has no such row. */
async function fromLedger(
  { sandbox }: RowsAsked,
  typed: ReadCampaign,
  choice: MessageChoice,
  app: App,
): Promise<Result<{ readonly preview: MessagePreview | null } | null>> {
  const target = targetOf(typed.campaign, app.environment);
  if (!(await hasLedger(app)) || (!sandbox && !target.ok)) return ok(null);
  const where = sandbox || !target.ok ? { workspace: SANDBOX_WORKSPACE, baseUrl: '' } : target.value;
  return withLedger(app, 'read', async (ledger) => {
    const record = await ledger.campaigns.find({ workspace: where.workspace, name: typed.campaign.name });
    if (record === null) return ok(null);
    const read = await withTemplate(typed, await storedTemplates(ledger, where), app);
    const last = await lastImport(ledger, record.id, read, app);
    // Who is gone from the file has a row in the ledger, and none there.
    if (last === null || last.recipients !== last.deliveries) return ok(null);
    const message = await ledger.finding.message(record.id, choice);
    const position = choice.by === 'position' ? choice.position : null;
    return ok({ preview: message === null ? null : previewOf(read, message, position, last.recipients) });
  });
}

/** Digests of recipients files by their state: a file of a million rows takes a while to be read. */
const DIGESTS = new Map<string, string>();
const MOST_DIGESTS = 50;

async function lastImport(
  ledger: Ledger,
  campaignId: number,
  read: ReadCampaign,
  app: App,
): Promise<LastImport | null> {
  const { recipientFiles, campaignFiles, environment } = app;
  const state = await recipientFiles.state(read, environment.stateDir);
  const fileDigest = state === null ? null : await digestOf(`${state.sources}\n${state.mended}`, read, app);
  if (fileDigest === null) return null;
  const settingsDigest = await campaignFiles.rowSettingsDigest(read.campaign);
  const source = { file: read.campaign.recipients.file, fileDigest, settingsDigest, columns: [] };
  return ledger.imports.last(campaignId, source);
}

async function digestOf(state: string, read: ReadCampaign, app: App): Promise<string | null> {
  const known = DIGESTS.get(state);
  if (known !== undefined) return known;
  const opened = await app.recipientFiles.open(read, app.environment.stateDir);
  if (!opened.ok) return null;
  try {
    const digest = await opened.value.digest();
    if (DIGESTS.size >= MOST_DIGESTS) DIGESTS.clear();
    DIGESTS.set(state, digest);
    return digest;
  } catch (error) {
    if (error instanceof UnusableFile) return null;
    throw error;
  }
}

function previewOf(
  { campaign }: ReadCampaign,
  message: Filled,
  position: number | null,
  total: number,
): MessagePreview {
  const { line, phone, attachment } = message;
  const values = (['header', 'body'] as const).flatMap((place) =>
    message[place].map((value) => ({ ...value, place })),
  );
  const text = campaign.text === null ? null : filledText(campaign.text, message);
  return { line, phone, text, values, attachment, position, total };
}
