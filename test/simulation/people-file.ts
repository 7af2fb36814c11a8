import type { Dice } from './dice.js';

/** One row of a recipients file. */
export interface Row {
  /** Number of the person; the world gives each a phone. */
  readonly person: number;
  /** Key of the order, or ''. */
  readonly key: string;
  /** The one value of the message. */
  readonly value: string;
}

/** A recipients file as a process found it. */
export interface FileState {
  readonly rows: readonly Row[];
  /** Equal for two states with the same rows. */
  readonly digest: string;
}

/** How the rows of a file are made. */
export interface FileHabits {
  readonly people: number;
  /** Orders of one person; 1: there is no key. */
  readonly orders: number;
  /** Stands in every value, so that another campaign's are different; '' makes them equal. */
  readonly label: string;
  /** Different values for the orders of a person. */
  readonly ownValues: boolean;
  /** Some values look like what a provider says of its own: codes, words for an error. */
  readonly treacherous: boolean;
}

const TREACHEROUS: readonly [string, ...string[]] = [
  'pedido (#2)',
  'pedido (#131056)',
  'lote (#131026)',
  '"code":131016',
  'error 131049',
];

/** A campaign's recipients file, which its operator edits. */
export class PeopleFile {
  readonly #habits: FileHabits;
  readonly #dice: Dice;
  #rows: readonly Row[] = [];
  /** Rows that were taken out, as they were. */
  #gone: readonly Row[] = [];
  #people: number;
  #edits = 0;

  constructor(habits: FileHabits, dice: Dice) {
    this.#habits = habits;
    this.#dice = dice;
    this.#people = habits.people;
    for (let person = 0; person < habits.people; person += 1)
      this.#rows = [...this.#rows, ...this.#rowsOf(person)];
  }

  get state(): FileState {
    return { rows: this.#rows, digest: JSON.stringify(this.#rows) };
  }

  get gone(): readonly Row[] {
    return this.#gone;
  }

  remove(row: Row): void {
    this.#rows = this.#rows.filter((one) => one !== row);
    this.#gone = [...this.#gone, row];
  }

  /** A row that was taken out stands in the file again. */
  bringBack(row: Row): void {
    this.#gone = this.#gone.filter((one) => one !== row);
    this.#rows = [...this.#rows, row];
  }

  /** Somebody new, or another order of somebody known. Returns the first new row. */
  add(): Row {
    const order = this.#habits.orders > 1 && this.#dice.chance(0.5);
    const person = order ? this.#dice.between(0, this.#people - 1) : this.#people;
    if (!order) this.#people += 1;
    const key = this.#habits.orders > 1 ? `order-${this.#habits.orders + this.#edits}` : '';
    this.#edits += 1;
    const row = { person, key, value: this.#valueOf(person, key) };
    this.#rows = [...this.#rows, row];
    return row;
  }

  /** The row gets another value. Returns it. */
  change(row: Row): string {
    this.#edits += 1;
    const value = `changed ${this.#edits}`;
    this.#rows = this.#rows.map((one) => (one === row ? { ...row, value } : one));
    return value;
  }

  #rowsOf(person: number): readonly Row[] {
    const { orders } = this.#habits;
    if (orders === 1) return [{ person, key: '', value: this.#valueOf(person, '') }];
    const count = this.#dice.between(1, orders);
    return Array.from({ length: count }, (_, order) => {
      const key = `order-${order}`;
      return { person, key, value: this.#valueOf(person, key) };
    });
  }

  #valueOf(person: number, key: string): string {
    const { label, ownValues, treacherous } = this.#habits;
    if (treacherous && this.#dice.chance(0.4)) return this.#dice.oneOf(TREACHEROUS);
    return [`person ${person}`, label, ownValues ? key : ''].filter((part) => part !== '').join(' ');
  }
}
