import { escaped } from './cell-text.js';

/** What every part begins with. */
export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const MAIN_NAMESPACE = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const KIND = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** How cells look, by their place in `cellXfs` of the styles. */
export const STYLE = { plain: 0, moment: 1, heading: 2, text: 3 } as const;

/** Read in the same way everywhere. */
const MOMENT_FORMAT = 'yyyy\\-mm\\-dd\\ hh:mm:ss';
/** `@`, the format of texts: what is typed into such a cell stays as it is (ECMA-376 part 1, 18.8.30). */
const TEXT_FORMAT = 49;

/** A sheet whose part is written. */
export interface WrittenSheet {
  readonly name: string;
  /** How large the table under its filter is; null: it has none. */
  readonly filtered: { readonly columns: number; readonly lines: number } | null;
}

/** The parts of a workbook beside its sheets, by their names (ECMA-376 part 2). */
export function workbookParts(sheets: readonly WrittenSheet[]): ReadonlyMap<string, string> {
  return new Map([
    ['xl/styles.xml', styles()],
    ['xl/workbook.xml', workbook(sheets)],
    ['xl/_rels/workbook.xml.rels', relationships([...sheets.map((_, index) => sheetLink(index)), STYLES])],
    ['_rels/.rels', relationships([['officeDocument', 'xl/workbook.xml']])],
    ['[Content_Types].xml', contentTypes(sheets)],
  ]);
}

/** Name of the part that holds a sheet, by its place in the workbook. */
export function sheetPartName(index: number): string {
  return `xl/worksheets/sheet${index + 1}.xml`;
}

type Link = readonly [type: string, target: string];
const STYLES: Link = ['styles', 'styles.xml'];

function sheetLink(index: number): Link {
  return ['worksheet', sheetPartName(index).slice('xl/'.length)];
}

function workbook(sheets: readonly WrittenSheet[]): string {
  const listed = sheets.map(
    ({ name }, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  const filters = sheets.map(filterName).join('');
  const names = filters === '' ? '' : `<definedNames>${filters}</definedNames>`;
  return `${XML_HEAD}<workbook xmlns="${MAIN_NAMESPACE}" xmlns:r="${OFFICE}"><sheets>${listed.join('')}</sheets>${names}</workbook>`;
}

/** LibreOffice shows no filter without this hidden name, which Excel gives to its own, too (ECMA-376 part 1, 18.2.5). */
function filterName({ name, filtered }: WrittenSheet, index: number): string {
  if (filtered === null || filtered.columns === 0) return '';
  const sheet = escaped(name.replaceAll("'", "''"));
  const range = `'${sheet}'!$A$1:$${columnName(filtered.columns - 1)}$${filtered.lines}`;
  return `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">${range}</definedName>`;
}

function relationships(links: readonly Link[]): string {
  const all = links.map(
    ([type, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  );
  return `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`;
}

function contentTypes(sheets: readonly WrittenSheet[]): string {
  const parts: readonly (readonly [string, string])[] = [
    ['xl/workbook.xml', 'sheet.main'],
    ['xl/styles.xml', 'styles'],
    ...sheets.map((_, index) => [sheetPartName(index), 'worksheet'] as const),
  ];
  const overrides = parts.map(
    ([name, kind]) => `<Override PartName="/${name}" ContentType="${KIND}.${kind}+xml"/>`,
  );
  const links = `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`;
  const others = '<Default Extension="xml" ContentType="application/xml"/>';
  return `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types">${links}${others}${overrides.join('')}</Types>`;
}

function styles(): string {
  const fonts = ['', '<b/>'].map((weight) => `<font>${weight}<sz val="11"/><name val="Calibri"/></font>`);
  const fills = ['none', 'gray125'].map((kind) => `<fill><patternFill patternType="${kind}"/></fill>`);
  const looks: Readonly<Record<keyof typeof STYLE, string>> = {
    plain: look(0, 0),
    moment: look(164, 0),
    heading: look(TEXT_FORMAT, 1),
    text: look(TEXT_FORMAT, 0),
  };
  return [
    `${XML_HEAD}<styleSheet xmlns="${MAIN_NAMESPACE}">`,
    `<numFmts count="1"><numFmt numFmtId="164" formatCode="${escaped(MOMENT_FORMAT)}"/></numFmts>`,
    `<fonts count="2">${fonts.join('')}</fonts><fills count="2">${fills.join('')}</fills>`,
    '<borders count="1"><border/></borders>',
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    `<cellXfs count="4">${Object.values(looks).join('')}</cellXfs>`,
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
  ].join('');
}

function look(format: number, font: number): string {
  return `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`;
}

const NAMES: string[] = [];

/** Name of a column by its place, the first being 0: `A` to `XFD`. */
export function columnName(index: number): string {
  const known = NAMES[index];
  if (known !== undefined) return known;
  let name = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  NAMES[index] = name;
  return name;
}
