import { BOUNDS } from '../../core/bounds.js';
import type { PackageParts } from './package-parts.js';
import { PackedTexts } from './packed-texts.js';
import { PatternFeed } from './pattern-feed.js';
import { WorkbookError } from './workbook-error.js';
import { unescaped, type XmlListener } from './xml-feed.js';

/** Collects the text of a string: of `t`, or of all `t` of its rich runs; how it is pronounced (`rPh`) is left out. */
export class StringText {
  #text = '';
  #isText = false;
  #isPronounced = false;

  open(name: string): void {
    if (name === 'rPh') this.#isPronounced = true;
    if (name === 't') this.#isText = !this.#isPronounced;
  }

  close(name: string): void {
    if (name === 'rPh') this.#isPronounced = false;
    if (name === 't') this.#isText = false;
  }

  text(piece: string): void {
    if (this.#isText && this.#text.length < BOUNDS.tableCell.value) this.#text += piece;
  }

  /** The text so far; then another begins. */
  take(): string {
    const text = shownText(this.#text);
    this.#text = '';
    return text;
  }
}

const PLAIN_STRING = /<si><t(?: xml:space="preserve")?>([^<&\r]*)<\/t><\/si>/y;

/** A text as a sheet shows it, within bounds. */
export function shownText(written: string): string {
  return unescaped(written).slice(0, BOUNDS.tableCell.value);
}

/**
 * The strings that the cells of a workbook share. They are read as far as they are asked for: programs write them in the
 * order of their first use, so that the first rows need only the first of them.
 */
export class SharedStrings {
  readonly #part: string;
  readonly #chunks: AsyncIterator<string>;
  readonly #texts = new PackedTexts();
  readonly #feed: PatternFeed;
  #isAtEnd: boolean;

  /** `part` null: the workbook has none. */
  constructor(parts: PackageParts, part: string | null) {
    this.#part = part ?? '';
    this.#chunks = parts.text(this.#part, 'workbookSheet');
    this.#isAtEnd = part === null;
    this.#feed = this.#feedOf(new StringText());
  }

  /** Reads on until this string is there. Throws `WorkbookError` where there is no such string. */
  async upTo(index: number): Promise<void> {
    try {
      while (index >= this.#texts.count && !this.#isAtEnd) {
        const { done, value } = await this.#chunks.next();
        if (done === true) this.#feed.end();
        else this.#feed.write(value);
        this.#isAtEnd = done === true;
      }
      if (index >= this.#texts.count) throw new WorkbookError('damaged', 'no such string');
    } catch (error) {
      if (error instanceof WorkbookError) error.part = this.#part;
      throw error;
    }
  }

  /** A string that `upTo` has read. */
  at(index: number): string {
    return this.#texts.at(index);
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
    this.#texts.close();
  }

  #feedOf(string: StringText): PatternFeed {
    let depth = 0;
    const listener: XmlListener = {
      open: (name) => {
        depth += 1;
        string.open(name);
      },
      text: (piece) => string.text(piece),
      close: (name) => {
        depth -= 1;
        string.close(name);
        if (name === 'si') this.#add(string.take());
      },
    };
    return new PatternFeed(listener, {
      begins: '<si>',
      whole: PLAIN_STRING,
      mayStand: () => depth === 1,
      take: ([, text = '']) => this.#add(shownText(text)),
    });
  }

  #add(text: string): void {
    if (this.#texts.count >= BOUNDS.workbookStrings.value) throw new WorkbookError('workbookStrings');
    this.#texts.add(text);
  }
}
