import { BOUNDS } from '../../core/bounds.js';
import type { PackageParts } from './package-parts.js';
import { WorkbookError } from './workbook-error.js';
import { isTrue, prefixed, readXml } from './xml-feed.js';

/** A sheet with cells. */
export interface Sheet {
  readonly name: string;
  readonly visible: boolean;
  readonly part: string;
}

/** What a workbook says of itself. */
export interface Workbook {
  /** In the order of their tabs; charts and the like are none. */
  readonly sheets: readonly Sheet[];
  /** Days are counted from 1904 on, as Excel for Macintosh did. */
  readonly from1904: boolean;
  /** What its formulas give is to be found anew by whoever opens it: what was stored with them may be anything. */
  readonly isStale: boolean;
  readonly stringsPart: string | null;
  readonly stylesPart: string | null;
}

/** Finds the sheets of a workbook by way of its relationships (ECMA-376 part 2, 6.5, and part 1, 18.2). */
export async function readWorkbook(parts: PackageParts): Promise<Workbook> {
  const main = [...(await relationships(parts, '')).values()].find(({ type }) => type === 'officeDocument');
  if (main === undefined || main.part.endsWith('.bin')) throw new WorkbookError('foreign');
  const links = await relationships(parts, main.part);
  const partOf = (type: string): string | null =>
    [...links.values()].find((link) => link.type === type)?.part ?? null;
  const { listed, from1904, isStale } = await readMainPart(parts, main.part);
  const sheets = listed.flatMap(({ id, name, visible }) => {
    const link = links.get(id);
    if (link === undefined) throw damagedIn(main.part);
    return link.type === 'worksheet' ? [{ name, visible, part: link.part }] : [];
  });
  const [stringsPart, stylesPart] = [partOf('sharedStrings'), partOf('styles')];
  return { sheets, from1904, isStale, stringsPart, stylesPart };
}

interface ListedSheet {
  readonly id: string;
  readonly name: string;
  readonly visible: boolean;
}

async function readMainPart(
  parts: PackageParts,
  part: string,
): Promise<Pick<Workbook, 'from1904' | 'isStale'> & { readonly listed: readonly ListedSheet[] }> {
  const listed: ListedSheet[] = [];
  let from1904 = false;
  let isStale = false;
  let root = '';
  await readXml(parts, part, {
    open: (name, attributes) => {
      if (root === '') root = name;
      if (name === 'workbookPr') from1904 = isTrue(attributes['date1904']);
      if (name === 'calcPr') isStale = isTrue(attributes['fullCalcOnLoad']);
      if (name !== 'sheet') return;
      const visible = (attributes['state'] ?? 'visible') === 'visible';
      listed.push({ id: prefixed(attributes, 'id') ?? '', name: attributes['name'] ?? '', visible });
      if (listed.length > BOUNDS.workbookSheets.value) throw new WorkbookError('workbookSheets');
    },
    close: () => {},
    text: () => {},
  });
  if (root !== 'workbook') throw new WorkbookError('foreign');
  return { listed, from1904, isStale };
}

interface Link {
  /** The last word of its type. */
  readonly type: string;
  readonly part: string;
}

/** The relationships of a part by their ids; of the package itself: `''`. What lies outside of the file is left out. */
async function relationships(parts: PackageParts, part: string): Promise<ReadonlyMap<string, Link>> {
  const slash = part.lastIndexOf('/') + 1;
  const own = `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
  const links = new Map<string, Link>();
  if (!parts.has(own)) return links;
  await readXml(parts, own, {
    open: (name, { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode }) => {
      if (name !== 'Relationship' || mode === 'External') return;
      links.set(id, { type: type.slice(type.lastIndexOf('/') + 1), part: resolved(part, target) });
      if (links.size > BOUNDS.workbookParts.value) throw new WorkbookError('workbookParts');
    },
    close: () => {},
    text: () => {},
  });
  return links;
}

/** A target as the name of a part: from the root of the package, or from the folder of what names it. */
function resolved(part: string, target: string): string {
  const from = target.startsWith('/') ? [] : part.split('/').slice(0, -1);
  const way: string[] = [];
  for (const step of [...from, ...target.split('/')]) {
    if (step === '..') way.pop();
    else if (step !== '.' && step !== '') way.push(step);
  }
  return way.join('/');
}

function damagedIn(part: string): WorkbookError {
  const error = new WorkbookError('damaged', 'a sheet without a part');
  error.part = part;
  return error;
}
