import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The project's folder. */
export const ROOT = resolve(import.meta.dirname, '../..');

/** The text of a file of the project. */
export function page(name: string): string {
  return readFileSync(join(ROOT, name), 'utf8');
}

/** A fenced block; within a list it is indented. */
const FENCED = /^( *)```(\w*)\n([\s\S]*?)^\1```$/gmu;

/** The contents of the fenced blocks in one language. */
export function blocks(text: string, language: string): readonly string[] {
  return [...text.matchAll(FENCED)].flatMap(([, indent = '', of, content = '']) =>
    of === language ? [content.replace(new RegExp(`^${indent}`, 'gmu'), '')] : [],
  );
}

/** A page without its fenced blocks. */
export function withoutBlocks(text: string): string {
  return text.replace(FENCED, '');
}

/** What stands between backticks in a page, fenced blocks left out. */
export function inlineCode(text: string): readonly string[] {
  return [...withoutBlocks(text).matchAll(/`([^`\n]+)`/gu)].map(([, code = '']) => code);
}

/** The cells of every table row that has `columns` columns, the header and its line left out. */
export function tableRows(text: string, columns: number): readonly (readonly string[])[] {
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  const cells = rows.map((line) =>
    line
      .slice(1, line.lastIndexOf('|'))
      .split(/(?<!\\)\|/u)
      .map((cell) => cell.trim()),
  );
  return cells.filter((row, index) => {
    const underline = cells[index + 1];
    const isHeader = underline?.every((cell) => /^-+$/u.test(cell)) === true;
    return row.length === columns && !isHeader && !row.every((cell) => /^-+$/u.test(cell));
  });
}

/** Words that a cell has between backticks. */
export function codesOf(cell: string | undefined): readonly string[] {
  return [...(cell ?? '').matchAll(/`([^`]+)`/gu)].map(([, code = '']) => code);
}

/** Every line of a page's `sh` blocks, without remarks. */
export function shellLines(text: string): readonly string[] {
  const lines = blocks(text, 'sh').flatMap((block) => block.split('\n'));
  return lines.map((line) => line.replace(/(?:^|\s+)#.*$/u, '')).filter((line) => line !== '');
}

/** Every command line of a page, split into words. */
export function commandLines(text: string): readonly (readonly string[])[] {
  return wordsOfCommands([...shellLines(text), ...inlineCode(text)]).map((words) => words.slice(1));
}

/** Those of its `sh` blocks alone, as a shell hands them over: without quotes, and without what the shell keeps for itself. */
export function shellCommands(text: string): readonly (readonly string[])[] {
  return wordsOfCommands(shellLines(text)).map((words) =>
    words.slice(1, words.includes('>>') ? words.indexOf('>>') : undefined).map((word) => {
      const [, , quoted] = /^(["'])(.*)\1$/su.exec(word) ?? [];
      return quoted ?? word;
    }),
  );
}

function wordsOfCommands(lines: readonly string[]): readonly (readonly string[])[] {
  return lines
    .map((line) => line.replace(/^npx /u, ''))
    .filter((line) => line.startsWith('plazcast '))
    .map((line) => line.match(/"[^"]*"|'[^']*'|\S+/gu) ?? []);
}

/** The anchor of a heading, as GitHub makes it. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

/** A part of a page, by the anchor of its heading: up to the next heading of the same or a higher level. */
export function section(text: string, anchor: string): string {
  const lines = text.split('\n');
  const levelOf = (line: string): number => /^(#+) /u.exec(line)?.[1]?.length ?? Number.POSITIVE_INFINITY;
  const start = lines.findIndex(
    (line) => /^#+ /u.test(line) && anchorOf(line.replace(/^#+ /u, '')) === anchor,
  );
  if (start === -1) throw new Error(`there is no section ${anchor}`);
  const level = levelOf(lines[start] ?? '');
  const length = lines.slice(start + 1).findIndex((line) => levelOf(line) <= level);
  return lines.slice(start, length === -1 ? undefined : start + 1 + length).join('\n');
}
