import type { Standing } from '../../core/ledger/imports.js';
import type { RowVerdict } from '../../core/recipient.js';

/**
 * What becomes of a row: `pending` goes out with the next send; a status of the ledger, such as `accepted`; or why it is sent
 * nothing: `skipped.duplicate`, `skipped.suppressed`, `rejected.phone.invalid`.
 */
export type RowFate = string;

/** Where a row is kept. */
export interface KeptRow {
  readonly offset: number;
  readonly length: number;
}

const REJECTED = 'rejected.';
const DUPLICATE = 'skipped.duplicate';
const GROWTH = 1.5;

/** What becomes of a row that stands like this. */
export function fateOf(verdict: RowVerdict, standing: Standing | null): RowFate {
  if (verdict.kind === 'rejection') return REJECTED + verdict.rejection.reason;
  if (standing === null || standing.kind === 'new') return 'pending';
  if (standing.kind === 'duplicate') return DUPLICATE;
  if (standing.kind === 'held-back') return `skipped.${standing.reason}`;
  return standing.status === 'skipped' ? `skipped.${standing.reason ?? 'skipped'}` : standing.status;
}

/**
 * The rows of a recipients file by their number, line and person, 30 bytes each: what a row says is kept elsewhere, and found
 * by its place. Rows come in the order of the file.
 */
export class RowIndex {
  #lines = new Float64Array(1024);
  #offsets = new Float64Array(1024);
  #lengths = new Uint32Array(1024);
  #persons = new Float64Array(1024);
  #fates = new Uint8Array(1024);
  readonly #names: RowFate[] = [];
  readonly #sums: number[] = [];
  #count = 0;

  /** Rows of the file that are not blank. */
  get count(): number {
    return this.#count;
  }

  /** @param person identity; null: the row is rejected */
  add(line: number, person: string | null, fate: RowFate, kept: KeptRow): void {
    if (this.#count === this.#lines.length) this.#grow();
    this.#count += 1;
    this.#lines[this.#count - 1] = line;
    this.#put(this.#count - 1, person, fate, kept);
  }

  /** Another fate for a row, and another place. */
  replace(index: number, person: string | null, fate: RowFate, kept: KeptRow): void {
    const before = this.#fates[index] ?? 0;
    this.#sums[before] = (this.#sums[before] ?? 0) - 1;
    this.#put(index, person, fate, kept);
  }

  /** How many rows have which fate; their sum is `count`. */
  sums(): Readonly<Record<RowFate, number>> {
    const sums = this.#names.map((name, code) => [name, this.#sums[code] ?? 0] as const);
    return Object.fromEntries(sums.filter(([, sum]) => sum > 0));
  }

  /** Rows that have a message: neither rejected nor a repetition. */
  get messages(): number {
    return this.#names.reduce(
      (sum, name, code) => (hasMessage(name) ? sum + (this.#sums[code] ?? 0) : sum),
      0,
    );
  }

  fateAt(index: number): RowFate {
    return this.#names[this.#fates[index] ?? 0] ?? '';
  }

  keptAt(index: number): KeptRow {
    return { offset: this.#offsets[index] ?? 0, length: this.#lengths[index] ?? 0 };
  }

  /** The row that begins in this line; -1: none does. */
  byLine(line: number): number {
    let [low, high] = [0, this.#count - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.#lines[middle] ?? 0;
      if (found === line) return middle;
      if (found < line) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** The first row with a message for this person; -1: there is none. */
  byPerson(person: string): number {
    const wanted = Number(person);
    for (let index = 0; index < this.#count; index += 1)
      if (this.#persons[index] === wanted && hasMessage(this.fateAt(index))) return index;
    return -1;
  }

  /** The n-th row with a message, from 1; -1: there are fewer. */
  byPosition(position: number): number {
    const has = this.#names.map(hasMessage);
    let passed = 0;
    for (let index = 0; index < this.#count; index += 1) {
      if (has[this.#fates[index] ?? 0] !== true) continue;
      passed += 1;
      if (passed === position) return index;
    }
    return -1;
  }

  /** Which of the rows with a message a row is, from 1. */
  positionOf(index: number): number {
    const has = this.#names.map(hasMessage);
    let passed = 0;
    for (let before = 0; before <= index; before += 1)
      if (has[this.#fates[before] ?? 0] === true) passed += 1;
    return passed;
  }

  /** Rejected rows from a row on; `reason` null: whichever. */
  rejected(
    reason: string | null,
    from: number,
    most: number,
  ): { readonly rows: readonly number[]; readonly next: number | null } {
    const wanted = this.#names.map((name) =>
      reason === null ? name.startsWith(REJECTED) : name === REJECTED + reason,
    );
    const rows: number[] = [];
    for (let index = from; index < this.#count; index += 1) {
      if (wanted[this.#fates[index] ?? 0] !== true) continue;
      if (rows.length === most) return { rows, next: index };
      rows.push(index);
    }
    return { rows, next: null };
  }

  #put(index: number, person: string | null, fate: RowFate, { offset, length }: KeptRow): void {
    const code = this.#codeOf(fate);
    this.#fates[index] = code;
    this.#sums[code] = (this.#sums[code] ?? 0) + 1;
    this.#persons[index] = person === null ? 0 : Number(person);
    this.#offsets[index] = offset;
    this.#lengths[index] = length;
  }

  #codeOf(fate: RowFate): number {
    const known = this.#names.indexOf(fate);
    return known === -1 ? this.#names.push(fate) - 1 : known;
  }

  #grow(): void {
    const length = Math.ceil(this.#lines.length * GROWTH);
    const grown = <T extends Float64Array | Uint32Array | Uint8Array>(before: T, after: T): T => {
      after.set(before);
      return after;
    };
    this.#lines = grown(this.#lines, new Float64Array(length));
    this.#offsets = grown(this.#offsets, new Float64Array(length));
    this.#lengths = grown(this.#lengths, new Uint32Array(length));
    this.#persons = grown(this.#persons, new Float64Array(length));
    this.#fates = grown(this.#fates, new Uint8Array(length));
  }
}

function hasMessage(fate: RowFate): boolean {
  return !fate.startsWith(REJECTED) && fate !== DUPLICATE;
}
