import * as z from 'zod';
import { BOUNDS } from '../core/bounds.js';
import { failed, ok, type Problem, type Result } from '../core/problem.js';
import { type Bounds, parseInteger, shown } from '../core/quantities.js';

/** What an editor is told about a value: a part of a JSON Schema. */
export type EditorHint = Readonly<Record<string, unknown>>;

/** One value of the campaign file: how it is read, and what editors and messages say of it. */
interface FieldSpec<T> {
  /** Reads the text as it stands in the file (every scalar arrives as its source text). */
  readonly parse: (text: string) => Result<T>;
  readonly description: string;
  /** A value that would be right, for "write this instead". */
  readonly example: string;
  readonly editor: EditorHint;
}

/**
 * A zod type for one value. YAML scalars arrive as text, so that `0050` and `1e3` stay what was typed; the editor's
 * view (numbers, booleans) is kept beside it for the JSON Schema. The one problem it finds travels in the issue's `params`.
 */
export function field<T>(spec: FieldSpec<T>): z.ZodType<T> {
  const params = { key: KEY_LATER, example: spec.example };
  return readBy(spec, (value) => {
    if (value === undefined) {
      return failed({ code: 'campaign.missing', params: { key: KEY_LATER, line: spec.example } });
    }
    if (typeof value !== 'string') return failed({ code: 'campaign.one-value', params });
    // A tab alone is a value: a delimiter.
    if (/^[ \r\n]*$/.test(value)) return failed({ code: 'campaign.no-value', params });
    return spec.parse(value);
  });
}

function readBy<T>(
  spec: Pick<FieldSpec<T>, 'description' | 'editor'>,
  read: (value: unknown) => Result<T>,
): z.ZodType<T> {
  return z
    .unknown()
    .transform((value, context) => {
      const result = read(value);
      if (result.ok) return result.value;
      for (const problem of result.problems) context.addIssue({ code: 'custom', params: { problem } });
      return z.NEVER;
    })
    .meta({ description: spec.description, editor: spec.editor });
}

/** A field does not know under which key it stands: `issues.ts` does. */
const KEY_LATER = '';

/** The problem that a field put into an issue, if it is one of ours. */
export function problemIn(params: Readonly<Record<string, unknown>> | undefined): Problem | null {
  const problem = params?.['problem'];
  // Only `field` and `listField` write this key, and always a Problem.
  return problem === undefined ? null : (problem as Problem);
}

/** A value that may be a list as well: the texts are handed over together. */
export function listField<T>(
  spec: Omit<FieldSpec<T>, 'parse'> & { readonly parse: (texts: readonly string[]) => Result<T> },
): z.ZodType<T> {
  const params = { key: KEY_LATER, example: spec.example };
  return readBy(spec, (value) => {
    const texts = Array.isArray(value) ? (value as readonly unknown[]) : [value];
    if (!texts.every((text) => typeof text === 'string')) {
      return failed({ code: 'campaign.one-value-or-list', params });
    }
    const filled = texts.filter((text) => text.trim() !== '');
    return filled.length === 0 ? failed({ code: 'campaign.no-value', params }) : spec.parse(filled);
  });
}

/** Text that is taken as it was typed, with at most so many characters. */
export function textField(
  description: string,
  example: string,
  editor: EditorHint = {},
  most: number = BOUNDS.templateText.value,
): z.ZodType<string> {
  return field({
    parse: (text) =>
      text.length <= most
        ? ok(text)
        : failed({ code: 'campaign.too-long', params: { key: KEY_LATER, found: text.length, most } }),
    description,
    example,
    editor: { type: ['string', 'number', 'boolean'], ...editor },
  });
}

/** A whole number within bounds. */
export function integerField(description: string, bounds: Bounds, example: string): z.ZodType<number> {
  return field({
    parse: (text) => parseInteger(text, bounds),
    description,
    example,
    editor: { type: 'integer', minimum: bounds.min, maximum: bounds.max },
  });
}

/** One of some words; other spellings of them can be allowed. */
export function choiceField<T extends string>(
  description: string,
  words: readonly T[],
  aliases: Readonly<Record<string, T>> = {},
): z.ZodType<T> {
  const choices = words.join(', ');
  return field({
    parse: (text) => {
      const typed = text.trim();
      const word = words.find((known) => known.toLowerCase() === typed.toLowerCase()) ?? aliases[typed];
      return word === undefined
        ? failed({ code: 'campaign.choice', params: { value: shown(typed), choices } })
        : ok(word);
    },
    description,
    example: words[0] ?? '',
    editor: { enum: [...words, ...Object.keys(aliases)].flatMap(editorValues) },
  });
}

/** `true` or `false`. */
export function switchField(description: string): z.ZodType<boolean> {
  const words: Readonly<Record<string, boolean>> = { true: true, false: false };
  return field({
    parse: (text) => {
      const value = words[text.trim().toLowerCase()];
      return value === undefined
        ? failed({ code: 'campaign.choice', params: { value: shown(text), choices: 'true, false' } })
        : ok(value);
    },
    description,
    example: 'true',
    editor: { type: 'boolean' },
  });
}

/** Digits may stand with quotes or without: to YAML they are text or a number. */
function editorValues(word: string): readonly (string | number)[] {
  return /^\d+$/.test(word) ? [word, Number(word)] : [word];
}

/** A group of keys. Keys that are not in it are problems. `shorthand`: what editors accept in its place. */
export function section<Shape extends z.core.$ZodLooseShape>(
  description: string,
  shape: Shape,
  shorthand?: EditorHint,
): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape).meta({ description, ...(shorthand === undefined ? {} : { shorthand }) });
}
