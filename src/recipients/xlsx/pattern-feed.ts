import { XmlFeed, type XmlListener } from './xml-feed.js';

/** How the elements that a part is full of are mostly written. */
export interface Pattern {
  /** How they begin, `<` included. */
  readonly begins: string;
  /** Sticky; matches the whole element, without entities, carriage returns or other elements than its own. */
  readonly whole: RegExp;
  /** Whether such an element may stand where the listener is now. */
  mayStand(): boolean;
  take(match: RegExpExecArray): void;
}

/** What may be neither element nor text: comments, CDATA, declarations, instructions. */
const OTHER_MARKUP = /<[!?]/u;
const XML_DECLARATION = /^\ufeff?<\?xml [^<>]*\?>/u;
/** The start of an element that is kept until the rest of it comes. */
const LONGEST_START = 1 << 17;

/**
 * Feeds XML to a listener as `XmlFeed` does, but takes elements that are written as usual in one go. A sheet of a million
 * rows has six million cells: with saxes alone they would take twice the time, and a hundred megabytes of garbage.
 *
 * It is safe because an element that matches is whole and well-formed, and because `<` stands nowhere else than where
 * markup begins, as long as there is no comment and no CDATA: from such a thing on, saxes gets everything.
 */
export class PatternFeed {
  readonly #xml: XmlFeed;
  readonly #pattern: Pattern;
  /** From the start of the last element that may be cut off. */
  #kept = '';
  #isFirst = true;
  #isPlain = true;

  constructor(listener: XmlListener, pattern: Pattern) {
    this.#xml = new XmlFeed(listener);
    this.#pattern = pattern;
  }

  write(text: string): void {
    const whole = this.#kept + text;
    this.#kept = '';
    this.#isPlain &&= !OTHER_MARKUP.test(this.#isFirst ? whole.replace(XML_DECLARATION, '') : whole);
    this.#isFirst = false;
    if (!this.#isPlain) {
      this.#xml.write(whole);
      return;
    }
    const last = whole.lastIndexOf('<');
    const start = last === -1 ? whole.length : startOf(whole, this.#pattern.begins, last);
    const cut = whole.length - start > LONGEST_START ? whole.length : start;
    this.#scan(whole.slice(0, cut));
    this.#kept = whole.slice(cut);
  }

  /** Throws when something is left open. */
  end(): void {
    this.#xml.write(this.#kept);
    this.#xml.end();
  }

  #scan(text: string): void {
    const { begins, whole } = this.#pattern;
    for (let at = 0; at < text.length; ) {
      whole.lastIndex = at;
      const match = this.#pattern.mayStand() ? whole.exec(text) : null;
      if (match !== null) {
        this.#pattern.take(match);
        this.#xml.heard();
        at = whole.lastIndex;
        continue;
      }
      const next = text.indexOf(begins, at + 1);
      const end = next === -1 ? text.length : next;
      this.#xml.write(text.slice(at, end));
      at = end;
    }
  }
}

/** Where the last element of this kind begins; what is cut off before its first letter may be one, too. */
function startOf(text: string, begins: string, last: number): number {
  const start = text.lastIndexOf(begins);
  return start === -1 || begins.startsWith(text.slice(last)) ? last : start;
}
