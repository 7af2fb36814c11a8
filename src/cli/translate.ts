import { createRequire } from 'node:module';
import type { IntlMessageFormat, Options } from 'intl-messageformat';
import { harmless } from '../core/harmless.js';
import { NUMBER_LOCALES } from '../core/number-locale.js';
import type { Translate } from '../core/problem.js';
import { type Code, type Language, loadSentences, type Sentence, type Sentences } from '../locales/index.js';
import { PLAIN_INVOCATION } from './invocation.js';

/**
 * What says the sentences of one language. Those of the others are not loaded.
 *
 * @param invocation how the reader starts plazcast: so begins every command in a sentence
 */
export async function loadTranslate(
  language: Language,
  invocation: string = PLAIN_INVOCATION,
): Promise<Translate> {
  return sayWith(await loadSentences(language), language, invocation);
}

/** Where a command to be typed begins in a sentence: in quotes, behind a colon, or on a line of its own. */
const COMMAND = /(?<=["“«]|: |\n {2})plazcast(?= )/gu;

/**
 * Renders sentences. Whatever fills a place is made harmless here, wherever it came from: a file, a provider, the
 * ledger, the command line. ICU MessageFormat is loaded at the first sentence that has a place to fill: `--help` needs
 * none.
 */
export function sayWith(
  sentences: Sentences,
  language: Language,
  invocation: string = PLAIN_INVOCATION,
): Translate {
  const parsed = new Map<string, IntlMessageFormat>();
  let formatters: Formatters | undefined;
  const knows = (code: string): code is Code => Object.hasOwn(sentences, code);
  const translate = (what: Code | Sentence, filled: Params = {}): string => {
    const { code, params = filled }: Said = typeof what === 'string' ? { code: what } : what;
    // A code that a ledger brought may be any text.
    if (!knows(code)) return harmless(code);
    const sentence = sentences[code].replace(COMMAND, invocation);
    if (!sentence.includes('{')) return sentence;
    let format = parsed.get(code);
    if (format === undefined) {
      formatters ??= formattersFor(language);
      format = new (messageFormat())(sentence, language, FORMATS, { ignoreTag: true, formatters });
      parsed.set(code, format);
    }
    return withOneStop(String(format.format(harmlessly(params))), params);
  };
  return Object.assign(translate, { knows });
}

let loaded: typeof IntlMessageFormat | null = null;

function messageFormat(): typeof IntlMessageFormat {
  if (loaded === null) {
    const require = createRequire(import.meta.url);
    loaded = (require('intl-messageformat') as { IntlMessageFormat: typeof IntlMessageFormat })
      .IntlMessageFormat;
    // Its own asks for every locale that Node has, which takes 20 ms; ours are among them.
    loaded.resolveLocale = (language) => new Intl.Locale(String(language));
  }
  return loaded;
}

/** What a provider said ends with a full stop of its own where the sentence has one. */
function withOneStop(said: string, params: Params): string {
  const ends = Object.values(params).filter((value) => typeof value === 'string' && /[^.]\.$/u.test(value));
  return ends.reduce<string>(
    (text, end) => text.replaceAll(`${harmless(String(end))}.`, harmless(String(end))),
    said,
  );
}

function harmlessly(params: Params): Params {
  const entries = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'number' ? value : harmless(String(value)),
  ]);
  return Object.fromEntries(entries) as Params;
}

/** Whatever the types say, a ledger may have brought it. */
type Params = Readonly<Record<string, string | number>>;

/** A code, whichever it is, and what fills its sentence. */
interface Said {
  readonly code: Code;
  readonly params?: Params;
}

/** `{until, time, moment}` in a sentence: epoch milliseconds as local time. How it is written depends on the day. */
const FORMATS = { time: { moment: {} } };

type Formatters = NonNullable<Options['formatters']>;

/** Sentences have whole numbers, plurals and moments: one of each is enough, made for the first sentence that has one. */
function formattersFor(language: Language): Formatters {
  let numbers: Intl.NumberFormat | undefined;
  let plurals: Intl.PluralRules | undefined;
  return {
    getNumberFormat: () => (numbers ??= new Intl.NumberFormat(NUMBER_LOCALES[language])),
    getPluralRules: () => (plurals ??= new Intl.PluralRules(language)),
    getDateTimeFormat: () => ({ format: (at: number) => localTime(at, language) }) as Intl.DateTimeFormat,
  };
}

/** A moment in the machine's own zone, with the zone's name; today's without the date. */
function localTime(at: number, language: Language, now = Date.now()): string {
  // A ledger or a note of a lock may hold any number.
  if (Number.isNaN(new Date(at).getTime())) return '?';
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
  const options: Intl.DateTimeFormatOptions = {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  };
  if (!sameDay) Object.assign(options, { year: 'numeric', month: '2-digit', day: '2-digit' });
  return new Intl.DateTimeFormat(language === 'es' ? 'es' : 'en-CA', options).format(at);
}
