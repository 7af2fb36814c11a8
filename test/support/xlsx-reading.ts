import { SaxesParser } from 'saxes';
import { fromBufferPromise } from 'yauzl';

/** A cell as it stands in a sheet. */
export interface ReadCell {
  readonly type: 'text' | 'number';
  readonly value: string;
  readonly style: number;
}

/** A sheet as it was read. */
export interface ReadSheet {
  readonly name: string;
  readonly xml: string;
  /** By names such as `B2`. */
  readonly cells: ReadonlyMap<string, ReadCell>;
  /** Cells by rows, null where there is none. */
  readonly rows: readonly (readonly (string | null)[])[];
}

/** All pieces of a workbook as one. */
export async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

/** The parts of a workbook by their names. */
export async function partsOf(workbook: Buffer): Promise<ReadonlyMap<string, string>> {
  const zip = await fromBufferPromise(workbook);
  const parts = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    const pieces: Buffer[] = [];
    for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer);
    parts.set(entry.fileName, Buffer.concat(pieces).toString('utf8'));
  }
  return parts;
}

/** The sheets of a workbook in their order. Throws where a part is not well-formed XML. */
export async function sheetsOf(workbook: Buffer): Promise<readonly ReadSheet[]> {
  const parts = await partsOf(workbook);
  for (const xml of parts.values()) wellFormed(xml);
  const names: string[] = [];
  parsed(parts.get('xl/workbook.xml') ?? '', (name, attributes) => {
    if (name === 'sheet') names.push(attributes['name'] ?? '');
  });
  return names.map((name, index) => {
    const xml = parts.get(`xl/worksheets/sheet${index + 1}.xml`) ?? '';
    const cells = cellsIn(xml);
    return { name, xml, cells, rows: rowsOf(cells) };
  });
}

/** Throws where it is not. */
function wellFormed(xml: string): void {
  parsed(xml, () => undefined);
}

function cellsIn(xml: string): ReadonlyMap<string, ReadCell> {
  const cells = new Map<string, ReadCell>();
  let at = '';
  let style = 0;
  let type: ReadCell['type'] = 'number';
  parsed(
    xml,
    (name, attributes) => {
      if (name === 'f') throw new Error(`a formula in ${at}`);
      if (name !== 'c') return;
      at = attributes['r'] ?? '';
      style = Number(attributes['s'] ?? 0);
      type = attributes['t'] === 'inlineStr' ? 'text' : 'number';
    },
    (name, text) => {
      if (name === 't' || name === 'v')
        cells.set(at, { type, value: type === 'text' ? unescaped(text) : text, style });
    },
  );
  return cells;
}

/** ECMA-376 part 1, 22.9.2.19. */
function unescaped(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/gu, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function rowsOf(cells: ReadonlyMap<string, ReadCell>): readonly (readonly (string | null)[])[] {
  const rows: (string | null)[][] = [];
  for (const [at, { value }] of cells) {
    const [, letters = '', line = '1'] = /^([A-Z]+)(\d+)$/u.exec(at) ?? [];
    const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
    while (rows.length < Number(line)) rows.push([]);
    const row = rows[Number(line) - 1] ?? [];
    while (row.length < column) row.push(null);
    row.push(value);
  }
  return rows;
}

function parsed(
  xml: string,
  open: (name: string, attributes: Readonly<Record<string, string>>) => void,
  close: (name: string, text: string) => void = () => undefined,
): void {
  const parser = new SaxesParser();
  let text = '';
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    text = '';
    open(name, attributes);
  });
  parser.on('text', (piece) => {
    text += piece;
  });
  parser.on('closetag', ({ name }) => close(name, text));
  parser.write(xml).close();
}
