import { createHash, type Hash } from 'node:crypto';
import { isSupportedCountry } from 'libphonenumber-js/max';
import type { RecipientsSource } from '../core/campaign.js';
import { indexOfColumn } from '../core/column-key.js';
import { phoneColumns } from '../core/phone-columns.js';
import { failed, ok, type Problem, type Result } from '../core/problem.js';
import type { FileFormat, OpenRecipients, RowRules, RowVerdict } from '../core/recipient.js';
import { suggestion } from '../core/suggestion.js';
import { digestRecipients } from './digest.js';
import { type Collected, NOTHING_MENDED } from './mended/collect-mended.js';
import type { MendedRows } from './mended/mended-rows.js';
import { parseRecipient, type RowCriteria, variableSource } from './parse-recipient.js';
import { formatOf, openTable, type Table, type TableRow } from './table.js';

const BATCH_ROWS = 1000;

/** A recipients file with the rows that a person mended. */
export interface MendableRecipients extends Omit<OpenRecipients, 'leaveRejected'> {
  readonly mended: Collected;
  /** What becomes of a row, whoever wrote it. */
  judge(row: TableRow): RowVerdict;
}

/**
 * Opens a recipients file: finds how it is written and its columns, and whether there is a row at all. Everything
 * that is wrong with the file as a whole comes back as problems, all at once.
 *
 * @param collect the rows that a person mended, once the columns are known and how the file is written
 */
export async function openRecipients(
  source: RecipientsSource,
  rules: RowRules,
  collect: (
    columns: readonly string[],
    format: FileFormat['format'],
  ) => Promise<Result<Collected>> = nothingMended,
): Promise<Result<MendableRecipients>> {
  const opened = await openTable(source.file, {
    ...source,
    withMeanings: rules.render?.readsMeanings ?? false,
  });
  if (!opened.ok) return opened;
  const table = opened.value;
  const criteria = criteriaFor(table, source, rules);
  if (!criteria.ok) return criteria;
  if (!table.hasRows) return failed({ code: 'recipients.no-recipients', at: { file: source.file } });
  const { columns, notices } = table;
  const collected = await collect(columns, table.format);
  if (!collected.ok) return collected;
  const mended = collected.value;
  const phoneColumn = columns[criteria.value.phoneIndex] ?? '';
  // Only who asked for the file's digest compares what was read with it.
  let isCompared = false;
  let read: { readonly digest: string; readonly kept: string } | null = null;
  const verdictsOf = async function* (): AsyncGenerator<readonly RowVerdict[]> {
    const hash = isCompared ? createHash('sha256') : null;
    yield* verdicts(table, criteria.value, mended.rows, hash);
    if (hash === null) return;
    const bytes = hash.digest('hex');
    read = { digest: mended.rows.digestWith(bytes), kept: mended.kept().digestWith(bytes) };
  };
  return ok({
    file: { ...formatOf(table), columns, phoneColumn, notices },
    batches: { [Symbol.asyncIterator]: verdictsOf },
    digest: async () => {
      isCompared = true;
      return mended.rows.digestWith(table.digest ?? (await digestRecipients(source.file)));
    },
    digestRead: () => read?.digest ?? null,
    digestKept: () => read?.kept ?? null,
    rowNotices: () => mendedNotices(mended),
    mended,
    judge: (row) => parseRecipient(row, criteria.value),
  });
}

async function* verdicts(
  table: Table,
  criteria: RowCriteria,
  mended: MendedRows,
  hash: Hash | null,
): AsyncGenerator<readonly RowVerdict[]> {
  const isSendable = (row: TableRow): boolean => parseRecipient(row, criteria).kind === 'recipient';
  const mend = await mended.read(() => table.rows(), isSendable);
  for await (const rows of table.rows(hash)) {
    for (let start = 0; start < rows.length; start += BATCH_ROWS) {
      yield rows.slice(start, start + BATCH_ROWS).map((row) => parseRecipient(mend(row), criteria));
    }
  }
}

function nothingMended(): Promise<Result<Collected>> {
  return Promise.resolve(ok(NOTHING_MENDED));
}

/** What became of the mended rows in the last reading. */
function mendedNotices({ rows, isOlder }: Collected): readonly Problem[] {
  const notices: Problem[] = isOlder ? [{ code: 'mended.older-list' }] : [];
  if (rows.applied > 0) notices.push({ code: 'mended.taken', params: { count: rows.applied } });
  if (rows.unused > 0) notices.push({ code: 'mended.unused', params: { count: rows.unused } });
  return notices;
}

function criteriaFor(table: Table, source: RecipientsSource, rules: RowRules): Result<RowCriteria> {
  const { columns } = table;
  const phoneIndex = findPhoneColumn(table, source.file, source.phoneColumn);
  const keyIndex = findKeyColumn(table, source);
  const variables = variableSource(columns, rules);
  const problems = [phoneIndex, keyIndex, variables]
    .flatMap((result) => (result.ok ? [] : result.problems))
    .map((problem) => withToldColumns(problem, table));
  if (source.country !== null && !isSupportedCountry(source.country)) {
    problems.push({ code: 'recipients.unknown-country', params: { country: source.country } });
  }
  if (!phoneIndex.ok || !keyIndex.ok || !variables.ok || problems.length > 0) return failed(...problems);
  return ok({
    columns,
    phoneIndex: phoneIndex.value,
    keyIndex: keyIndex.value,
    country: source.country,
    phoneOptions: { landlines: source.landlines, wire: source.wire },
    variables: variables.value,
  });
}

/** Templates know the columns, but not the file that they stand in. */
function withToldColumns(problem: Problem, table: Table): Problem {
  if (problem.code !== 'campaign.column-missing') return problem;
  return { ...problem, params: { ...problem.params, ...table.told() } };
}

/** How many sheets there are among which a person may choose: the phones may stand on another one. */
function visibleSheets({ sheets }: Table): number {
  return sheets.filter(({ visible }) => visible).length;
}

/** The index of the phone column: the one that was named, else the only one that looks like it. */
export function findPhoneColumn(table: Table, file: string, named: string | null): Result<number> {
  const { columns } = table;
  const at = { file, line: table.headerLine };
  if (named !== null) return findNamed(table, file, named, 'recipients.phone-column-missing');
  const [first, ...others] = phoneColumns(columns);
  if (first === undefined) {
    return failed({
      code: 'recipients.no-phone-column',
      params: { ...table.told(), sheets: visibleSheets(table) },
      at,
    });
  }
  if (others.length === 0) return ok(first);
  const names = [first, ...others].map((index) => columns[index] ?? '').join(', ');
  return failed({ code: 'recipients.two-phone-columns', params: { columns: names }, at });
}

function findKeyColumn(table: Table, source: RecipientsSource): Result<number> {
  if (source.keyColumn === null) return ok(-1);
  return findNamed(table, source.file, source.keyColumn, 'recipients.key-column-missing');
}

function findNamed(
  table: Table,
  file: string,
  named: string,
  code: 'recipients.phone-column-missing' | 'recipients.key-column-missing',
): Result<number> {
  const index = indexOfColumn(table.columns, named);
  if (index !== -1) return ok(index);
  const told = table.told();
  const near = told.columns === 'none' ? null : suggestion(named, table.columns);
  const params = { column: named, ...told, near: near ?? 'none' };
  return failed({ code, params, at: { file, line: table.headerLine } });
}
