import { harmlessJson, harmlessLines } from '../core/harmless.js';
import type { ReportSource, ReportStatus } from '../core/report-data.js';
import { type FieldValue, type Replies, reportFields } from './fields.js';

/** How a JSON report is written. */
export interface JsonOptions {
  /** Only rows with one of these statuses; null: all. `counts` always speaks of the whole campaign. */
  readonly statuses: readonly ReportStatus[] | null;
  /** Adds the field `replied_at`. */
  readonly replies?: Replies;
}

/**
 * The report as one JSON document, `{campaign, counts, deliveries: […]}` (and `evidence: […]` where there is some), a delivery to a line,
 * written batch by batch, harmless to whoever looks at it in a terminal. Deliveries have the fields of the CSV in the same order; what is empty is null.
 */
export async function* jsonReport(source: ReportSource, options: JsonOptions): AsyncIterable<string> {
  const fields = reportFields(source, options.replies ?? null);
  const { counts } = await source.summary();
  // Written by hand around JSON.stringify: an object would move names like "10" to the front.
  const keys = fields.names.map((name) => `${harmlessJson(name)}:`);
  yield `{"campaign":${harmlessJson(source.campaign)},"counts":${JSON.stringify(counts)},"deliveries":[`;
  let separator = '\n';
  for await (const rows of source.rows(options.statuses)) {
    let chunk = '';
    for (const row of rows) {
      chunk += separator + objectOf(keys, fields.valuesOf(row));
      separator = ',\n';
    }
    yield harmlessLines(chunk);
  }
  yield '\n]';
  yield* evidenceOf(source);
  yield '}\n';
}

/** Stands in the document only where something had to be settled. */
async function* evidenceOf(source: ReportSource): AsyncIterable<string> {
  let before = ',"evidence":[\n';
  for await (const piece of source.evidence?.() ?? []) {
    yield before + harmlessJson({ ...piece, recordedAt: new Date(piece.recordedAt).toISOString() });
    before = ',\n';
  }
  if (before === ',\n') yield '\n]';
}

function objectOf(keys: readonly string[], values: readonly FieldValue[]): string {
  let text = '{';
  for (const [index, key] of keys.entries())
    text += (index === 0 ? key : `,${key}`) + jsonValue(values[index]);
  return `${text}}`;
}

function jsonValue(value: FieldValue | undefined): string {
  return value === '' || value === undefined ? 'null' : JSON.stringify(value);
}
