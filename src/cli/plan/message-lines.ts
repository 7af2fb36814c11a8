import { harmless } from '../../core/harmless.js';
import type { PlannedMessage } from '../../core/plan.js';
import type { Cli } from '../command.js';
import { fitted, wrapped } from '../progress/text.js';
import { textWidth } from '../progress/text-width.js';

const LEAD = '  ';
const GAP = '  ';
/** A column narrower than this cannot be read. */
const NARROWEST = 14;
/** A value that needs more lines than this is easier to read in one column. */
const MOST_LINES = 5;
/** Widest value of a table that goes into a file or another program, where no line is broken. */
const WIDEST_VALUE = 60;

/** A row of the table: what it is, and one text for each message. */
interface Line {
  readonly label: string;
  readonly texts: readonly string[];
}

/**
 * The first messages as they would go out: side by side, a line for each variable, so that a value in the wrong
 * place is seen at once. Where they do not fit beside each other they stand below each other. No value is cut.
 */
export function messageLines(
  messages: readonly PlannedMessage[],
  { terminal, translate }: Pick<Cli, 'terminal' | 'translate'>,
): readonly string[] {
  if (messages.length === 0) return [];
  const lines = linesOf(messages, translate);
  const width = terminal.onScreen ? terminal.columns() - 1 : null;
  const table = sideBySide(lines, width) ?? belowEachOther(lines, width);
  return [translate('plan.first-messages'), ...table];
}

function linesOf(messages: readonly PlannedMessage[], translate: Cli['translate']): readonly Line[] {
  const first: Line[] = [
    { label: '', texts: messages.map(({ line }) => translate('plan.line', { line })) },
    { label: '→', texts: messages.map(({ phone }) => harmless(phone)) },
  ];
  const cells = messages.map((message) => cellsOf(message, translate));
  const labels = [...new Set(cells.flatMap((cell) => [...cell.keys()]))];
  return [...first, ...labels.map((label) => ({ label, texts: cells.map((cell) => cell.get(label) ?? '') }))];
}

/** What a message holds, by what it is: header, body, then the attachment. */
function cellsOf(message: PlannedMessage, translate: Cli['translate']): ReadonlyMap<string, string> {
  const cells = new Map<string, string>();
  for (const part of ['header', 'body'] as const) {
    for (const { variable, value } of message[part]) {
      cells.set(harmless(`${translate(`plan.part.${part}`)} ${variable}`), harmless(value));
    }
  }
  if (message.attachment !== null) {
    const { name, url } = message.attachment;
    cells.set(translate('plan.part.file'), harmless(`${name} = ${url}`));
  }
  return cells;
}

/** A table; null: it would not fit, or be hard to read. `width` null: as wide as it needs to be. */
function sideBySide(lines: readonly Line[], width: number | null): readonly string[] | null {
  const columns = lines[0]?.texts.length ?? 0;
  const label = Math.max(...lines.map((line) => textWidth(line.label)));
  const widest = Math.max(...lines.flatMap((line) => line.texts.map((text) => textWidth(text))));
  const room =
    width === null ? WIDEST_VALUE : Math.floor((width - LEAD.length - label) / columns) - GAP.length;
  const column = Math.min(widest, room);
  if (column < Math.min(widest, NARROWEST) || (width === null && widest > room)) return null;
  const table: string[] = [];
  for (const line of lines) {
    const cells = line.texts.map((text) => fitted(text, column));
    const height = Math.max(...cells.map((cell) => cell.length));
    if (height > MOST_LINES) return null;
    for (let at = 0; at < height; at += 1) {
      const texts = [
        padded(at === 0 ? line.label : '', label),
        ...cells.map((cell) => padded(cell[at] ?? '', column)),
      ];
      table.push((LEAD + texts.join(GAP)).trimEnd());
    }
  }
  return table;
}

function belowEachOther(lines: readonly Line[], width: number | null): readonly string[] {
  const [place, phone, ...values] = lines;
  return (place?.texts ?? []).flatMap((text, index) => {
    const filled = values.filter((line) => line.texts[index] !== '');
    const own = filled.map(({ label, texts }) => `      ${label} = ${texts[index]}`);
    const broken = width === null ? own : own.flatMap((line) => wrapped(line, width, ' '.repeat(8)));
    return [`${LEAD}${text}  → ${phone?.texts[index] ?? ''}`, ...broken];
  });
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}
