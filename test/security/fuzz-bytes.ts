import { recorded } from '../providers/fixtures/recorded.js';
import type { Dice } from '../simulation/dice.js';
import { HOSTILE_STRINGS, MARKUP_STRINGS } from './hostile-strings.js';

const TEXTS = HOSTILE_STRINGS.map(({ text }) => text);

/** One of the hostile strings, or a number or word that is odd in its place. */
export function hostile(dice: Dice): string {
  const odd = [
    '',
    ' ',
    '0',
    '-1',
    '1e999',
    'NaN',
    'null',
    'true',
    '9'.repeat(40),
    '\ud83d',
    'x'.repeat(dice.between(1, 5_000)),
  ];
  return dice.chance(0.7) ? dice.oneOf([TEXTS[0] ?? '', ...TEXTS]) : dice.oneOf(['', ...odd]);
}

/** A JSON value with some of its parts replaced by others, left out, repeated, or nested. */
export function changedJson(value: unknown, dice: Dice): unknown {
  if (dice.chance(0.04))
    return dice.oneOf<unknown>([null, hostile(dice), dice.between(-9e15, 9e15), [], {}, [[]], true]);
  if (Array.isArray(value)) {
    const items = value.map((item) => changedJson(item, dice));
    return dice.chance(0.1) ? [...items, ...items] : items;
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(() => !dice.chance(0.02));
    return Object.fromEntries(
      fields.map(([name, field]) => [dice.chance(0.02) ? hostile(dice) : name, changedJson(field, dice)]),
    );
  }
  return typeof value === 'string' && dice.chance(0.1) ? hostile(dice) : value;
}

/** Bytes with some of them changed, left out, doubled or cut off. */
export function changedBytes(bytes: Buffer, dice: Dice): Buffer {
  const changed = Buffer.from(bytes);
  for (let times = dice.between(0, 3); times > 0 && changed.length > 0; times -= 1) {
    changed[dice.between(0, changed.length - 1)] = dice.between(0, 255);
  }
  if (dice.chance(0.1)) return changed.subarray(0, dice.between(0, changed.length));
  if (dice.chance(0.05)) return Buffer.concat([changed, changed]);
  return changed;
}

const SENDS: readonly unknown[] = [
  { success: true, message: 'Conversation sent successfully.', code: 200, data: { contactId: 'c-1' } },
  { success: false, message: '(#131026) Message undeliverable', code: 400, errorCode: '131026' },
  { success: false, message: 'Workspace with id X is not active.', code: 401 },
  { title: 'Bad Request', status: 400, detail: 'variablesBody is missing' },
  {
    success: false,
    error: { message: '(#4) limit', code: 4, fbtrace_id: 'A', error_data: { details: 'x' } },
  },
  { success: true, data: null },
];

/** What a server may answer to a send or to a page of a list, as bytes on the socket. */
export function anyAnswer(kind: 'send' | 'plazbot' | 'platica' | 'chatbotx', dice: Dice): Buffer {
  const value = kind === 'send' ? dice.oneOf<unknown>([SENDS[0], ...SENDS]) : recorded(kind);
  const body = anyBody(value, dice);
  const status = dice.oneOf([
    200, 200, 200, 200, 201, 204, 301, 400, 401, 403, 404, 405, 409, 422, 429, 500, 502, 503, 999,
  ]);
  const length = dice.chance(0.95) ? body.length : dice.between(0, 2 * body.length);
  const headers = [
    `content-length: ${length}`,
    ...(dice.chance(0.8) ? ['content-type: application/json'] : []),
    ...(dice.chance(0.1)
      ? [`retry-after: ${dice.oneOf(['1', '-1', '1e9', 'x', 'Wed, 21 Oct 2099 07:28:00 GMT', ''])}`]
      : []),
    ...(dice.chance(0.1) ? [`date: ${dice.oneOf(['x', 'Wed, 21 Oct 1970 07:28:00 GMT', '0'])}`] : []),
    ...(dice.chance(0.1)
      ? [`location: ${dice.oneOf(['//x', 'http://\u00001', 'javascript:1', `https://${'a'.repeat(300)}`])}`]
      : []),
    ...(dice.chance(0.02) ? [`x: ${'h'.repeat(dice.between(1, 40_000))}`] : []),
    ...(dice.chance(0.02) ? ['transfer-encoding: chunked'] : []),
  ];
  const head = Buffer.from(`HTTP/1.1 ${status} X\r\n${headers.join('\r\n')}\r\n\r\n`, 'latin1');
  return dice.chance(0.1) ? changedBytes(Buffer.concat([head, body]), dice) : Buffer.concat([head, body]);
}

function anyBody(value: unknown, dice: Dice): Buffer {
  if (dice.chance(0.05)) return Buffer.from(hostile(dice));
  if (dice.chance(0.02)) return Buffer.from('['.repeat(dice.between(1, 300_000)));
  if (dice.chance(0.02))
    return Buffer.from(
      JSON.stringify({ success: true, data: { contactId: 'x'.repeat(dice.between(1, 2_000_000)) } }),
    );
  const bytes = Buffer.from(JSON.stringify(changedJson(value, dice)));
  return dice.chance(0.2) ? changedBytes(bytes, dice) : bytes;
}

const YAML_PIECES: readonly string[] = [
  ...[
    'name: a\n',
    'template: t\n',
    'recipients: r.csv\n',
    'recipients:\n  file: r.csv\n  phone: tel\n',
    'rate: 1/s\n',
  ],
  ...[
    'variables:\n  body:\n    "1": "{{ nombre }}"\n',
    'variables: { body: { "1": "{{ a | ',
    ' }}" } }\n',
    '{% for i in (1..99999) %}x{% endfor %}',
  ],
  ...[
    '{% if a %}',
    '{% assign a = "',
    '{{ row["',
    '"] }}',
    '{%- raw -%}',
    'schedule: { window: 09:00-20:00 }\n',
    'cost: rates.csv\n',
  ],
  ...[
    'suppress: [',
    ']',
    '{',
    '}',
    '&a ',
    '*a',
    '!!js/function ',
    '<<: *a\n',
    '? ',
    '- ',
    '---\n',
    '...\n',
    '%YAML 1.2\n',
    '|\n  ',
    '>\n  ',
  ],
  ...[
    '"',
    "'",
    '#',
    ':',
    ': ',
    '\n',
    '\n',
    '  ',
    '\t',
    '\\',
    '\\x',
    '@',
    '`',
    '__proto__: 1\n',
    'constructor: 1\n',
    'rate: 1e9/s\n',
  ],
  ...[
    'notify: { webhook: "https://',
    'provider: { api: current, baseUrl: ',
    'limits: { perDay: ',
    'canary: { first: ',
    'uncertain: { settle: ',
  ],
];

/** A campaign file that is nearly one. */
export function anyYaml(dice: Dice): Buffer {
  const start = dice.chance(0.7) ? 'name: a\ntemplate: t\nrecipients: r.csv\n' : '';
  const pieces = Array.from({ length: dice.between(0, 30) }, () => {
    const piece = dice.chance(0.15) ? JSON.stringify(hostile(dice)) : dice.oneOf(['', ...YAML_PIECES]);
    return dice.chance(0.01) ? piece.repeat(dice.between(1, 3_000)) : piece;
  });
  const text = Buffer.from(start + pieces.join(''));
  return dice.chance(0.2) ? changedBytes(text, dice) : text;
}

/** Rows for the templates of such a file. */
export function anyRows(dice: Dice): string {
  const cell = (): string => {
    const text = dice.chance(0.3)
      ? hostile(dice)
      : dice.oneOf(['Ana', '+51987654321', '987654321', '', ...MARKUP_STRINGS.map(({ text }) => text)]);
    return `"${text.replaceAll('"', '""')}"`;
  };
  const rows = Array.from(
    { length: dice.between(0, 20) },
    () => `+51987${dice.between(100_000, 999_999)},${cell()},${cell()}\n`,
  );
  return `tel,nombre,${dice.chance(0.5) ? 'body.1' : cell()}\n${rows.join('')}`;
}
