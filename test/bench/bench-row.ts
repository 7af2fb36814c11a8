/** One measured figure; `bar` is what it has to reach, or stay below where the unit is a cost. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** null: a baseline, measured only for comparison. */
  readonly bar: number | null;
  readonly ok: boolean;
}

/** Prints the rows as a table. */
export function printBench(title: string, rows: readonly BenchRow[]): void {
  process.stdout.write(`\n${title}\n`);
  for (const { name, value, unit, bar, ok } of rows) {
    const shown = value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(3);
    const verdict = bar === null ? '' : `  bar ${bar}  ${ok ? 'ok' : 'MISSED'}`;
    process.stdout.write(`  ${name.padEnd(58)} ${shown.padStart(12)} ${unit}${verdict}\n`);
  }
}

/** The middle one: a single slow round does not count. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
