import { describe, expect, test } from 'vitest';
import { CheckTally } from '../../src/core/check-tally.js';
import { isPlanned, type Standing } from '../../src/core/ledger/imports.js';
import { KEPT_ROWS, SHOWN_MESSAGES } from '../../src/core/plan.js';
import type { RowVerdict } from '../../src/core/recipient.js';

function row(line: number, country = 'PE', repaired: readonly string[] = []): RowVerdict {
  const phone = String(51_900_000_000 + line);
  const cells = [phone];
  const recipient = {
    line,
    phone,
    person: phone,
    country,
    key: '',
    body: [],
    header: [],
    attachment: null,
    repaired,
    cells,
  };
  return { kind: 'recipient', recipient };
}

function rejected(line: number): RowVerdict {
  const rejection = {
    line,
    phone: 'x',
    reason: 'phone.invalid',
    column: 'phone',
    value: 'x',
    cells: ['x'],
  } as const;
  return { kind: 'rejection', rejection };
}

function known(
  status: Extract<Standing, { kind: 'known' }>['status'],
  reason: string | null = null,
  changed = false,
): Standing {
  return { kind: 'known', status, reason, changed };
}

function facts(...rows: readonly (readonly [RowVerdict, Standing | null])[]) {
  const tally = new CheckTally();
  tally.add(
    rows.map(([verdict]) => verdict),
    rows.map(([, standing]) => standing),
  );
  return tally.facts();
}

const NEW: Standing = { kind: 'new' };

describe('a value that programs write where there is none', () => {
  const saying = (line: number, value: string): RowVerdict => {
    const verdict = row(line);
    if (verdict.kind === 'rejection') return verdict;
    const body = [
      { variable: '1', value: 'Ana' },
      { variable: '2', value },
    ];
    return { ...verdict, recipient: { ...verdict.recipient, body } };
  };
  const warnings = (...values: readonly string[]) => {
    const tally = new CheckTally();
    tally.add(
      values.map((value, index) => saying(index + 2, value)),
      values.map(() => NEW),
    );
    return tally.warnings();
  };

  test.each(['NULL', 'undefined', 'nan', 'None', 'N/A', '[object Object]', '\\N'])(
    'such as %s is told',
    (value) => {
      expect(warnings('Lima', value, 'Cusco', value)).toEqual([
        { code: 'warning.no-value', params: { count: 2, value, line: 3 } },
      ]);
    },
  );

  test('is none where it is a word among others, or of nobody who gets a message', () => {
    expect(warnings('Señor Null', 'none', 'NULL 5')).toEqual([]);
    const tally = new CheckTally();
    tally.add([saying(2, 'NULL')], [known('accepted')]);
    expect(tally.warnings()).toEqual([]);
  });
});

describe('a check counts', () => {
  test('new people and those still pending as what would go out, by country', () => {
    const found = facts([row(2), NEW], [row(3), known('pending')], [row(4, 'CO'), NEW]);
    expect(found.counts).toMatchObject({ pending: 3, recipients: 3, rejected: 0 });
    expect(found.countries).toEqual({ PE: 2, CO: 1 });
  });

  test('who stands where already', () => {
    const found = facts(
      [row(2), known('accepted')],
      [row(3), known('uncertain')],
      [row(4), known('refused')],
      [row(5), known('exhausted')],
      [row(6), known('sending')],
    );
    expect(found.counts).toMatchObject({
      accepted: 1,
      uncertain: 1,
      refused: 1,
      exhausted: 1,
      sending: 1,
      pending: 0,
    });
    expect(found.messages).toEqual([]);
  });

  test('who is skipped, and why', () => {
    const found = facts(
      [row(2), { kind: 'duplicate', firstLine: 1 }],
      [row(3), { kind: 'held-back', reason: 'suppressed' }],
      [row(4), { kind: 'held-back', reason: 'capped' }],
      [row(5), known('skipped', 'canceled')],
      [row(6), known('skipped')],
    );
    expect(found.counts).toMatchObject({ skipped: 5, recipients: 5 });
    expect(found.skippedByReason).toEqual({
      duplicate: 1,
      suppressed: 1,
      capped: 1,
      canceled: 1,
      skipped: 1,
    });
  });

  test('rejected rows by reason, beside the recipients', () => {
    const found = facts([rejected(2), null], [rejected(3), null], [row(4), NEW]);
    expect(found.counts).toMatchObject({ rejected: 2, recipients: 1 });
    expect(found.rejectedByReason).toEqual({ 'phone.invalid': 2 });
  });

  test('accepted people whose values were edited, and values that were repaired', () => {
    const found = facts(
      [row(2), known('accepted', null, true)],
      [row(3), known('pending', null, true)],
      [row(4, 'PE', ['body.1']), NEW],
      [row(5, 'PE', ['body.1']), { kind: 'duplicate', firstLine: 4 }],
    );
    expect([found.changedAfterAccepted, found.repaired]).toEqual([1, 1]);
  });

  test('nothing for a row about which nothing is known', () => {
    expect(facts([row(2), null]).counts.recipients).toBe(0);
  });
});

test('a check keeps the first messages, and a bounded number of rejected and repeated rows, whatever the batches', () => {
  const tally = new CheckTally();
  const repeated = { kind: 'duplicate', firstLine: 1 } as const;
  for (let line = 2; line < 5 * KEPT_ROWS; line += 3)
    tally.add([row(line), rejected(line + 1), row(line + 2)], [NEW, null, repeated]);
  const found = tally.facts();
  expect(found.messages.map(({ line }) => line)).toEqual([2, 5, 8].slice(0, SHOWN_MESSAGES));
  expect(found.rejections.slice(0, 2).map(({ line }) => line)).toEqual([3, 6]);
  expect(found.duplicates.slice(0, 2)).toEqual([
    { line: 4, firstLine: 1 },
    { line: 7, firstLine: 1 },
  ]);
  expect([found.rejections.length, found.duplicates.length]).toEqual([KEPT_ROWS, KEPT_ROWS]);
});

test('who would be sent to is planned: people who are new, or known and pending', () => {
  const standings: [Standing | null, boolean][] = [
    [NEW, true],
    [known('pending'), true],
    [known('accepted'), false],
    [{ kind: 'duplicate', firstLine: 2 }, false],
    [{ kind: 'held-back', reason: 'capped' }, false],
    [null, false],
  ];
  for (const [standing, planned] of standings) expect(isPlanned(standing)).toBe(planned);
});
