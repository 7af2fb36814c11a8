import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** The text of a part: all of it, or piece by piece. */
export type PartText = string | Iterable<string>;

/** Parts of a workbook by their names. */
export type Parts = Readonly<Record<string, PartText>>;

/** A sheet as a test describes it. */
export interface TestSheet {
  readonly name: string;
  readonly state?: 'hidden' | 'veryHidden';
  /** What stands within `worksheet`, such as `<sheetData>…</sheetData>`. */
  readonly xml: PartText;
}

/** What else stands in a workbook. */
export interface TestBook {
  readonly sheets: readonly TestSheet[];
  /** `si` elements. */
  readonly strings?: PartText;
  /** Format codes of cells by their style, from 0; a number is the id of a built-in one. */
  readonly formats?: readonly (string | number)[];
  readonly date1904?: boolean;
  /** What stands behind the sheets in the workbook's own part. */
  readonly behindSheets?: string;
}

/** The parts of a workbook as Excel lays them out. */
export function bookParts(book: TestBook): Parts {
  const { sheets, strings, formats = [], date1904 = false, behindSheets = '' } = book;
  const listed = sheets.map(({ name, state }, index) => {
    const shown = state === undefined ? '' : ` state="${state}"`;
    return `<sheet name="${escaped(name)}" sheetId="${index + 1}"${shown} r:id="rId${index + 1}"/>`;
  });
  const links = sheets.map((_, index) =>
    link(`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`),
  );
  if (strings !== undefined) links.push(link('rIdS', 'sharedStrings', 'sharedStrings.xml'));
  if (formats.length > 0) links.push(link('rIdF', 'styles', '/xl/styles.xml'));
  return {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"/>`,
    '_rels/.rels': relationships([link('rId1', 'officeDocument', 'xl/workbook.xml')]),
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${listed.join('')}</sheets>${behindSheets}</workbook>`,
    'xl/_rels/workbook.xml.rels': relationships(links),
    ...(strings === undefined ? {} : { 'xl/sharedStrings.xml': within('sst', strings) }),
    ...(formats.length === 0 ? {} : { 'xl/styles.xml': within('styleSheet', [styles(formats)]) }),
    ...Object.fromEntries(
      sheets.map(({ xml }, index) => [`xl/worksheets/sheet${index + 1}.xml`, within('worksheet', xml)]),
    ),
  };
}

function* within(element: string, content: PartText): Generator<string> {
  yield `${HEAD}<${element} xmlns="${MAIN}">`;
  if (typeof content === 'string') yield content;
  else yield* content;
  yield `</${element}>`;
}

function styles(formats: readonly (string | number)[]): string {
  const own = formats.flatMap((code, index) =>
    typeof code === 'string' ? [`<numFmt numFmtId="${164 + index}" formatCode="${escaped(code)}"/>`] : [],
  );
  const xfs = formats.map(
    (code, index) => `<xf numFmtId="${typeof code === 'string' ? 164 + index : code}"/>`,
  );
  return `<numFmts>${own.join('')}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>${xfs.join('')}</cellXfs>`;
}

/** One relationship. */
export function link(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
}

/** A part of relationships. */
export function relationships(links: readonly string[]): string {
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${links.join('')}</Relationships>`;
}

/** A text as XML has it. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Writes parts as an archive, piece by piece. */
export async function writeParts(file: string, parts: Parts): Promise<void> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(parts)) {
    zip.addReadStream(Readable.from(joined(text), { objectMode: false }), name);
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
}

/** In pieces that are worth a turn. */
function* joined(text: PartText): Generator<Buffer> {
  let piece = '';
  for (const each of typeof text === 'string' ? [text] : text) {
    piece += each;
    if (piece.length < 1 << 16) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(piece);
}
