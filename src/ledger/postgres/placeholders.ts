import type { Param } from '../sql/steps.js';

/** What fills a statement's parameters, by name. */
export type Params = Readonly<Record<string, Param | boolean>>;

interface Parsed {
  readonly text: string;
  readonly names: readonly string[];
}

/** `+@name` is how shared statements keep SQLite's planner from looking into a parameter; here the sign goes. */
export const NAMED = /\+?@([a-z]\w*)/gu;

const parsed = new Map<string, Parsed>();

/** A statement with parameters by name as the driver takes it: `$1`, `$2` and the values in that order. */
export function positional(text: string, params: Params): { text: string; values: unknown[] } {
  const { text: numbered, names } = parsedOf(text);
  return { text: numbered, values: names.map((name) => filling(params, name)) };
}

function parsedOf(text: string): Parsed {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const names: string[] = [];
  const numbered = text.replace(NAMED, (_match, name: string) => {
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  const result = { text: numbered, names };
  parsed.set(text, result);
  return result;
}

function filling(params: Params, name: string): unknown {
  const value = params[name];
  if (value === undefined) throw new Error(`a statement lacks its parameter ${name}`);
  return Array.isArray(value) ? value.map(storable) : storable(value);
}

function storable(value: unknown): unknown {
  return typeof value === 'string' ? storableText(value) : value;
}

/** PostgreSQL's texts hold every character but U+0000. */
export function storableText(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text;
}
