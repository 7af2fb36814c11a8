import { BOUNDS } from '../../core/bounds.js';
import type { PackageParts } from './package-parts.js';
import { WorkbookError } from './workbook-error.js';
import { readXml } from './xml-feed.js';

/**
 * The formats that a workbook does not spell out (ECMA-376 part 1, 18.8.30), as Excel shows them in most of Latin America
 * where it goes by the machine: 14 and 22 are the machine's short date. 27 to 36 and 50 to 58 are dates and times of East
 * Asia, which machines elsewhere show as their own.
 */
const BUILT_IN: ReadonlyMap<number, string> = new Map([
  [0, 'General'],
  [1, '0'],
  [2, '0.00'],
  [3, '#,##0'],
  [4, '#,##0.00'],
  [5, '"$"#,##0_);("$"#,##0)'],
  [6, '"$"#,##0_);("$"#,##0)'],
  [7, '"$"#,##0.00_);("$"#,##0.00)'],
  [8, '"$"#,##0.00_);("$"#,##0.00)'],
  [9, '0%'],
  [10, '0.00%'],
  [11, '0.00E+00'],
  [12, '# ?/?'],
  [13, '# ??/??'],
  [14, 'dd/mm/yyyy'],
  [15, 'd-mmm-yy'],
  [16, 'd-mmm'],
  [17, 'mmm-yy'],
  [18, 'h:mm AM/PM'],
  [19, 'h:mm:ss AM/PM'],
  [20, 'h:mm'],
  [21, 'h:mm:ss'],
  [22, 'dd/mm/yyyy h:mm'],
  ...[27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, 'dd/mm/yyyy'] as const),
  ...[32, 34, 55].map((id) => [id, 'h:mm'] as const),
  ...[33, 35, 56].map((id) => [id, 'h:mm:ss'] as const),
  [37, '#,##0_);(#,##0)'],
  [38, '#,##0_);(#,##0)'],
  [39, '#,##0.00_);(#,##0.00)'],
  [40, '#,##0.00_);(#,##0.00)'],
  [41, '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)'],
  [42, '_("$"* #,##0_);_("$"* (#,##0);_("$"* "-"_);_(@_)'],
  [43, '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)'],
  [44, '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)'],
  [45, 'mm:ss'],
  [46, '[h]:mm:ss'],
  [47, 'mm:ss.0'],
  [48, '##0.0E+0'],
  [49, '@'],
]);

/** The format codes of a workbook, by the style number of a cell. */
export async function readNumberFormats(
  parts: PackageParts,
  part: string | null,
): Promise<readonly string[]> {
  if (part === null) return [];
  const own = new Map<number, string>();
  const formats: number[] = [];
  let within = '';
  await readXml(parts, part, {
    open: (name, attributes) => {
      if (name === 'numFmts' || name === 'cellXfs') within = name;
      if (name === 'numFmt' && within === 'numFmts') {
        own.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? 'General');
      }
      if (name === 'xf' && within === 'cellXfs') formats.push(Number(attributes['numFmtId'] ?? 0));
      if (own.size + formats.length > BOUNDS.workbookFormats.value)
        throw new WorkbookError('workbookFormats');
    },
    close: (name) => {
      if (name === within) within = '';
    },
    text: () => {},
  });
  return formats.map((id) => own.get(id) ?? BUILT_IN.get(id) ?? 'General');
}
