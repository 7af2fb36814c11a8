import { CsvError, parse } from 'csv-parse/sync';
import { isSupportedCountry } from 'libphonenumber-js/max';
import { BOUNDS } from '../core/bounds.js';
import { ANY_COUNTRY, type Price } from '../core/cost.js';
import {
  failed,
  firstProblems,
  ok,
  type Place,
  type Problem,
  type Result,
  systemCode,
} from '../core/problem.js';
import { shown } from '../core/quantities.js';
import { readOrdinary, unfitProblem } from '../files/ordinary-file.js';

const COLUMNS = ['country', 'category', 'price', 'currency'] as const;
type Column = (typeof COLUMNS)[number];

/** A line of the file: the cells by column, and the physical line on which it begins. */
interface CardLine {
  readonly cells: Readonly<Record<Column, string>>;
  readonly line: number;
}

/**
 * Reads a rate card: a CSV (comma, semicolon or tab) with the columns country, category, price, currency in any order; others
 * are left alone. An empty country or `*` is the price for all countries without one of their own. All problems at
 * once, each with its line.
 */
export async function readRateCard(path: string): Promise<Result<readonly Price[]>> {
  const read = await readText(path);
  if (!read.ok) return read;
  const table = parsed(read.value, path);
  if (!table.ok) return table;
  const prices: Price[] = [];
  const lines = new Map<string, number>();
  const problems: Problem[] = [];
  for (const { cells, line } of table.value) {
    const price = priceOf(cells);
    const wrong = cellProblems(cells, { file: path, line });
    problems.push(...wrong);
    if (wrong.length > 0) continue;
    const key = JSON.stringify([price.country, price.category, price.currency]);
    const first = lines.get(key);
    if (first === undefined) lines.set(key, line);
    else problems.push(duplicate(price, first, { file: path, line }));
    prices.push(price);
  }
  if (problems.length > 0) return { ok: false, problems: firstProblems(problems) };
  return prices.length > 0 ? ok(prices) : failed({ code: 'rates.empty', at: { file: path } });
}

async function readText(path: string): Promise<Result<string>> {
  try {
    const bytes = await readOrdinary(path, BOUNDS.rateCard);
    return ok(bytes.toString('utf8'));
  } catch (error) {
    const unfit = unfitProblem(error, BOUNDS.rateCard);
    if (unfit !== null) return failed(unfit);
    const detail = systemCode(error) ?? '';
    const at = { file: path };
    return detail === 'ENOENT'
      ? failed({ code: 'rates.not-found', params: { path }, at })
      : failed({ code: 'rates.unreadable', params: { path, detail }, at });
  }
}

function parsed(text: string, file: string): Result<readonly CardLine[]> {
  try {
    // With `info`, csv-parse hands out records beside their line; its types do not say so.
    const records = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as readonly CsvRecord[];
    return cardLines(records, file);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1;
    return failed({ code: 'rates.damaged', at: { file, line } });
  }
}

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** The first line of a rate card has no quotes and no commas in its names: what stands there most is the delimiter. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split(/\r?\n/, 1);
  const counted = [',', ';', '\t'].map((mark) => ({ mark, count: header.split(mark).length }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).mark;
}

function cardLines(records: readonly CsvRecord[], file: string): Result<readonly CardLine[]> {
  const [header, ...rest] = records;
  const names = (header?.record ?? []).map((name) => name.trim().toLowerCase());
  const missing = COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    return failed({ code: 'rates.columns', params: { missing: missing.join(', ') }, at: { file, line: 1 } });
  }
  const most = BOUNDS.rateCardLines.value;
  if (rest.length > most)
    return failed({ code: 'rates.too-many', params: { found: rest.length, most }, at: { file } });
  const filled = rest.filter(({ record }) => record.some((text) => text !== ''));
  const problems = filled
    .filter(({ record }) => record.length !== names.length)
    .map(({ record, info }): Problem => {
      const params = { found: record.length, wanted: names.length };
      return { code: 'rates.cells', params, at: { file, line: info.lines } };
    });
  if (problems.length > 0) return { ok: false, problems: firstProblems(problems) };
  const [country, category, price, currency] = COLUMNS.map((column) => names.indexOf(column));
  const at = (record: readonly string[], index = -1) => record[index] ?? '';
  return ok(
    filled.map(({ record, info }) => ({
      line: info.lines,
      cells: {
        country: at(record, country),
        category: at(record, category),
        price: at(record, price),
        currency: at(record, currency),
      },
    })),
  );
}

/** `0.0625`, or `0,0625` where the decimal sign is a comma. */
function amount(text: string): number {
  return /^\d+(?:[.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
}

function priceOf(cells: CardLine['cells']): Price {
  return {
    country: cells.country === '' ? ANY_COUNTRY : cells.country.toUpperCase(),
    category: cells.category.toLowerCase(),
    price: amount(cells.price),
    currency: cells.currency.toUpperCase(),
  };
}

function cellProblems(cells: CardLine['cells'], place: Place): readonly Problem[] {
  const { country, price, currency } = priceOf(cells);
  const at = (column: Column): Place => ({ ...place, column });
  const problems: Problem[] = [];
  if (country !== ANY_COUNTRY && !isSupportedCountry(country)) {
    problems.push({ code: 'rates.country', params: { value: shown(cells.country) }, at: at('country') });
  }
  if (cells.category === '') problems.push({ code: 'rates.category', at: at('category') });
  if (Number.isNaN(price)) {
    problems.push({ code: 'rates.price', params: { value: shown(cells.price) }, at: at('price') });
  }
  if (!/^[A-Z]{3}$/.test(currency)) {
    problems.push({ code: 'rates.currency', params: { value: shown(cells.currency) }, at: at('currency') });
  }
  return problems;
}

function duplicate(price: Price, line: number, at: Place): Problem {
  const { country, category, currency } = price;
  return { code: 'rates.duplicate', params: { country, category, currency, line }, at };
}
