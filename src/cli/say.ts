import { createRequire } from 'node:module';
import type { IntlMessageFormat } from 'intl-messageformat';
import { harmless } from '../core/harmless.js';
import type { Params, Say } from '../core/problem.js';
import { type Code, type Language, loadSentences, type Sentences } from '../locales/index.js';

/** Names of parameters that hold moments (epoch milliseconds) and are shown as local time. */
const MOMENTS = new Set(['until', 'since', 'at', 'from', 'to', 'finish']);

/** What says the sentences of one language. Those of the others are not loaded. */
export async function loadSay(language: Language): Promise<Say> {
  return sayWith(await loadSentences(language), language);
}

/**
 * Renders sentences. Whatever fills a place is made harmless here, wherever it came from: a file, a provider, the
 * ledger, the command line. ICU MessageFormat is loaded at the first sentence that has a place to fill: `--help` needs
 * none.
 */
export function sayWith(sentences: Sentences, language: Language): Say {
  const parsed = new Map<string, IntlMessageFormat>();
  const knows = (code: string): code is Code => Object.hasOwn(sentences, code);
  const say = (code: Code, params?: Params): string => {
    // A code that a ledger brought may be any text.
    if (!knows(code)) return harmless(code);
    const sentence = sentences[code];
    if (!sentence.includes('{')) return sentence;
    let format = parsed.get(code);
    if (format === undefined) {
      format = new (messageFormat())(sentence, language, undefined, { ignoreTag: true });
      parsed.set(code, format);
    }
    return String(format.format(shown(params ?? {}, language)));
  };
  return Object.assign(say, { knows });
}

let loaded: typeof IntlMessageFormat | null = null;

function messageFormat(): typeof IntlMessageFormat {
  if (loaded === null) {
    const require = createRequire(import.meta.url);
    loaded = (require('intl-messageformat') as { IntlMessageFormat: typeof IntlMessageFormat })
      .IntlMessageFormat;
  }
  return loaded;
}

function shown(params: Params, language: Language): Params {
  const entries = Object.entries(params).map(([name, value]) => [name, shownValue(name, value, language)]);
  return Object.fromEntries(entries) as Params;
}

function shownValue(name: string, value: string | number, language: Language): string | number {
  if (typeof value === 'number') return MOMENTS.has(name) ? localTime(value, language) : value;
  return harmless(String(value));
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
