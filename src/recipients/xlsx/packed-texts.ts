import { randomUUID } from 'node:crypto';
import { BOUNDS } from '../../core/bounds.js';
import { NamelessFile } from '../../files/nameless-file.js';

/** How the texts are held; tests make them small. */
export interface PackedSizes {
  /** A block is closed when it has so many texts. */
  readonly blockTexts: number;
  /** Bytes of texts in memory; what comes behind them goes to the disk. */
  readonly memoryBytes: number;
}

const SIZES: PackedSizes = { blockTexts: 256, memoryBytes: 8_000_000 };
/** Blocks of the disk that are in memory, too: columns may have their texts in different places. */
const WINDOWS = 16;
/** A block is closed when it has so many characters, so that its texts begin at what fits into 16 bits. */
const BLOCK_CHARACTERS = 60_000;
/** The largest block: a cell behind all but full ones. */
const WINDOW_BYTES = 2 * (BLOCK_CHARACTERS + BOUNDS.tableCell.value);

interface Block {
  /** Index of its first text. */
  readonly first: number;
  /** Where each text begins. */
  readonly starts: Uint16Array;
  /** All texts, one behind the other; or where they are on the disk. */
  readonly texts: string | Stored;
}

interface Stored {
  readonly start: number;
  readonly length: number;
  readonly encoding: 'latin1' | 'utf16le';
}

/**
 * A long list of texts in little memory: put together into blocks, the first ones in memory and the rest in a file without a
 * name. A million rows of a spreadsheet may have millions of texts; each by itself would take four times as much.
 */
export class PackedTexts {
  readonly #sizes: PackedSizes;
  readonly #blocks: Block[] = [];
  #packed = 0;
  #inMemory = 0;
  #file: NamelessFile | null = null;
  /** Their memory is used again and again: it would pile up otherwise. */
  readonly #windows: { block: number; bytes: Buffer }[] = [];
  #nextWindow = 0;
  /** Texts of the block that is not closed yet. */
  #open: string[] = [];
  #openCharacters = 0;

  constructor(sizes: PackedSizes = SIZES) {
    this.#sizes = sizes;
  }

  get count(): number {
    return this.#packed + this.#open.length;
  }

  add(text: string): void {
    this.#open.push(text);
    this.#openCharacters += text.length;
    if (this.#open.length >= this.#sizes.blockTexts || this.#openCharacters >= BLOCK_CHARACTERS) {
      this.#closeBlock();
    }
  }

  /** The text with this index, which is below `count`. */
  at(index: number): string {
    if (index >= this.#packed) return this.#open[index - this.#packed] ?? '';
    const number = this.#blockOf(index);
    const { first, starts, texts } = this.#blocks[number] as Block;
    const start = starts[index - first] as number;
    const end = starts[index - first + 1];
    if (typeof texts === 'string') return texts.slice(start, end);
    const { length, encoding } = texts;
    const width = encoding === 'latin1' ? 1 : 2;
    return this.#window(number, texts).toString(
      encoding,
      start * width,
      end === undefined ? length : end * width,
    );
  }

  /** Gives the disk back. */
  close(): void {
    this.#file?.close();
    this.#file = null;
  }

  #closeBlock(): void {
    const starts = new Uint16Array(this.#open.length);
    let start = 0;
    for (const [index, text] of this.#open.entries()) {
      starts[index] = start;
      start += text.length;
    }
    this.#blocks.push({ first: this.#packed, starts, texts: this.#stored(this.#open.join('')) });
    this.#packed += this.#open.length;
    this.#open = [];
    this.#openCharacters = 0;
  }

  #stored(texts: string): string | Stored {
    const isNarrow = NARROW.test(texts);
    const length = isNarrow ? texts.length : texts.length * 2;
    if (this.#inMemory + length <= this.#sizes.memoryBytes) {
      this.#inMemory += length;
      return texts;
    }
    this.#file ??= new NamelessFile(`plazcast-${randomUUID()}`);
    const encoding = isNarrow ? 'latin1' : 'utf16le';
    return { start: this.#file.append(Buffer.from(texts, encoding)), length, encoding };
  }

  #window(block: number, { start, length }: Stored): Buffer {
    const there = this.#windows.find((window) => window.block === block);
    if (there !== undefined) return there.bytes;
    let window = this.#windows[this.#nextWindow];
    if (window === undefined) {
      window = { block, bytes: Buffer.allocUnsafeSlow(WINDOW_BYTES) };
      this.#windows.push(window);
    }
    window.block = block;
    this.#nextWindow = (this.#nextWindow + 1) % WINDOWS;
    (this.#file as NamelessFile).read(window.bytes, start, length);
    return window.bytes;
  }

  #blockOf(index: number): number {
    let low = 0;
    let high = this.#blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#blocks[middle] as Block).first <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** What has one byte for each character, in memory and on the disk. */
const NARROW = /^[^\u0100-\uffff]*$/;
