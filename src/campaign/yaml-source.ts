import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  type Pair,
  Parser,
  parseDocument,
  Scalar,
} from 'yaml';
import { BOUNDS } from '../core/bounds.js';
import type { Place, Problem } from '../core/problem.js';
import { syntaxProblems } from './yaml-problems.js';

/** A YAML value in which every scalar is its text. */
export type Plain = string | readonly Plain[] | { readonly [key: string]: Plain };

/** Keys from the top of the file down to a value. */
export type Path = readonly PropertyKey[];

/** A YAML file that was read: its values, and where each of them stands. */
export interface YamlSource {
  readonly root: Plain;
  /** What YAML itself has to say; with `usable` false, the values mean nothing. */
  readonly problems: readonly Problem[];
  readonly usable: boolean;
  /** Where the value stands, or the nearest section around it. */
  placeOf(path: Path): Place;
  /** Where the last key of the path stands. */
  placeOfKey(path: Path): Place;
  /** A place inside a text value, from its own line and column (both from 1). */
  placeInside(path: Path, line: number, column: number): Place;
  /** Keys of a section as they follow each other in the file, also those that look like numbers. */
  keysOf(path: Path): readonly string[];
}

/**
 * What no campaign file has, found before the whole of it is parsed: the parser takes 30 microseconds for each word or
 * sign, and calls itself for each section within another. Null: nothing of it.
 */
export function endlessYaml(text: string): 'campaign.too-much' | 'campaign.too-deep' | null {
  const parser = new Parser();
  let tokens = 0;
  for (const token of new Lexer().lex(text)) {
    tokens += 1;
    if (tokens > BOUNDS.campaignTokens.value) return 'campaign.too-much';
    for (const _ of parser.next(token));
    if (parser.stack.length > BOUNDS.campaignDepth.value) return 'campaign.too-deep';
  }
  return null;
}

/**
 * Reads YAML with positions. Scalars stay text (`01`, `1e3` and `no` are what was typed); an empty value, `~` and
 * `null` become an empty text.
 */
export function yamlSource(text: string, file: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, prettyErrors: false });
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const { problems, usable } = syntaxProblems(document, text, place);
  return {
    root: usable ? plain(document.contents) : '',
    problems,
    usable,
    placeOf: (path) => place(startOf(nodeAt(document, path))),
    placeOfKey: (path) => place(startOf(pairAt(document, path)?.key ?? nodeAt(document, path))),
    placeInside: (path, line, column) => placeInside(nodeAt(document, path), text, line, column, place),
    keysOf: (path) => {
      const node = nodeAt(document, path);
      return isMap(node) ? node.items.map(({ key }) => keyText(key)) : [];
    },
  };
}

function plain(node: unknown): Plain {
  if (isMap(node)) {
    return Object.fromEntries(node.items.map(({ key, value }) => [keyText(key), plain(value)]));
  }
  if (isSeq(node)) return node.items.map(plain);
  return isScalar(node) ? scalarText(node) : '';
}

function scalarText(node: Scalar): string {
  // `delimiter: |` begins an empty block text; what was meant is the character.
  if (node.type === 'BLOCK_LITERAL' && node.value === '') return '|';
  const text = String(node.value ?? '');
  return node.type === Scalar.PLAIN && (text === '~' || text === 'null') ? '' : text;
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value ?? '') : '';
}

function pairAt(document: Document, path: Path): Pair<unknown, unknown> | null {
  const deps = nodeAt(document, path.slice(0, -1));
  const wanted = String(path.at(-1) ?? '');
  if (!isMap(deps)) return null;
  return deps.items.findLast(({ key }) => keyText(key) === wanted) ?? null;
}

/** The node at the path, or the last one on the way to it. Of two equal keys the second counts, as in `root`. */
function nodeAt(document: Document, path: Path): Node | null {
  let node: Node | null = document.contents;
  for (const step of path) {
    const next = childOf(node, step);
    if (next === null) break;
    node = next;
  }
  return node;
}

function childOf(node: Node | null, step: PropertyKey): Node | null {
  if (isSeq(node) && typeof step === 'number') return asNode(node.items[step]);
  if (!isMap(node)) return null;
  return asNode(node.items.findLast(({ key }) => keyText(key) === String(step))?.value);
}

function asNode(value: unknown): Node | null {
  return isScalar(value) || isCollection(value) || isAlias(value) ? value : null;
}

function startOf(node: unknown): number {
  return asNode(node)?.range?.[0] ?? 0;
}

function placeInside(
  node: Node | null,
  text: string,
  line: number,
  column: number,
  place: (offset: number) => Place,
): Place {
  const start = startOf(node);
  const at = place(start);
  if (!isScalar(node) || typeof at.column !== 'number' || at.line === undefined) return at;
  if (node.type === 'BLOCK_LITERAL') {
    const indent = /\n( *)\S/.exec(text.slice(start))?.[1]?.length ?? 0;
    return { ...at, line: at.line + line, column: indent + column };
  }
  const quotes = node.type === 'PLAIN' ? 0 : 1;
  const onOneLine = !text.slice(start, node.range?.[1] ?? start).includes('\n');
  return onOneLine && line === 1 ? { ...at, column: at.column + quotes + column - 1 } : at;
}
