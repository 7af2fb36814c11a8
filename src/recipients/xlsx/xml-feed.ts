import { SaxesParser } from 'saxes';
import { BOUNDS } from '../../core/bounds.js';
import type { PackageParts } from './package-parts.js';
import { WorkbookError } from './workbook-error.js';

/** Attributes by their names as written, prefixes included. */
export type Attributes = Readonly<Record<string, string>>;

/** Hears what stands in a part. Names come without their prefix. */
export interface XmlListener {
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  text(text: string): void;
}

/**
 * Feeds XML to a listener, piece by piece. saxes sees that it is well-formed, and knows no entities but the five of XML;
 * a document type, which could declare others, is refused. Throws `WorkbookError`, and what the listener throws.
 */
export class XmlFeed {
  readonly #parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false });
  #depth = 0;
  /** Characters that came since the listener last heard something: saxes keeps them. */
  #unheard = 0;

  constructor(listener: XmlListener) {
    const parser = this.#parser;
    parser.on('error', ({ message }) => {
      throw new WorkbookError('damaged', message);
    });
    parser.on('doctype', () => {
      throw new WorkbookError('damaged', 'document type');
    });
    parser.on('opentag', ({ name, attributes }) => {
      this.#unheard = 0;
      this.#depth += 1;
      if (this.#depth > BOUNDS.workbookDepth.value) throw new WorkbookError('damaged', 'too deep');
      listener.open(localName(name), attributes);
    });
    parser.on('closetag', ({ name }) => {
      this.#unheard = 0;
      this.#depth -= 1;
      listener.close(localName(name));
    });
    const text = (piece: string): void => listener.text(piece);
    parser.on('text', text);
    parser.on('cdata', text);
  }

  write(text: string): void {
    this.#unheard += text.length;
    if (this.#unheard > BOUNDS.workbookText.value) throw new WorkbookError('damaged', 'endless text');
    this.#parser.write(text);
  }

  /** Something was heard that came another way. */
  heard(): void {
    this.#unheard = 0;
  }

  /** Throws when something is left open. */
  end(): void {
    this.#parser.close();
  }
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

/** An attribute with a prefix that programs choose, such as `r:id`. */
export function prefixed(attributes: Attributes, name: string): string | undefined {
  const key = Object.keys(attributes).find((each) => each.endsWith(`:${name}`));
  return key === undefined ? undefined : attributes[key];
}

/** What XML Schema takes for true. */
export function isTrue(text: string | undefined): boolean {
  return text === '1' || text === 'true';
}

/** `_x000D_` in a text stands for the character with this code (ECMA-376 part 1, 22.9.2.19). */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/gu, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Reads a part to its end. Throws `WorkbookError` with its name. */
export async function readXml(parts: PackageParts, part: string, listener: XmlListener): Promise<void> {
  const feed = new XmlFeed(listener);
  try {
    for await (const chunk of parts.text(part, 'workbookPart')) feed.write(chunk);
    feed.end();
  } catch (error) {
    if (error instanceof WorkbookError) error.part = part;
    throw error;
  }
}
