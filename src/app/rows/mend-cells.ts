import type { ActionFacts } from '../../core/ledger/action-facts.js';
import type { Standing } from '../../core/ledger/imports.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { lookWithoutLedger } from '../../core/ledger/no-ledger.js';
import { failed, ok, type Result } from '../../core/problem.js';
import type { Recipient, Rejection, RowVerdict } from '../../core/recipient.js';
import { recordFirst } from '../actions/record-action.js';
import type { App } from '../app.js';
import { withLedgerIfAny } from '../open-ledger.js';
import type { CheckedRows, RowsAsked } from './checked-rows.js';
import type { RowsAtHand } from './rows-at-hand.js';

/** What somebody typed into the cells of a rejected row. */
export interface MendedCells {
  readonly line: number;
  readonly cells: readonly MendedCell[];
  /** The cells that the row has too many are left out. */
  readonly withoutSurplus: boolean;
}

/** One of them. */
export interface MendedCell {
  /** Number of the column, from 0: two columns may look alike. */
  readonly column: number;
  /** What stood there when the person saw it. */
  readonly was: string;
  readonly value: string;
}

/** What became of the row. */
export interface MendedVerdict {
  readonly verdict: RowVerdict;
  /** null: it is still rejected. */
  readonly standing: Standing | null;
}

/**
 * Keeps a mended row as if it had been mended in the list of rejected rows: the recipients file stays as it is. A row that is
 * still wrong stays rejected, with the reason that holds now. A row that is not what the person saw is left alone.
 */
export async function mendCells(
  asked: RowsAsked,
  typed: MendedCells,
  atHand: RowsAtHand,
  app: App,
): Promise<Result<MendedVerdict>> {
  const found = await atHand.of(asked, app);
  if (!found.ok) return found;
  const rows = found.value;
  const index = rows.shelf.index.byLine(typed.line);
  const before = index === -1 ? null : rows.shelf.verdictAt(index);
  if (before?.kind !== 'rejection')
    return failed({ code: 'mended.not-rejected', params: { line: typed.line } });
  const { rejection } = before;
  if (typed.cells.some(({ column, was }) => column >= rows.columns.length || rejection.cells[column] !== was))
    return failed({ code: 'mended.not-as-seen', params: { line: typed.line } });
  const mended = mendedRow(rejection, typed, rows.columns.length);
  const recorded = await recordMended(rows, typed, app);
  if (!recorded.ok) return recorded;
  const kept = await app.recipientFiles.mend(rows.read, app.environment.stateDir, mended);
  if (!kept.ok) return kept;
  const verdict = kept.value;
  const standing = verdict.kind === 'rejection' ? ok(null) : await standingOf(rows, verdict.recipient, app);
  if (!standing.ok) return standing;
  rows.shelf.replace(index, verdict, standing.value);
  await atHand.mended(asked, rows, app);
  return ok({ verdict, standing: standing.value });
}

/** Line and columns; never what stands in a person's row. */
function recordMended(
  { columns, read, target }: CheckedRows,
  { line, cells }: MendedCells,
  app: App,
): Promise<Result<null>> {
  const changed = cells.filter(({ was, value }) => was !== value).map(({ column }) => columns[column] ?? '');
  const after: ActionFacts = { line, columns: changed };
  const { workspace } = target;
  return recordFirst({ kind: 'row-mended', workspace, campaign: read.campaign.name, after }, app);
}

function mendedRow(rejection: Rejection, { cells: typed, withoutSurplus }: MendedCells, width: number) {
  const cells = rejection.cells.slice(0, width);
  for (const { column, value } of typed) cells[column] = value;
  return { rejection, cells, surplus: withoutSurplus ? [] : rejection.cells.slice(width) };
}

/** Who stands elsewhere in the file, too, is one more repetition, whichever of both comes first. */
async function standingOf(
  { shelf, read, target }: CheckedRows,
  recipient: Recipient,
  app: App,
): Promise<Result<Standing | null>> {
  const twin = read.campaign.recipients.keyColumn === null ? shelf.index.byPerson(recipient.person) : -1;
  const first = twin === -1 ? null : shelf.verdictAt(twin);
  if (first?.kind === 'recipient') return ok({ kind: 'duplicate', firstLine: first.recipient.line });
  const { limits } = read.campaign;
  const listed = await app.recipientFiles.suppressed(read.campaign);
  if (!listed.ok) return listed;
  return withLedgerIfAny(app, async (ledger) => {
    const { workspace } = target;
    const record = (await ledger?.campaigns.find({ workspace, name: read.campaign.name })) ?? null;
    const question = {
      workspace,
      campaignId: record?.id ?? null,
      limit: limits.perRecipient,
      suppressed: new Set(listed.value.people.map(({ person }) => person)),
      at: app.clock.now(),
    };
    const [standing = null] = await (await lookIn(ledger, question, read)).standings([
      { kind: 'recipient', recipient },
    ]);
    return ok(standing);
  });
}

function lookIn(
  ledger: Ledger | null,
  question: Parameters<Ledger['imports']['look']>[0],
  { campaign: { template, campaignName } }: CheckedRows['read'],
): Promise<ReturnType<typeof lookWithoutLedger>> {
  if (ledger === null) return Promise.resolve(lookWithoutLedger(question));
  const { campaignId: id, workspace } = question;
  return ledger.imports.look(question, { id, workspace, template, campaignName });
}
