import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Node,
  Pair,
  parseDocument,
  Scalar,
  YAMLMap,
  YAMLSeq,
} from 'yaml';
import type { CampaignEdit, WrittenValue } from '../core/campaign-edits.js';
import { failed, ok, type Problem, type Result } from '../core/problem.js';
import { keyPaths } from './schema-keys.js';

/**
 * A campaign file's text with some values set or taken out; comments, order and everything else stay. Keys that a campaign
 * file does not know are problems. The text must be YAML without errors.
 */
export function editedYaml(text: string, edits: readonly CampaignEdit[]): Result<string> {
  const typed = text.replace(COMMA, '$1","');
  const document = parseDocument(typed, { schema: 'failsafe' });
  const unknown = edits.filter(({ path }) => !isKnown(path));
  if (unknown.length > 0) {
    return failed(
      ...unknown.map(
        ({ path }): Problem => ({ code: 'campaign.no-such-field', params: { key: path.join('.') } }),
      ),
    );
  }
  if (document.errors.length > 0 || !isMap(document.contents))
    return failed({ code: 'campaign.not-editable' });
  for (const { path, value } of edits) {
    if (value === null) remove(document, path);
    else set(document, path, value);
  }
  return ok(withOldLines(document.toString({ lineWidth: 0 }), typed));
}

/** `delimiter: ,` is no good YAML, but it is clear what is meant, and it may stand there. */
const COMMA = /^(\s*delimiter:\s*),(?=\s*(?:#.*)?$)/mu;

/**
 * The lines that did not change as they were: comments that somebody lined up behind values stay where they are. Where that
 * would change what the file says, the text stays as it is.
 */
function withOldLines(text: string, before: string): string {
  const old = new Map(before.split(/\r?\n/u).map((line) => [collapsed(line), line]));
  const aligned = text
    .split('\n')
    .map((line) => old.get(collapsed(line)) ?? line)
    .join('\n');
  return saidIn(aligned) === saidIn(text) ? aligned : text;
}

function collapsed(line: string): string {
  return line.replace(/\s+#/u, ' #').trimEnd();
}

function saidIn(text: string): string {
  const document = parseDocument(text, { schema: 'failsafe', logLevel: 'silent' });
  return document.errors.length > 0 ? '' : JSON.stringify(document.toJS());
}

const KNOWN = new Set(keyPaths().map((path) => path.join('\n')));

/** Names of variables are the template's own. */
function isKnown(path: readonly string[]): boolean {
  if (path.length === 3 && path[0] === 'variables' && (path[1] === 'body' || path[1] === 'header'))
    return true;
  return KNOWN.has(path.join('\n'));
}

function set(document: Document, path: readonly string[], value: WrittenValue): void {
  const section = sectionOf(document, path.slice(0, -1));
  const key = path.at(-1) ?? '';
  const pair = pairIn(section, key);
  const before = pair?.value;
  if (typeof value === 'string' && isScalar(before)) {
    before.value = value;
    before.type = styleOf(value, before.type);
    return;
  }
  const node = nodeOf(value);
  // What stood behind the old value goes on standing there.
  if (hasComment(before)) node.comment = before.comment;
  if (pair === null) section.items.push(new Pair(keyNode(key), node));
  else pair.value = node;
}

function hasComment(node: unknown): node is Node & { comment: string } {
  return (isScalar(node) || isMap(node) || isSeq(node)) && typeof node.comment === 'string';
}

/** The section of these keys; one that is not there, or a single value such as `recipients: file.csv`, becomes one. */
function sectionOf(document: Document, path: readonly string[]): YAMLMap<unknown, unknown> {
  let section = document.contents as unknown as YAMLMap<unknown, unknown>;
  for (const key of path) {
    const pair = pairIn(section, key);
    const inner = new YAMLMap<unknown, unknown>();
    if (pair === null) {
      section.items.push(new Pair<unknown, unknown>(keyNode(key), inner));
      section = inner;
      continue;
    }
    if (!isMap(pair.value)) {
      const single = pair.value;
      if (isScalar(single) && key === 'recipients')
        inner.items.push(new Pair<unknown, unknown>(keyNode('file'), single));
      pair.value = inner;
    }
    section = pair.value as YAMLMap<unknown, unknown>;
  }
  return section;
}

/** With a section whose last key it was. Comments above it belong to what follows. */
function remove(document: Document, path: readonly string[]): void {
  const [key = '', ...above] = path.toReversed();
  const outer = above.toReversed();
  const section = outer.length === 0 ? document.contents : document.getIn(outer, true);
  // Of `recipients: file.csv` only the file can be taken out, and a campaign needs one.
  if (!isMap(section)) return;
  const index = section.items.findIndex((item) => textOf(item.key) === key);
  const [removed] = index === -1 ? [] : section.items.splice(index, 1);
  if (removed === undefined) return;
  handOn(removed.key, section, index);
  if (section.items.length === 0 && outer.length > 0) remove(document, outer);
}

function handOn(key: unknown, section: YAMLMap<unknown, unknown>, index: number): void {
  if (!isScalar(key) || typeof key.commentBefore !== 'string') return;
  const next = section.items[index]?.key;
  if (isScalar(next)) {
    next.commentBefore = [key.commentBefore, next.commentBefore].filter((one) => one != null).join('\n');
    next.spaceBefore = key.spaceBefore ?? false;
  } else section.comment = [section.comment, key.commentBefore].filter((one) => one != null).join('\n');
}

function pairIn(section: YAMLMap<unknown, unknown>, key: string): Pair<unknown, unknown> | null {
  return section.items.findLast((item) => textOf(item.key) === key) ?? null;
}

function textOf(key: unknown): string {
  return isScalar(key) ? String(key.value ?? '') : '';
}

function nodeOf(value: WrittenValue): Scalar | YAMLSeq | YAMLMap<unknown, unknown> {
  if (typeof value === 'string') return scalarOf(value);
  if (isList(value)) {
    const list = new YAMLSeq();
    list.flow = true;
    list.items = value.map(scalarOf);
    return list;
  }
  const map = new YAMLMap<unknown, unknown>();
  for (const [name, text] of value.entries)
    map.items.push(new Pair<unknown, unknown>(keyNode(name), scalarOf(text)));
  return map;
}

function isList(value: WrittenValue): value is readonly string[] {
  return Array.isArray(value);
}

function scalarOf(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = styleOf(text, undefined);
  return scalar;
}

/** To an editor, digits without quotes are a number. */
function keyNode(key: string): Scalar {
  const scalar = new Scalar(key);
  if (/^\d+$/u.test(key)) scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

/** `~` and `null` without quotes are read as nothing; several lines stand below each other. */
function styleOf(text: string, before: Scalar.Type | undefined): Scalar.Type {
  if (text === '' || text === '~' || text === 'null') return Scalar.QUOTE_DOUBLE;
  if (text.includes('\n')) return Scalar.BLOCK_LITERAL;
  return before === undefined || before === Scalar.BLOCK_LITERAL || before === Scalar.BLOCK_FOLDED
    ? Scalar.PLAIN
    : before;
}
