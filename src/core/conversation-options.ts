import type { Code } from '../locales/index.js';
import { readJson } from './bounded-json.js';
import { LIST_PROVIDERS, type ListProvider } from './conversation.js';
import { LIST_OPTION_TABLES, type ListOptionSpec } from './list-option-tables.js';
import { isCalendarDate } from './moments.js';
import { failed, ok, type Problem, type Result, shortened } from './problem.js';

/** A value that was checked. */
export type OptionValue = string | number | boolean | readonly string[] | JsonValue;
/** Any JSON value. */
type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** Checked values by the name of their option; defaults are filled in. */
export type ListOptions = ReadonlyMap<string, OptionValue>;

/** Options as they were given: strings, or arrays of strings; undefined means not given. */
export type GivenOptions = Readonly<
  Record<string, string | readonly string[] | boolean | number | undefined>
>;

/**
 * Checks the options that were given for one provider's list: every problem at once, before any request.
 * An option that belongs to another provider is refused, with the one that means the same here.
 */
export function readListOptions(provider: ListProvider, given: GivenOptions): Result<ListOptions> {
  const values = new Map<string, OptionValue>();
  const problems: Problem[] = [];
  for (const spec of LIST_OPTION_TABLES[provider]) {
    const value = given[spec.name] ?? spec.default;
    if (value === undefined) continue;
    const read = readValue(spec, value);
    if (read.ok) values.set(spec.name, read.value);
    else problems.push(...read.problems);
  }
  problems.push(...strangers(provider, given));
  return problems.length > 0 ? failed(...problems) : ok(values);
}

function strangers(provider: ListProvider, given: GivenOptions): Problem[] {
  const own = new Set(LIST_OPTION_TABLES[provider].map((spec) => spec.name));
  const foreign = LIST_PROVIDERS.flatMap((owner) =>
    LIST_OPTION_TABLES[owner].map((spec) => ({ owner, spec })),
  );
  const problems: Problem[] = [];
  for (const name of Object.keys(given).filter((one) => given[one] !== undefined && !own.has(one))) {
    const found = foreign.filter(({ spec }) => spec.name === name);
    if (found.length === 0) continue;
    const roles = new Set(found.map(({ spec }) => spec.role));
    const use = LIST_OPTION_TABLES[provider].find(({ role }) => role !== undefined && roles.has(role))?.name;
    const params = { option: name, provider, owner: found.map(({ owner }) => owner).join(', ') };
    problems.push(
      use === undefined
        ? { code: 'list.option.other-provider', params }
        : { code: 'list.option.other-provider-use', params: { ...params, use } },
    );
  }
  return problems;
}

function readValue(
  spec: ListOptionSpec,
  given: string | readonly string[] | boolean | number,
): Result<OptionValue> {
  const texts = (Array.isArray(given) ? given : [given]).map((value) => String(value).trim());
  if (spec.type === 'list') return readList(spec, texts);
  if (spec.type === 'choices') return readWords(spec, texts);
  const [text = '', ...more] = texts;
  if (more.length > 0) return failed({ code: 'list.option.once', params: { option: spec.name } });
  return readSingle(spec, text);
}

function readSingle(spec: ListOptionSpec, text: string): Result<OptionValue> {
  switch (spec.type) {
    case 'integer':
      return readInteger(spec, text);
    case 'boolean':
      if (text === '' || text === 'true') return ok(true);
      if (text === 'false') return ok(false);
      return failed(wrong('list.option.boolean', spec, text));
    case 'date':
      return isCalendarDate(text) ? ok(text) : failed(wrong('list.option.date', spec, text));
    case 'choice':
      return readChoice(spec, text);
    case 'object':
    case 'objects':
      return readJsonOption(spec, text);
    default:
      return text === '' ? failed(empty(spec)) : ok(text);
  }
}

function readInteger(spec: ListOptionSpec, text: string): Result<OptionValue> {
  const least = spec.least ?? 0;
  const number = /^\d{1,16}$/u.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) && number >= least
    ? ok(number)
    : failed({ code: 'list.option.integer', params: { option: spec.name, value: shortened(text), least } });
}

/** Several values, each given by itself or separated by commas; repeated ones count once. */
function readList(spec: ListOptionSpec, texts: readonly string[]): Result<readonly string[]> {
  const items = texts.flatMap((text) => text.split(',').map((item) => item.trim()));
  const filled = [...new Set(items.filter((item) => item !== ''))];
  return filled.length === 0 ? failed(empty(spec)) : ok(filled);
}

/** One that takes words of a list. */
type WordSpec = Extract<ListOptionSpec, { readonly choices: readonly string[] }>;

function readWords(spec: WordSpec, texts: readonly string[]): Result<readonly string[]> {
  const items = readList(spec, texts);
  if (!items.ok) return items;
  const read = items.value.map((item) => readChoice(spec, item));
  const problems = read.flatMap((result) => (result.ok ? [] : result.problems));
  const words = read.flatMap((result) => (result.ok ? [result.value] : []));
  return problems.length > 0 ? failed(...problems) : ok([...new Set(words)]);
}

/** A word of the list, in any case: `noadminreply` is `noAdminReply`. */
function readChoice(spec: WordSpec, text: string): Result<string> {
  const found = spec.choices.find((choice) => choice.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return ok(found);
  const params = { option: spec.name, value: shortened(text), choices: spec.choices.join(', ') };
  return failed({ code: 'list.option.choice', params });
}

function readJsonOption(spec: ListOptionSpec, text: string): Result<OptionValue> {
  const code = spec.type === 'object' ? 'list.option.object' : 'list.option.objects';
  const read = readJson(text);
  if (read.kind !== 'value') return failed(wrong(code, spec, text));
  const { value } = read;
  const fits = spec.type === 'object' ? isObject(value) : Array.isArray(value) && value.every(isObject);
  return fits ? ok(value as OptionValue) : failed(wrong(code, spec, text));
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function empty(spec: ListOptionSpec): Problem {
  return { code: 'list.option.empty', params: { option: spec.name } };
}

type WrongValue = Extract<Code, `list.option.${'boolean' | 'date' | 'object' | 'objects'}`>;

function wrong(code: WrongValue, spec: ListOptionSpec, text: string): Problem {
  return { code, params: { option: spec.name, value: shortened(text) } };
}

/** The query parameter that an option fills: `channelId` for `channel-id`. */
export function parameterOf(name: string): string {
  return name.replace(/-(\w)/gu, (_, letter: string) => letter.toUpperCase());
}
