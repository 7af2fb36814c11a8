import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The project's folder. */
export const ROOT = resolve(import.meta.dirname, '../..');

/** The text of a file of the project. */
export function page(name: string): string {
  return readFileSync(join(ROOT, name), 'utf8');
}

/** The contents of the fenced blocks in one language. */
export function blocks(text: string, language: string): readonly string[] {
  const found = text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gmu);
  return [...found].filter(([, of]) => of === language).map(([, , content = '']) => content);
}

/** A page without its fenced blocks. */
export function withoutBlocks(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gmu, '');
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

/** Every command line of a page, split into words. */
export function commandLines(text: string): readonly (readonly string[])[] {
  const lines = [...blocks(text, 'sh').flatMap((block) => block.split('\n')), ...inlineCode(text)];
  return lines
    .map((line) => line.replace(/\s+#.*$/u, '').replace(/^npx /u, ''))
    .filter((line) => line.startsWith('plazcast '))
    .map((line) => line.match(/"[^"]*"|'[^']*'|\S+/gu)?.slice(1) ?? []);
}

/** The anchor of a heading, as GitHub makes it. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');
}
