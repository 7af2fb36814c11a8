import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { messageLines } from '../../../src/cli/plan/message-lines.js';
import type { Terminal } from '../../../src/cli/terminal.js';
import type { PlannedMessage } from '../../../src/core/plan.js';
import { translateIn } from '../../support/said.js';

function message(line: number, values: Readonly<Record<string, string>>): PlannedMessage {
  const body = Object.entries(values).map(([variable, value]) => ({ variable, value }));
  return { line, phone: `5198765432${line}`, body, header: [], attachment: null };
}

/** The lines on a screen of so many columns; null: they go into a file. */
function shown(messages: readonly PlannedMessage[], columns: number | null): readonly string[] {
  const terminal = { onScreen: columns !== null, columns: () => columns ?? 80 } as Terminal;
  return messageLines(messages, { terminal, translate: translateIn('en') });
}

describe('the first messages', () => {
  test('stand side by side, a line for each variable', () => {
    const header = [{ variable: '1', value: 'Sol' }];
    const messages = [
      { ...message(2, { a: 'Ana', b: 'Lima' }), header },
      { ...message(3, { a: 'Eva', b: 'Ica' }), header },
    ];
    expect(shown(messages, 80)).toEqual([
      'The first messages, as they would go out:',
      '            line 2       line 3',
      '  →         51987654322  51987654323',
      '  header 1  Sol          Sol',
      '  body a    Ana          Eva',
      '  body b    Lima         Ica',
    ]);
  });

  test('with a long value break it between words, and words that are too long anywhere', () => {
    const long = `Le recordamos su cita del martes en ${'x'.repeat(40)}`;
    const lines = shown(
      [2, 3, 4].map((line) => message(line, { a: long })),
      80,
    );
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThan(80);
    const second = lines.slice(3).map((line) => line.slice(33, 54).trim());
    expect(second.join('').replaceAll(' ', '')).toBe(long.replaceAll(' ', ''));
    expect(lines[3]).toContain('Le recordamos su');
  });

  test('stand below each other where a value needs many lines or the screen is narrow', () => {
    const messages = [2, 3, 4].map((line) => message(line, { a: 'palabra '.repeat(40).trim() }));
    expect(shown(messages, 80)[1]).toBe('  line 2  → 51987654322');
    expect(
      shown(
        [2, 3, 4].map((line) => message(line, { a: 'b' })),
        40,
      )[1],
    ).toBe('  line 2  → 51987654322');
  });

  test('keep every value whole in a file, however long it is', () => {
    const value = 'palabra '.repeat(100).trim();
    expect(shown([message(2, { a: value })], null)).toContain(`      body a = ${value}`);
    const short = 'x'.repeat(60);
    expect(shown([message(2, { a: short }), message(3, { a: short })], null)).toContain(
      `  body a  ${short}  ${short}`,
    );
  });

  test('hold nothing that turns the rest of the line around', () => {
    expect(shown([message(2, { a: 'a\u202eb' })], 80).join('')).not.toContain('\u202e');
  });

  test('are nothing when there are none', () => {
    expect(shown([], 80)).toEqual([]);
  });
});
