import { describe, expect, test } from 'vitest';
import { mendCells } from '../../../src/app/rows/mend-cells.js';
import { type PreviewChoice, previewMessage } from '../../../src/app/rows/preview-message.js';
import { rejectedRows } from '../../../src/app/rows/rejected-rows.js';
import { RowsAtHand } from '../../../src/app/rows/rows-at-hand.js';
import { workbookBytes } from '../../../src/xlsx/workbook.js';
import { executionsByPhone } from '../../sandbox/read-log.js';
import { appAt } from '../../support/app-at-hand.js';
import { problemsOf, unwrapped } from '../../support/results.js';
import { campaignYaml, phoneNumber } from '../../support/run-cli.js';
import { sendingPlace } from '../../support/sending-place.js';
import { bytesOf } from '../../support/xlsx-reading.js';

const SALE = { campaign: 'sale', sandbox: false };
const PHONE = 0;
const NAME = 1;

/** Two good rows, one repeated, five wrong ones. */
const LIST = [
  'phone,nombre',
  `+${phoneNumber(0)},Ana`,
  '5.19E+11,Beto',
  `+${phoneNumber(2)},Caro`,
  `+${phoneNumber(0)},Ana otra vez`,
  ',Dora',
  `+${phoneNumber(5)},`,
  '12,Eva',
  `+${phoneNumber(7)},Fio,de más`,
].join('\n');

async function placeWith(list: string | Buffer = LIST, file = 'recipients.csv') {
  const lines = {
    recipients: file,
    variables: '{ body: { "1": "{{ nombre | upcase }}" } }',
    text: '{ body: "Hola {{1}}, su pedido llegó." }',
  };
  const place = await sendingPlace(0, lines);
  place.write(`sale/${file}`, list);
  const app = appAt(place, place.environment);
  const atHand = new RowsAtHand();
  return { ...place, app, atHand, rows: async () => unwrapped(await atHand.of(SALE, app)) };
}

type Place = Awaited<ReturnType<typeof placeWith>>;

async function wrongLines(place: Place, reason: string | null = null) {
  const page = rejectedRows(await place.rows(), { reason, after: null, most: 99 });
  return page.rows.map((row) => [row.line, row.reason]);
}

function mend(
  place: Place,
  line: number,
  column: number,
  was: string,
  value: string,
  withoutSurplus = false,
) {
  return mendCells(SALE, { line, cells: [{ column, was, value }], withoutSurplus }, place.atHand, place.app);
}

describe('what is wrong', () => {
  test('adds up to the file, reason by reason, and is paged', async () => {
    const place = await placeWith();
    const rows = await place.rows();
    const first = rejectedRows(rows, { reason: null, after: null, most: 2 });
    expect(first).toMatchObject({
      columns: ['phone', 'nombre'],
      total: 8,
      fates: { pending: 2, 'skipped.duplicate': 1 },
      byReason: {
        'phone.scientific': 1,
        'phone.missing': 1,
        'variable.empty': 1,
        'phone.invalid': 1,
        'columns.mismatch': 1,
      },
    });
    expect(Object.values(first.fates).reduce((sum, count) => sum + count)).toBe(first.total);
    const lines = [...first.rows];
    for (let after = first.next; after !== null; ) {
      const page = rejectedRows(rows, { reason: null, after, most: 2 });
      lines.push(...page.rows);
      after = page.next;
    }
    expect(lines.map(({ line }) => line)).toEqual([3, 6, 7, 8, 9]);
    expect(await wrongLines(place, 'phone.missing')).toEqual([[6, 'phone.missing']]);
  });

  test('is read once, by however many, and again when a file changed', async () => {
    const place = await placeWith();
    const [one, other] = await Promise.all([place.rows(), place.rows()]);
    expect(other).toBe(one);
    expect(await place.rows()).toBe(one);
    place.write('sale/recipients.csv', `${LIST}\n34,Gil`);
    expect(rejectedRows(await place.rows(), { reason: null, after: null, most: 1 }).total).toBe(9);
  });

  test('is read again where its file was saved while it was read', async () => {
    const place = await placeWith();
    const app = {
      ...place.app,
      turn: async () => void place.write('sale/recipients.csv', `${LIST}\n34,Gil`),
    };
    await place.atHand.of(SALE, app);
    expect(rejectedRows(await place.rows(), { reason: null, after: null, most: 1 }).total).toBe(9);
  });

  test('of a file that cannot be used is told, and looked at again once it can be', async () => {
    const place = await placeWith('phone,phone\n1,2\n');
    expect(problemsOf(await place.atHand.of(SALE, place.app))[0]?.code).toBe('recipients.equal-columns');
    place.write('sale/recipients.csv', LIST);
    expect((await place.rows()).plan.counts.pending).toBe(2);
  });
});

describe('a cell that is mended', () => {
  test('makes its row one that is sent, and changes nothing of the list itself', async () => {
    const place = await placeWith();
    await place.rows();
    const mended = unwrapped(await mend(place, 3, PHONE, '5.19E+11', phoneNumber(1)));
    expect(mended).toMatchObject({ verdict: { kind: 'recipient' }, standing: { kind: 'new' } });
    expect(await wrongLines(place)).not.toContainEqual([3, 'phone.scientific']);
    expect(place.read('sale/recipients.csv')).toBe(LIST);
    const { json } = await place.json(['check', 'sale']);
    expect(json).toMatchObject({ counts: { pending: 3, rejected: 4 } });
    await place.json(['send', 'sale']);
    expect(executionsByPhone(place.logFile).get(phoneNumber(1))).toBe(1);
  });

  test('that is wrong still leaves the row rejected, with the new reason, and can be mended once more', async () => {
    const place = await placeWith();
    await place.rows();
    expect(unwrapped(await mend(place, 6, PHONE, '', '77'))).toMatchObject({
      verdict: { rejection: { reason: 'phone.invalid', value: '77' } },
      standing: null,
    });
    expect(await wrongLines(place)).toContainEqual([6, 'phone.invalid']);
    unwrapped(await mend(place, 6, PHONE, '77', phoneNumber(4)));
    const { json } = await place.json(['check', 'sale']);
    expect(json).toMatchObject({ counts: { pending: 3, rejected: 4 } });
    expect(place.read('sale/mended.csv').match(/Dora/gu)).toHaveLength(1);
  });

  test('keeps the sum right, also where the person stands elsewhere in the list', async () => {
    const place = await placeWith();
    await place.rows();
    const twice = unwrapped(await mend(place, 8, PHONE, '12', `+${phoneNumber(2)}`));
    expect(twice).toMatchObject({ standing: { kind: 'duplicate' } });
    const here = rejectedRows(await place.rows(), { reason: null, after: null, most: 1 });
    expect(here.fates).toMatchObject({ pending: 2, 'skipped.duplicate': 2 });
    expect(Object.values(here.fates).reduce((sum, count) => sum + count)).toBe(8);
    const anew = unwrapped(await place.atHand.of(SALE, place.app, true));
    expect(rejectedRows(anew, { reason: null, after: null, most: 1 }).fates).toEqual(here.fates);
  });

  test('of a person on the do-not-contact list is held back', async () => {
    const place = await placeWith();
    await place.run(['suppress', 'add', phoneNumber(9)]);
    await place.rows();
    expect(unwrapped(await mend(place, 6, PHONE, '', phoneNumber(9)))).toMatchObject({
      standing: { kind: 'held-back', reason: 'suppressed' },
    });
  });

  test('can leave out what a row has too many', async () => {
    const place = await placeWith();
    await place.rows();
    expect(unwrapped(await mend(place, 9, NAME, 'Fio', 'Fiorela'))).toMatchObject({
      verdict: { rejection: { reason: 'columns.mismatch' } },
    });
    expect(unwrapped(await mend(place, 9, NAME, 'Fiorela', 'Fiorela', true))).toMatchObject({
      verdict: { recipient: { body: [{ value: 'FIORELA' }] } },
    });
  });

  test('is refused where the row is not what the person saw', async () => {
    const place = await placeWith();
    await place.rows();
    const codes = async (result: ReturnType<typeof mend>) => problemsOf(await result).map(({ code }) => code);
    expect(await codes(mend(place, 3, PHONE, '5.2E+11', phoneNumber(1)))).toEqual(['mended.not-as-seen']);
    expect(await codes(mend(place, 3, 7, 'x', 'y'))).toEqual(['mended.not-as-seen']);
    expect(await codes(mend(place, 2, PHONE, `+${phoneNumber(0)}`, '1'))).toEqual(['mended.not-rejected']);
    expect(await codes(mend(place, 99, PHONE, '', '1'))).toEqual(['mended.not-rejected']);
  });

  test('makes the plan another one, and does not make the list be read again', async () => {
    const place = await placeWith();
    const before = await place.rows();
    unwrapped(await mend(place, 3, PHONE, '5.19E+11', phoneNumber(1)));
    expect(await place.rows()).toBe(before);
    const after = unwrapped(await place.atHand.of(SALE, place.app, true));
    expect(after.plan.digest).not.toBe(before.plan.digest);
    expect(after.plan.counts.pending).toBe(3);
  });

  test('and rows that were mended in the list of rejected rows go together', async () => {
    const place = await placeWith();
    await place.rows();
    place.write(
      'sale/rejected.csv',
      place.read('sale/rejected.csv').replace('12,Eva', `+${phoneNumber(6)},Eva`),
    );
    unwrapped(await mend(place, 3, PHONE, '5.19E+11', phoneNumber(1)));
    const { json } = await place.json(['check', 'sale']);
    expect(json).toMatchObject({ counts: { pending: 4, rejected: 3 } });
  });

  test('several at once are all kept', async () => {
    const place = await placeWith();
    await place.rows();
    await Promise.all([
      mend(place, 3, PHONE, '5.19E+11', phoneNumber(1)),
      mend(place, 6, PHONE, '', phoneNumber(4)),
      mend(place, 7, NAME, '', 'Eli'),
    ]);
    expect((await place.json(['check', 'sale'])).json).toMatchObject({ counts: { pending: 5, rejected: 2 } });
  });

  test('of an Excel file with an error in it is judged as the sheet has it', async () => {
    const rows = [
      ['phone', 'nombre'],
      [phoneNumber(0), 'Ana'],
      ['12', 'Beto'],
    ];
    const book = await bytesOf(workbookBytes([{ name: 'Hoja', header: null, rows: [rows] }]));
    const place = await placeWith(book, 'lista.xlsx');
    await place.rows();
    unwrapped(await mend(place, 3, PHONE, '12', phoneNumber(1)));
    expect((await place.json(['check', 'sale'])).json).toMatchObject({ counts: { pending: 2, rejected: 0 } });
  });
});

describe('the message of a row', () => {
  async function preview({ atHand, app }: Place, choice: PreviewChoice) {
    return unwrapped(await previewMessage(SALE, choice, atHand, app));
  }

  async function expectMessages(place: Place): Promise<void> {
    const second = await preview(place, { by: 'position', position: 2 });
    expect(second).toMatchObject({
      line: 4,
      phone: phoneNumber(2),
      text: { body: 'Hola CARO, su pedido llegó.' },
      values: [{ place: 'body', variable: '1', value: 'CARO' }],
      position: 2,
      total: 2,
    });
    const byPhone = await preview(place, { by: 'phone', typed: `+${phoneNumber(2)}` });
    expect(byPhone).toMatchObject({ line: 4, text: second.text });
    expect(await preview(place, { by: 'line', line: 2 })).toMatchObject({ values: [{ value: 'ANA' }] });
    const codes = async (choice: PreviewChoice) =>
      problemsOf(await previewMessage(SALE, choice, place.atHand, place.app)).map(({ code }) => code);
    expect(await codes({ by: 'position', position: 3 })).toEqual(['preview.no-row']);
    expect(await codes({ by: 'line', line: 3 })).toEqual(['preview.no-row']);
    expect(await codes({ by: 'phone', typed: 'Ana' })).toEqual(['preview.no-phone']);
    expect(await codes({ by: 'phone', typed: phoneNumber(8) })).toEqual(['preview.no-row']);
  }

  test('is shown whole before anything was imported', async () => {
    await expectMessages(await placeWith());
  });

  test('comes from the ledger once the file is in it, without the file being read', async () => {
    const place = await placeWith();
    await place.json(['send', 'sale']);
    let reads = 0;
    const counting: Place = {
      ...place,
      app: {
        ...place.app,
        rowStore: () => {
          reads += 1;
          return place.app.rowStore();
        },
      },
    };
    await expectMessages(counting);
    expect(reads).toBe(0);
  });

  test('is that of the file again, once it differs from what was imported', async () => {
    const place = await placeWith();
    await place.json(['send', 'sale']);
    await preview(place, { by: 'position', position: 1 });
    place.write('sale/recipients.csv', LIST.replace(',Caro', ',Carola'));
    expect(await preview(place, { by: 'position', position: 2 })).toMatchObject({
      values: [{ value: 'CAROLA' }],
    });
    place.write(
      'sale/campaign.yaml',
      campaignYaml({ variables: '{ body: { "1": "{{ nombre | downcase }}" } }' }),
    );
    expect(await preview(place, { by: 'position', position: 2 })).toMatchObject({
      values: [{ value: 'carola' }],
      text: null,
    });
  });

  test('is that of the file where people are gone from it', async () => {
    const place = await placeWith();
    await place.json(['send', 'sale']);
    place.write('sale/recipients.csv', LIST.replace(`+${phoneNumber(0)},Ana\n`, ''));
    await place.json(['send', 'sale']);
    expect(await preview(place, { by: 'position', position: 1 })).toMatchObject({ line: 3, total: 2 });
  });

  test('is that of a mended row, too', async () => {
    const place = await placeWith();
    await place.rows();
    unwrapped(await mend(place, 3, PHONE, '5.19E+11', phoneNumber(1)));
    expect(await preview(place, { by: 'position', position: 2 })).toMatchObject({
      line: 3,
      values: [{ value: 'BETO' }],
    });
  });
});
