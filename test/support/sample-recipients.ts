/**
 * The recipients files of the samples under campaigns/, made once from a seed: invented people, numbers from
 * blocks that are not in use (subscriber numbers of zeros) or reserved for fiction, and the damage that offices do to CSV files.
 * test/campaign/samples.test.ts holds the files against this; `UPDATE_SAMPLES=1` writes them again.
 */

type Chance = () => number;
type Row = readonly string[];

/** A small seeded generator (mulberry32), so that the files are the same on every machine. */
function chanceFrom(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function pick<T>(chance: Chance, from: readonly [T, ...T[]]): T {
  return from[Math.floor(chance() * from.length)] ?? from[0];
}

const FIRST_NAMES = [
  'María José',
  'Lucía',
  'Camila',
  'Rosa',
  'Ximena',
  'Valentina',
  'Carmen',
  'Beatriz',
  'Noelia',
  'Pilar',
  'Andrea',
  'Íngrid',
  'José Luis',
  'Andrés',
  'Raúl',
  'Martín',
  'Óscar',
  'Julián',
  'César',
  'Iván',
  'Tomás',
  'Hernán',
  'Nicolás',
  'Ángel',
] as const;
const LAST_NAMES = [
  'Quispe',
  'Huamán',
  'Ñahui',
  'Flores',
  'Rojas',
  'Núñez',
  'Peña',
  'Ramírez',
  'Gutiérrez',
  'Ibáñez',
  'Castañeda',
  'Ocampo',
  'Restrepo',
  'Zúñiga',
  'Villalobos',
  'Benítez',
  'Cárdenas',
  'Arango',
  'Muñoz',
  'Sepúlveda',
  'Treviño',
  'Paredes',
] as const;

const digits = (value: number, length: number) => String(value).padStart(length, '0');

/** Numbers nobody has, as people write them. */
const NUMBERS = {
  peru: (index: number) => `900 ${digits(Math.floor(index / 1000), 3)} ${digits(index % 1000, 3)}`,
  peruWithCode: (index: number) => `+51 900000${digits(index, 3)}`,
  mexico: (index: number) => `55 0000 ${digits(index, 4)}`,
  mexicoOld: (index: number) => `+52 1 55 0000 ${digits(index, 4)}`,
  colombia: (index: number) => `300000${digits(index, 4)}`,
  chile: (index: number) => `+56 9 1000 ${digits(index, 4)}`,
  argentina: (index: number) => `+54 9 11 0000-${digits(index, 4)}`,
  ecuador: (index: number) => `+593 99 000 ${digits(index, 4)}`,
  spain: (index: number) => `+34 600 000 ${digits(index, 3)}`,
} as const;

const fullName = (chance: Chance) =>
  `${pick(chance, FIRST_NAMES)} ${pick(chance, LAST_NAMES)} ${pick(chance, LAST_NAMES)}`;

/** Quotes a cell where it must be. */
function cell(text: string, delimiter: string): string {
  return /["\n\r]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csv(rows: readonly Row[], delimiter: string, lineEnd: string): string {
  return rows.map((row) => row.map((text) => cell(text, delimiter)).join(delimiter) + lineEnd).join('');
}

/** Replaces one cell of some rows. */
function damaged(
  rows: readonly Row[],
  damage: ReadonlyMap<number, readonly [column: number, text: string]>,
): Row[] {
  return rows.map((row, index) => {
    const [column, text] = damage.get(index) ?? [-1, ''];
    return row.map((original, at) => (at === column ? text : original));
  });
}

/** campaigns/welcome: mostly Peru, comma, UTF-8. */
export function welcomeRecipients(): Buffer {
  const chance = chanceFrom(20_260_301);
  const cities = [
    'Lima',
    'Arequipa',
    'Cusco',
    'Trujillo',
    'Piura',
    'Chiclayo',
    'Huancayo',
    'Ayacucho',
  ] as const;
  const products = ['Cafetera Andina', 'Licuadora Sol', 'Olla Pachamama', 'Hervidor Colibrí'] as const;
  const phone = (index: number) => {
    if (index % 23 === 7) return NUMBERS.colombia(index).replace(/^/, '+57 ');
    if (index % 29 === 11) return NUMBERS.chile(index);
    return index % 5 === 0 ? NUMBERS.peruWithCode(index) : NUMBERS.peru(index);
  };
  const rows = Array.from({ length: 320 }, (_, index): Row => {
    const city = index % 17 === 3 ? '' : pick(chance, cities);
    return [fullName(chance), phone(index), city, pick(chance, products), `C-${digits(1000 + index, 5)}`];
  });
  const bad = damaged(
    rows,
    new Map([
      [14, [1, '']],
      [31, [1, '5.19E+10']],
      [48, [1, '900 000 948 / 900 000 949']],
      [66, [0, 'Rosa\nFlores Peña']],
      [83, [1, '']],
      [101, [1, '5,19E+10']],
      [127, [1, '(01) 555-0127']],
      [150, [0, '']],
      [172, [1, '900000972 y 900000973']],
      [199, [1, '90000']],
      [215, [1, '51900000215.0']],
      [240, [1, 'no tiene']],
      [268, [0, 'José Luis\tRojas']],
      [290, [1, "'+51 900 000 290"]],
    ]),
  );
  const twice = [5, 40, 77, 160, 233].map((index) => rows[index] ?? []);
  const blank = Array.from({ length: 6 }, (): Row => ['', '', '', '', '']);
  const header: Row = ['nombre', 'celular', 'ciudad', 'producto', 'codigo_cliente'];
  return Buffer.from(csv([header, ...bad, ...twice, ...blank], ',', '\n'), 'utf8');
}

/** campaigns/payment-reminder: Mexico, several invoices per person, as Excel in Spanish saves it. */
export function paymentRecipients(): Buffer {
  const chance = chanceFrom(20_260_302);
  const rows = Array.from({ length: 260 }, (_, index): Row => {
    // Every fourth invoice belongs to the customer of the one before.
    const customer = index % 4 === 3 ? index - 1 : index;
    const phone = customer % 9 === 4 ? NUMBERS.mexicoOld(customer) : NUMBERS.mexico(customer);
    const amount = (150 + Math.floor(chance() * 480_000) / 100).toFixed(2).replace('.', ',');
    const due = `${digits(1 + Math.floor(chance() * 28), 2)}/04/2026`;
    return [fullName(chanceFrom(customer + 1)), phone, `F-${digits(4000 + index, 6)}`, amount, due];
  });
  const bad = damaged(
    rows,
    new Map([
      [12, [1, '']],
      [37, [1, '5,25500E+11']],
      [58, [1, '55 0000 9058; 55 0000 9059']],
      [91, [3, '']],
      [120, [1, '5,25500E+11']],
      [144, [0, 'Iván\nZúñiga']],
      [181, [1, 'pendiente']],
      [222, [1, '044 55 0000 0222']],
    ]),
  );
  const twice = [20, 21, 133].map((index) => rows[index] ?? []);
  const blank = Array.from({ length: 4 }, (): Row => ['', '', '', '', '']);
  const header: Row = ['Cliente', 'Teléfono', 'Factura', 'Monto', 'Vencimiento'];
  // Latin-1 and Windows-1252 agree on every letter used here.
  return Buffer.from(csv([header, ...bad, ...twice, ...blank], ';', '\r\n'), 'latin1');
}

/** campaigns/appointment: several countries, Spanish header names with spaces, UTF-8 with byte order mark. */
export function appointmentRecipients(): Buffer {
  const chance = chanceFrom(20_260_303);
  const doctors = ['Dra. Arango', 'Dr. Benítez', 'Dra. Muñoz', 'Dr. Treviño'] as const;
  const places = ['Sede Norte', 'Sede Centro', 'Sede Chapinero'] as const;
  const phone = (index: number) => {
    if (index % 13 === 5) return NUMBERS.ecuador(index);
    if (index % 19 === 9) return NUMBERS.argentina(index);
    return index % 31 === 2 ? NUMBERS.spain(index) : NUMBERS.colombia(index);
  };
  const rows = Array.from({ length: 210 }, (_, index): Row => {
    const day = `${digits(1 + Math.floor(chance() * 28), 2)}/05/2026`;
    const time = `${digits(8 + Math.floor(chance() * 9), 2)}:${pick(chance, ['00', '20', '40'])}`;
    return [fullName(chance), phone(index), day, time, pick(chance, doctors), pick(chance, places), ''];
  });
  const bad = damaged(
    rows,
    new Map([
      [9, [1, '']],
      [44, [1, '5.73E+11']],
      [63, [2, '']],
      [88, [1, '3000009088, 3000009089']],
      [119, [0, 'Noelia\nPeña']],
      [160, [6, 'llamar antes; "no antes de las 10"']],
      [187, [1, 'preguntar en recepción']],
    ]),
  );
  const twice = [3, 70].map((index) => rows[index] ?? []);
  const blank = Array.from({ length: 3 }, (): Row => ['', '', '', '', '', '', '']);
  const header: Row = [
    'Nombre completo',
    'Celular',
    'Fecha de la cita',
    'Hora',
    'Médico',
    'Sede',
    'Observaciones',
  ];
  return Buffer.from(`\uFEFF${csv([header, ...bad, ...twice, ...blank], ',', '\r\n')}`, 'utf8');
}
