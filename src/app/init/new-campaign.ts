import { basename, join, relative } from 'node:path';
import { variableOfColumn } from '../../core/column-key.js';
import type { InitAnswers, OwnRecipients } from '../../core/new-campaign.js';
import type { TableHeader } from '../../core/phone-list.js';
import { failed, ok, type Problem, type Result, type Translate } from '../../core/problem.js';
import type { App } from '../app.js';

/** A person's own CSV, and which of its columns may hold the phones. */
export interface FoundRecipients extends OwnRecipients {
  /** Likeliest first: several when only a person can tell; none when nothing looks like it. */
  readonly phoneColumns: readonly string[];
  /** Columns `body.NAME` or `header.NAME` fill the template by themselves. */
  readonly hasVariables: boolean;
  /** The sheet of a workbook that was read, where it has no phones; left out: it is none, or has some. */
  readonly sheet?: string;
  /** Those besides that people see. */
  readonly otherSheets?: readonly string[];
}

/** Rows looked at for columns that are always filled, and for the one that holds phones. */
const SAMPLE_ROWS = 20;

/** Sheets that are looked at for phones. */
const MOST_SHEETS = 20;

/**
 * What a person's own list proposes for a campaign in `folder`. Of a workbook whose first sheet has no phones it is the one
 * other sheet that has some. Paths are absolute.
 */
export async function readOwnRecipients(
  file: string,
  folder: string,
  { recipientFiles }: Pick<App, 'recipientFiles'>,
): Promise<Result<FoundRecipients>> {
  const shown = relative(folder, file).replaceAll('\\', '/');
  const look = await recipientFiles.header(file, SAMPLE_ROWS);
  if (!look.ok) return look;
  const own = ownRecipientsOf(look.value, shown);
  const { format, sheets } = look.value;
  if (own.phoneColumns.length > 0 || format.format === 'csv') return ok(own);
  const otherSheets = sheets
    .filter(({ name, visible }) => visible && name !== format.sheet)
    .map(({ name }) => name);
  const others: FoundRecipients[] = [];
  for (const sheet of otherSheets.slice(0, MOST_SHEETS)) {
    const readAs = { sheet, encoding: null, delimiter: null };
    const other = await recipientFiles.header(file, SAMPLE_ROWS, readAs);
    const found = other.ok ? ownRecipientsOf(other.value, shown) : null;
    if (found !== null && found.phoneColumns.length > 0) others.push({ ...found, readAs });
  }
  const [only, another] = others;
  return ok(
    only === undefined || another !== undefined ? { ...own, sheet: format.sheet, otherSheets } : only,
  );
}

/** What the start of a list proposes; `file`: as it is to stand in the campaign file. */
export function ownRecipientsOf(
  { columns, phoneColumns, firstRows }: TableHeader,
  file: string,
): FoundRecipients {
  const candidates = phoneColumns.length > 0 ? phoneColumns : columnsOfPhones(columns, firstRows);
  const [only = null, another] = candidates;
  return {
    file,
    columns,
    phoneColumn: another === undefined ? only : null,
    phoneColumns: candidates,
    sampleRows: firstRows,
    hasVariables: columns.some((column) => variableOfColumn(column) !== null),
  };
}

/** Columns whose filled cells are all written as phones are, whatever they are called. */
function columnsOfPhones(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  return columns.filter((_, index) => {
    const filled = rows.map((row) => (row[index] ?? '').trim()).filter((cell) => cell !== '');
    return filled.length > 0 && filled.every(readsAsPhone);
  });
}

/** Nine digits are the shortest mobile number of a country that has this tool's users; identity cards mostly have eight. */
function readsAsPhone(cell: string): boolean {
  const digits = cell.replace(/\D/gu, '').length;
  return /^\+?[\d\s().-]+$/u.test(cell) && digits >= 9 && digits <= 15;
}

const CAMPAIGN = 'campaign.yaml';
const RECIPIENTS = 'recipients.csv';
const ENVIRONMENT = '.env.example';

/**
 * Refuses a folder in which a campaign lies already, before anything is asked; or a list in the place of the example, which
 * nobody named, unless it is the example that an `init` left that was cut off: another file was there before it.
 *
 * @param hasList a list is named, so that no example is written
 */
export async function requireNewFolder(
  folder: string,
  hasList: boolean,
  { campaignFiles }: Pick<App, 'campaignFiles'>,
): Promise<Result<null>> {
  const existing = await campaignFiles.existing(folder, [CAMPAIGN, RECIPIENTS, ENVIRONMENT]);
  const isList = !hasList && existing.includes(RECIPIENTS) && !existing.includes(ENVIRONMENT);
  if (!existing.includes(CAMPAIGN) && !isList) return ok(null);
  const problems = existing.map(
    (name): Problem => ({ code: 'init.exists', params: { path: join(folder, name) } }),
  );
  return failed(...problems);
}

/**
 * Writes a campaign that passes `check`, and gives the names of its files. Never overwrites one. Without its campaign file the
 * folder is none of a campaign: that file comes last, so that whoever was interrupted can begin anew.
 */
export async function createCampaign(
  folder: string,
  own: OwnRecipients | null,
  answers: InitAnswers,
  translate: Translate,
  { campaignFiles }: Pick<App, 'campaignFiles'>,
): Promise<Result<readonly string[]>> {
  const proposed = await campaignFiles.propose({
    folderName: basename(folder),
    csv: own,
    answers,
    translate,
  });
  const files = new Map([[ENVIRONMENT, proposed.envExample]]);
  if (proposed.recipientsCsv !== null) files.set(RECIPIENTS, proposed.recipientsCsv);
  files.set(CAMPAIGN, proposed.campaignYaml);
  const created = await campaignFiles.create(folder, files);
  return created.ok ? ok([...files.keys()].reverse()) : created;
}
