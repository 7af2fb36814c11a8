/** Takes credentials out of a text. With `most`, what is left is cut to so many characters: never before. */
export type Redact = (text: string, most?: number) => string;

/** What stands in the place of a credential. */
export const REDACTED = '•••';

/** Shorter ones would cut holes into ordinary words. */
const SHORTEST_SECRET = 3;
/** Shorter ones, and bare numbers, stand inside of other words by chance: they are hidden where they stand alone. */
const SHORTEST_INSIDE_WORDS = 8;
/** A credential that is repeated in part is hidden from so many characters on, or from its first half. */
const SHORTEST_PART = 12;
/** Fewer characters of Base64 or hex are found in any text. */
const SHORTEST_ENCODED = 6;
/** How often `\` and `%` may have been escaped again. */
const ROUNDS = 3;

/**
 * Makes a function that hides credentials: providers echo what they were sent. Found in any case, percent-encoded,
 * as JSON and HTML escape them, in hex, in Base64 of both alphabets at any place of a longer text, and cut short after
 * half of it. Empty and very short ones are no credentials.
 */
export function redactor(secrets: readonly (string | null)[]): Redact {
  const known = [...new Set(secrets.filter((secret) => secret !== null))].filter(
    (secret) => secret.length >= SHORTEST_SECRET,
  );
  if (known.length === 0) return shortenedTo;
  const forms = known.flatMap(formsOf);
  const needles = [...new Set(forms.flatMap(({ text, needed }) => needlesOf(text.slice(0, needed))))];
  let pattern: RegExp | null = null;
  return (text, most) => {
    if (!mayHold(text, needles)) return shortenedTo(text, most);
    // Hardly any text gets here.
    pattern ??= patternOf(forms);
    return most === undefined ? text.replace(pattern, REDACTED) : startWithout(text, pattern, most, forms);
  };
}

function shortenedTo(text: string, most?: number): string {
  return most === undefined ? text : text.slice(0, most);
}

/** The same for every text in a JSON value. `names`: the names of its fields are from outside, too. */
export function redacted(value: unknown, redact: Redact, names: 'own' | 'foreign'): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item) => redacted(item, redact, names));
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
  const fields = Object.entries(value).map(([name, item]) => [
    names === 'own' ? name : redact(name),
    redacted(item, redact, names),
  ]);
  return Object.fromEntries(fields) as unknown;
}

/** The first `most` characters of what is left, without a look at the rest of a long text. */
function startWithout(text: string, pattern: RegExp, most: number, forms: readonly Form[]): string {
  const longest = Math.max(...forms.map((form) => form.text.length)) * LONGEST_ESCAPE;
  let start = '';
  let at = 0;
  while (start.length < most && at < text.length) {
    // Whatever begins within the next `most` characters ends within this piece.
    const piece = text.slice(at, at + most + longest);
    pattern.lastIndex = 0;
    const found = pattern.exec(piece);
    if (found !== null && found.index < most) {
      start += piece.slice(0, found.index) + REDACTED;
      at += found.index + found[0].length;
    } else {
      start += piece.slice(0, most);
      at += most;
    }
  }
  return start.slice(0, most);
}

/** One way in which a credential may be written, before any escapes. */
interface Form {
  readonly text: string;
  /** Characters that must be there; the rest may be cut off. */
  readonly needed: number;
  /** Not inside of a longer word. */
  readonly alone: boolean;
}

function formsOf(secret: string): readonly Form[] {
  const alone = secret.length < SHORTEST_INSIDE_WORDS || /^\d+$/u.test(secret);
  const needed = Math.min(secret.length, Math.max(SHORTEST_PART, Math.ceil(secret.length / 2)));
  const encoded = [...new Set([secret, secret.toLowerCase(), secret.toUpperCase()])].flatMap((text) => {
    const bytes = bytesOf(text);
    return [hexOf(bytes), ...base64Of(bytes)];
  });
  return [
    { text: secret, needed, alone },
    ...encoded
      .filter((text) => text.length >= SHORTEST_ENCODED)
      .map((text) => ({ text, needed: text.length, alone: false })),
  ];
}

/** The longest forms first, or a shorter one would leave the rest of them. */
function patternOf(forms: readonly Form[]): RegExp {
  const sources = forms
    .toSorted((one, other) => other.text.length - one.text.length)
    .map(({ text, needed, alone }) => {
      const source = [...text]
        .map((character, index) =>
          index < needed ? anyEscapeOf(character) : `(?:${anyEscapeOf(character)})?`,
        )
        .join('');
      return alone ? `(?<![\\p{L}\\p{N}])${source}(?![\\p{L}\\p{N}])` : source;
    });
  return new RegExp(sources.join('|'), 'giu');
}

/** Both alphabets of Base64 are looked for at once. */
const TWINS: Readonly<Record<string, string>> = { '+': '-', '-': '+', '/': '_', _: '/' };
const ENTITIES: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
};
/** Eight backslashes and `u0000`. */
const LONGEST_ESCAPE = 14;

/** A character by itself, with backslashes before it, or as `%41`, `%2541`, `\u0041`, `&#65;`, `&amp;`. */
function anyEscapeOf(character: string): string {
  const twin = TWINS[character];
  const one = escapesOf(character);
  return `(?:${(twin === undefined ? one : [...one, ...escapesOf(twin)]).join('|')})`;
}

function escapesOf(character: string): readonly string[] {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  const percent = encodeURIComponent(wellFormed(character)).replaceAll('%', '%(?:25){0,3}');
  const entity = ENTITIES[character];
  return [
    `\\\\{0,8}${character.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')}`,
    code < 0x80 ? `%(?:25){0,3}${hex.padStart(2, '0')}` : percent,
    `\\\\{1,8}u${hex.padStart(4, '0')}`,
    `&(?:amp;){0,2}#(?:0{0,4}${code}|x0{0,4}${hex});`,
    ...(entity === undefined ? [] : [`&(?:amp;){0,2}${entity};`]),
  ];
}

/** Half a surrogate pair cannot be encoded. */
function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd');
}

function bytesOf(text: string): readonly number[] {
  const percent = encodeURIComponent(wellFormed(text));
  return [...percent.matchAll(/%(..)|./gsu)].map(([whole, hex]) =>
    hex === undefined ? whole.charCodeAt(0) : Number.parseInt(hex, 16),
  );
}

function hexOf(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** What of its Base64 does not depend on what stands around it, for each of the three places in a group of bytes. */
function base64Of(bytes: readonly number[]): readonly string[] {
  return [0, 4, 2].map((skipped) => {
    let text = '';
    for (let bit = skipped; bit + 6 <= bytes.length * 8; bit += 6) text += BASE64[bitsAt(bytes, bit)] ?? '';
    return text;
  });
}

/** Six bits from this one on. */
function bitsAt(bytes: readonly number[], bit: number): number {
  const at = Math.floor(bit / 8);
  const two = (Number(bytes[at]) << 8) | (bytes[at + 1] ?? 0);
  return (two >> (10 - (bit % 8))) & 0x3f;
}

const ESCAPED = /[%\\&]/;

/** The beginning of something that may be taken for an escape once the rest of it follows. */
const BEGUN_ESCAPE = /(?:%[\da-f]?|\\+(?:u[\da-f]{0,3})?|&[#\w]*)$/iu;

/** What the plain text holds whenever it holds the form: a first look that costs little. */
function needlesOf(text: string): readonly string[] {
  if (!ESCAPED.test(text)) return [plainly(text)];
  return [plainly(text), plainly(withoutEscapes(text.replace(BEGUN_ESCAPE, '')))];
}

function mayHold(text: string, needles: readonly string[]): boolean {
  const plain = plainly(text);
  if (needles.some((needle) => plain.includes(needle))) return true;
  if (!ESCAPED.test(text)) return false;
  const unescaped = plainly(withoutEscapes(text));
  return needles.some((needle) => unescaped.includes(needle));
}

/** In lower case, and in one alphabet of Base64. */
function plainly(text: string): string {
  return text.toLowerCase().replaceAll('-', '+').replaceAll('_', '/');
}

const ESCAPE =
  /\\+u([\da-f]{4})|%([\da-f]{2})|&#x([\da-f]{1,6});|&#(\d{1,7});|&(amp|lt|gt|quot|apos);|\\+(?!\\|u[\da-f]{4})/giu;
const ENTITY_CHARACTERS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(ENTITIES).map(([character, name]) => [name, character]),
);

/** Escapes of the characters that a credential may have, as often as they were put on. */
function withoutEscapes(text: string): string {
  let plain = text;
  let before = '';
  for (let round = 0; round <= ROUNDS && plain !== before; round += 1) {
    before = plain;
    plain = plain.replace(
      ESCAPE,
      (_, unit?: string, percent?: string, hex?: string, code?: string, name?: string) => {
        if (name !== undefined) return ENTITY_CHARACTERS[name.toLowerCase()] ?? '';
        const digits = unit ?? percent ?? hex;
        if (digits === undefined && code === undefined) return '';
        const point = digits === undefined ? Number(code) : Number.parseInt(digits, 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : '';
      },
    );
  }
  return plain;
}
