import { expect, test } from 'vitest';
import { MARKUP_STRINGS, NAME_STRINGS, TERMINAL_STRINGS } from '../security/hostile-strings.js';
import { phoneNumber } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';
import { servedPage } from './support/served.js';

/** Every trick that a page could fall for. */
const TRICKS = [...MARKUP_STRINGS, ...NAME_STRINGS, ...TERMINAL_STRINGS];
const PAGES = [
  'list',
  'list/change/phone',
  'list/change/encoding',
  'list/upload',
  'wrong',
  'message',
  'message/text',
  'message/template',
  'message/attachment',
  '',
];

/** What none of the pages has of its own: whatever is found came from outside and was taken for more than text. */
const INTRUDERS =
  /<script(?! type="module" src="\/assets\/page\.js")|<img|<svg|onerror=|onload=|<b>|<!-- --!>/u;
// A page's own tags, without what stands in quotes: there, everything is text.
const QUOTED = /="[^"]*"/gu;

function intruders(text: string): readonly string[] {
  const tags = [...text.matchAll(/<[^>]*>/gu)].map(([tag]) => tag.replace(QUOTED, '=""'));
  const odd = tags.filter((tag) =>
    INTRUDERS.test(tag.replace('type="" src=""', 'type="module" src="/assets/page.js"')),
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  const raw = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u.exec(text);
  return raw === null ? odd : [...odd, `raw ${raw[0].charCodeAt(0)}`];
}

test('what is no text any more is seen', () => {
  expect(intruders('<p>&lt;img&gt;</p><p title="onload=x">')).toEqual([]);
  for (const broken of ['<p><img src="x"></p>', '<script>x</script>', '<p>\u001b[2J</p>'])
    expect(intruders(broken)).toHaveLength(1);
});

function csvCell(text: string): string {
  return `"${text.replaceAll('\u0000', '').replaceAll('"', '""')}"`;
}

const EACH = 8;
const GROUPS = Array.from({ length: Math.ceil(TRICKS.length / EACH) }, (_, at) =>
  TRICKS.slice(at * EACH, (at + 1) * EACH),
);

test.each(GROUPS)('$name and its like stay text in cells and headers, on every page', async (...tricks) => {
  const place = await sendingPlace(1, {
    recipients: '{ file: recipients.csv, country: PE }',
    variables: '{ body: { "1": "{{ dato }}" } }',
  });
  const headers = tricks.map(({ text }, at) => csvCell(`${at} ${text}`)).join(',');
  const cells = tricks.map(({ text }) => csvCell(text)).join(',');
  const rows = tricks.flatMap(({ text }, at) => [
    `1,${csvCell(text)},${cells}`,
    `${csvCell(text)},Ana,${cells}`,
    `${phoneNumber(at)},${csvCell(`Ana ${text}`)},${cells}`,
  ]);
  place.write('sale/recipients.csv', `celular,dato,${headers}\n${rows.join('\n')}\n`);
  const page = await servedPage(place);
  for (const path of PAGES) {
    const answer = await page.get(`/campaigns/sale/${path}`.replace(/\/$/u, ''));
    expect([path, answer.status, intruders(answer.text)]).toEqual([path, 200, []]);
  }
});

test.each(MARKUP_STRINGS)(
  '$name stays text in a template, in its text, in what is typed and in file names',
  async ({ text }) => {
    const place = await sendingPlace(1, {
      template: JSON.stringify(text),
      text: JSON.stringify({ header: text, body: `${text} {{1}}`, footer: text, buttons: [text] }).replaceAll(
        '{{1}}',
        '{{1}}',
      ),
    });
    const page = await servedPage(place);
    for (const path of [
      'message',
      'message/template',
      'message/text',
      `message?row=${encodeURIComponent(text)}`,
      'wrong',
      `wrong?reason=${encodeURIComponent(text)}&after=${encodeURIComponent(text)}`,
    ])
      expect([path, intruders((await page.get(`/campaigns/sale/${path}`)).text)]).toEqual([path, []]);
    const list = { name: `${text}.csv`, text: 'nothing' };
    const answers = [
      await page.upload('/new', { title: text, country: text }, { list }),
      await page.upload('/new', { title: '', country: text }, { list }),
      await page.upload('/campaigns/sale/list/upload', { digest: text }, { list }),
      await page.post('/campaigns/sale/message', {
        digest: text,
        'v0.name': text,
        'v0.from': text,
        'v0.text': text,
      }),
      await page.post('/campaigns/sale/message/text', {
        digest: text,
        header: text,
        body: text,
        buttons: text,
      }),
      await page.post('/campaigns/sale/message/template', { digest: text, template: text, name: text }),
      await page.post('/campaigns/sale/wrong/mend', { line: '2', column: '1', 'was2.1': text, 'r2.1': text }),
    ];
    for (const answer of answers) expect(intruders(answer.text)).toEqual([]);
  },
);
