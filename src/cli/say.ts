import { createRequire } from 'node:module';
import type { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '../core/catalogue/index.js';
import { harmless } from '../core/harmless.js';
import type { Params, Say } from '../core/problem.js';

/** Names of parameters that hold moments (epoch milliseconds) and are shown as local time. */
const MOMENTS = new Set(['until', 'since', 'at', 'from', 'to', 'finish']);

/**
 * Loads the catalogue of one language and renders its sentences. Whatever fills a place is made harmless here, wherever
 * it came from: a file, a provider, the ledger, the command line. ICU MessageFormat is loaded at the first sentence
 * that has a place to fill: `--help` needs none.
 */
export async function loadSay(language: Language): Promise<Say> {
  const sentences = await sentencesIn(language);
  const parsed = new Map<string, IntlMessageFormat>();
  return (code, params) => {
    const sentence = Object.hasOwn(sentences, code) ? sentences[code] : undefined;
    // A code that a ledger brought may be any text.
    if (sentence === undefined) return harmless(code);
    if (!sentence.includes('{')) return sentence;
    let format = parsed.get(code);
    if (format === undefined) {
      format = new (messageFormat())(sentence, language, undefined, { ignoreTag: true });
      parsed.set(code, format);
    }
    return String(format.format(shown(params ?? {}, language)));
  };
}

async function sentencesIn(language: Language): Promise<Readonly<Record<string, string>>> {
  if (language === 'es') return (await import('../core/catalogue/spanish.js')).spanish;
  return (await import('../core/catalogue/english.js')).english;
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
