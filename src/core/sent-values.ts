import type { Variable } from './recipient.js';

/** The values of one part of a message, body or header, as fingerprints: two ways to compare it with a record. */
export interface SentPart {
  readonly count: number;
  /** Of the values under the names of their variables. */
  readonly named: string;
  /** Of the values alone. */
  readonly plain: string;
}

/** What a message said: nothing of the texts themselves, but enough to tell it from another one. */
export interface SentValues {
  readonly body: SentPart;
  readonly header: SentPart;
}

/** What a record tells of one part: its values under their names (`named`), or alone, as WhatsApp numbers them. */
export interface ListedPart {
  readonly named: boolean;
  readonly count: number;
  readonly digest: string;
}

/** What a record tells of the values; a part is null where it tells nothing that can be read. */
export interface ListedValues {
  readonly body: ListedPart | null;
  readonly header: ListedPart | null;
}

/** Whether a record and a message say the same. `undecided`: one of them cannot be read, or not all of it. */
export type ValuesVerdict = 'same' | 'different' | 'undecided';

/** The fingerprints of what was sent. */
export function sentValues(body: readonly Variable[], header: readonly Variable[]): SentValues {
  return { body: sentPart(body), header: sentPart(header) };
}

function sentPart(variables: readonly Variable[]): SentPart {
  const values = variables.map(({ value }) => value);
  return { count: values.length, named: namedPart(variables).digest, plain: plainPart(values).digest };
}

/** Values under the names of their variables. Names count to the letter, their order does not. */
export function namedPart(variables: readonly Variable[]): ListedPart {
  const pairs = variables.map(({ variable, value }) => JSON.stringify([variable, plainly(value)]));
  return { named: true, count: pairs.length, digest: digestOf(pairs) };
}

/** Values without names: which is which is unknown, so their order does not count. */
export function plainPart(values: readonly string[]): ListedPart {
  return {
    named: false,
    count: values.length,
    digest: digestOf(values.map((value) => JSON.stringify(plainly(value)))),
  };
}

/** Compares both parts: one that differs decides, and all that was sent must be told to be called the same. */
export function compareValues(sent: SentValues | null, listed: ListedValues | null): ValuesVerdict {
  if (sent === null || listed === null) return 'undecided';
  const body = comparePart(sent.body, listed.body);
  const header = comparePart(sent.header, listed.header);
  if (body === 'different' || header === 'different') return 'different';
  return body === 'same' && header === 'same' ? 'same' : 'undecided';
}

/** A part of which nothing was sent need not be told. Values without names may leave some out: then nothing is known. */
function comparePart(sent: SentPart, listed: ListedPart | null): ValuesVerdict {
  if (listed === null) return sent.count === 0 ? 'same' : 'undecided';
  if (listed.named) return listed.digest === sent.named ? 'same' : 'different';
  if (listed.count !== sent.count) return 'undecided';
  return listed.digest === sent.plain ? 'same' : 'different';
}

/** A value without what systems change on the way: white space, the form of characters, marks that nobody sees. */
function plainly(value: string): string {
  const seen = value.normalize('NFKC').replace(/[\p{Cf}\p{Cs}]/gu, '');
  return seen.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/**
 * 64 bits in which two texts differ unless chance has it otherwise. Not made against forgery: both texts are the
 * sender's own.
 */
function digestOf(parts: readonly string[]): string {
  const text = [...parts].sort().join(',');
  let [one, two] = [0x9e3779b9, 0x85ebca6b];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    one = Math.imul(one ^ unit, 0x01000193);
    two = Math.imul(two ^ unit, 0x5bd1e995) ^ (two >>> 15);
  }
  return hex(one ^ (one >>> 16)) + hex(two ^ Math.imul(one, 0x1b873593));
}

function hex(bits: number): string {
  return (bits >>> 0).toString(16).padStart(8, '0');
}
