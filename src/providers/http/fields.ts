import { createHash } from 'node:crypto';
import type { RawRecord } from '../../core/conversation.js';

/** Whether a value is a record: an object with names. */
export function isRecord(value: unknown): value is RawRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text; a number is taken for one. Null: it is missing, null, or something else. */
export function textIn(record: RawRecord, name: string): string | null {
  const value = record[name];
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : null;
}

/** Many texts at once. */
export function textsIn<Name extends string>(
  record: RawRecord,
  names: readonly Name[],
): Readonly<Record<Name, string | null>> {
  const texts = {} as Record<Name, string | null>;
  for (const name of names) texts[name] = textIn(record, name);
  return texts;
}

/** A yes or no; null: it is neither. */
export function flagIn(record: RawRecord, name: string): boolean | null {
  const value = record[name];
  return typeof value === 'boolean' ? value : null;
}

/** A record in a record; null: there is none. */
export function recordIn(record: RawRecord, name: string): RawRecord | null {
  const value = record[name];
  return isRecord(value) ? value : null;
}

/** The values of a list; none where there is no list. */
export function listIn(record: RawRecord, name: string): readonly unknown[] {
  const value = record[name];
  return Array.isArray(value) ? value : [];
}

/** An id; null: it is missing or blank. */
export function idIn(record: RawRecord): string | null {
  const id = textIn(record, 'id');
  return id === null || id.trim() === '' ? null : id;
}

/** Stands for the id of something that has none: the same for the same content. */
export function contentId(value: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(value)).digest('hex');
  return `no-id-${digest.slice(0, 24)}`;
}
