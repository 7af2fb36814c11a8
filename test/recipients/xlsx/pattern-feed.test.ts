import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CellReader } from '../../../src/recipients/xlsx/cell-value.js';
import { PatternFeed } from '../../../src/recipients/xlsx/pattern-feed.js';
import { SheetListener } from '../../../src/recipients/xlsx/sheet-listener.js';
import { WorkbookError } from '../../../src/recipients/xlsx/workbook-error.js';
import { XmlFeed } from '../../../src/recipients/xlsx/xml-feed.js';

/** The rows that a feed takes from a sheet in pieces of so many characters; null: it is damaged. */
function rowsOf(xml: string, size: number, isFast: boolean): unknown {
  const listener = new SheetListener(
    new CellReader(['General', '0.00'], { from1904: false, isStale: false }, false),
  );
  const feed = isFast ? new PatternFeed(listener, listener.plainCells()) : new XmlFeed(listener);
  try {
    for (let at = 0; at < xml.length; at += size) feed.write(xml.slice(at, at + size));
    feed.end();
    return listener.take();
  } catch (error) {
    if (error instanceof WorkbookError) return null;
    throw error;
  }
}

const cell = fc.constantFrom(
  '<c r="A1"><v>1</v></c>',
  '<c r="B1" s="1"><v>1</v></c>',
  '<c r="C1" t="s"><v>3</v></c>',
  '<c r="D1" t="inlineStr"><is><t>a &amp; b</t></is></c>',
  '<c r="E1" t="inlineStr"><is><t xml:space="preserve"> c </t></is></c>',
  '<c r="F1" t="e"><v>#N/A</v></c>',
  '<c r="G1"><f>A1</f><v>2</v></c>',
  '<c r="H1" s="1"/>',
  '<c t="str" r="I1"><v>x</v></c>',
  '<c ><v>1</v></c>',
  '<x:c r="K1"><x:v>1</x:v></x:c>',
);
const stray = fc.constantFrom(
  '',
  '',
  '',
  '\n ',
  '<!-- <c r="Z1"><v>9</v></c> -->',
  '<![CDATA[<c r="Z1"/>]]>',
  '<c',
  '<',
  '>',
  '<b/>',
  '<b>',
  '</row>',
  '<row>',
);
const sheet = fc
  .array(fc.tuple(cell, stray), { maxLength: 8 })
  .map(
    (cells) =>
      `<worksheet><sheetData><row>${cells.flat().join('')}</row><row r="7"><c r="A7"><v>5</v></c></row></sheetData></worksheet>`,
  );

it('cells taken in one go are those that saxes finds, wherever the text is cut', () => {
  fc.assert(
    fc.property(sheet, fc.integer({ min: 1, max: 60 }), (xml, size) => {
      const slow = rowsOf(xml, xml.length, false);
      // What is not well-formed may go on a little longer, but no row may differ.
      if (slow !== null) expect(rowsOf(xml, size, true)).toEqual(slow);
    }),
    { numRuns: 3_000 },
  );
});
