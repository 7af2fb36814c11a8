import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCampaign } from '../../src/campaign/read-campaign.js';
import type { Campaign } from '../../src/core/campaign.js';
import { problemsOf, unwrapped } from '../support/results.js';
import { said, saidInSpanish } from '../support/said.js';

const folder = mkdtempSync(join(tmpdir(), 'plazcast-campaign-'));
const LEAST = 'name: spring\ntemplate: spring_es\nrecipients: r.csv\n';

/** A campaign file beside the list that it names. */
function fileWith(text: string | Buffer): string {
  const own = mkdtempSync(join(folder, 'c-'));
  writeFileSync(join(own, 'r.csv'), '');
  const path = join(own, 'campaign.yaml');
  writeFileSync(path, text);
  return path;
}

async function campaignFrom(text: string): Promise<Campaign> {
  return unwrapped(await readCampaign(fileWith(text))).campaign;
}

/** Each problem as `line:column code`. */
async function problemsFrom(text: string | Buffer): Promise<readonly string[]> {
  const problems = problemsOf(await readCampaign(fileWith(text)));
  return problems.map(({ code, at }) => `${at?.line}:${at?.column} ${code}`);
}

/** What a person reads of the problems. */
async function sentencesFrom(text: string): Promise<string> {
  const problems = problemsOf(await readCampaign(fileWith(text)));
  // Both languages fill every place of their sentences.
  return problems.map((problem) => [said(problem), saidInSpanish(problem)][0]).join('\n');
}

describe('a campaign file', () => {
  it('needs a name, a template and recipients; everything else has a default', async () => {
    const path = fileWith(LEAST);
    const { campaign, renderer } = unwrapped(await readCampaign(path));
    const own = join(path, '..');
    expect(renderer).toBeNull();
    expect(campaign).toEqual({
      name: 'spring',
      file: path,
      folder: own,
      template: 'spring_es',
      text: null,
      type: 'campaign',
      campaignName: 'spring',
      recipients: {
        file: join(own, 'r.csv'),
        sheet: null,
        phoneColumn: null,
        country: null,
        keyColumn: null,
        delimiter: null,
        encoding: null,
        landlines: 'reject',
        wire: {},
        within: own,
      },
      variables: null,
      attachment: null,
      provider: { name: 'plazbot', api: 'classic', baseUrl: null },
      ratePerSecond: 10,
      concurrency: 16,
      timeoutMs: 60_000,
      attempts: 5,
      onRejected: 'skip',
      limits: { perDay: null, perRecipient: null },
      schedule: null,
      canary: null,
      stopWhen: { failures: 0.5, over: 100, uncertain: 50 },
      uncertain: { settleMs: 900_000, resend: 'ask', control: null },
      suppressFiles: [],
      fixValues: false,
      notifyWebhook: null,
      rateCardFile: null,
    });
  });

  it('may say everything', async () => {
    const campaign = await campaignFrom(`${LEAST.replace('recipients: r.csv\n', '')}
type: 3
campaignName: Spring sale 2026
recipients: { file: /data/r.csv, phone: celular, country: pe, key: order_id, delimiter: tab, encoding: windows-1252, landlines: accept, wire: { MX: 521, AR: "54" } }
variables: { body: { "1": "{{ nombre }}" }, header: {} }
file: { url: "{{ pdf }}", name: factura.pdf }
provider: { name: plazbot, api: current, zone: EU }
rate: 1200/min
concurrency: 64
timeout: 2m
attempts: 3
onRejected: stop
limits: { perDay: 1_000, perRecipient: 2 per 7d }
schedule: { notBefore: 2026-03-21T09:00, window: 20:00-02:00, days: [sat-mon, wed], timezone: america/lima }
canary: { first: 20, wait: 10m, maxFailures: 5% }
stopWhen: { failures: 20%, over: 50, uncertain: 20 }
uncertain: { settle: 1h, resend: never }
suppress: do-not-contact.csv
fixValues: true
notify: { webhook: "https://example.com/hook?k=1" }
cost: rates.csv
`);
    expect(campaign.recipients).toMatchObject({
      file: resolve(tmpdir(), '/data/r.csv'),
      country: 'PE',
      keyColumn: 'order_id',
      delimiter: '\t',
      encoding: 'windows-1252',
      landlines: 'accept',
      wire: { MX: '521', AR: '54' },
    });
    expect(campaign).toMatchObject({
      type: 'api',
      campaignName: 'Spring sale 2026',
      attachment: { url: '{{ pdf }}', name: 'factura.pdf' },
      provider: { api: 'current', baseUrl: 'https://apieu.plazbot.com' },
      ratePerSecond: 20,
      timeoutMs: 120_000,
      limits: { perDay: 1000, perRecipient: { count: 2, perMs: 604_800_000 } },
      schedule: {
        notBefore: '2026-03-21T09:00',
        window: { fromMinute: 1200, toMinute: 120 },
        days: [1, 3, 6, 7],
        timezone: 'America/Lima',
      },
      canary: { first: 20, waitMs: 600_000, maxFailures: 0.05 },
      stopWhen: { failures: 0.2, over: 50, uncertain: 20 },
      uncertain: { settleMs: 3_600_000, resend: 'never' },
      fixValues: true,
      notifyWebhook: 'https://example.com/hook?k=1',
    });
    expect(campaign.suppressFiles).toEqual([join(campaign.folder, 'do-not-contact.csv')]);
    expect(campaign.rateCardFile).toBe(join(campaign.folder, 'rates.csv'));
  });

  it.each([
    ['type: 1', 'campaign'],
    ['type: individual', 'individual'],
    ['type: "2"', 'individual'],
    ['type: API', 'api'],
  ])('reads %s as %s', async (line, type) => {
    expect((await campaignFrom(`${LEAST}${line}\n`)).type).toBe(type);
  });

  it('sends no campaign name with type individual', async () => {
    expect((await campaignFrom(`${LEAST}type: individual\n`)).campaignName).toBeNull();
  });

  it.each([
    ['auto', null],
    [',', ','],
    [';', ';'],
    ['";"', ';'],
    ['tab', '\t'],
    ['"\\t"', '\t'],
    ['|', '|'],
    ['"|"', '|'],
  ])('takes the delimiter %s', async (written, delimiter) => {
    const text = `name: a\ntemplate: t\nrecipients:\n  file: r.csv\n  delimiter: ${written}\n`;
    expect((await campaignFrom(text)).recipients.delimiter).toBe(delimiter);
  });

  it('keeps values as they were typed, also those that look like numbers', async () => {
    const campaign = await campaignFrom(`name: 0012\ntemplate: 1e3\ncampaignName: 2026\nrecipients: 7\n`);
    expect([campaign.name, campaign.template, campaign.campaignName]).toEqual(['0012', '1e3', '2026']);
  });

  it('keeps variables in the order of the file, also those that look like numbers', async () => {
    const { variables } = await campaignFrom(
      `${LEAST}variables:\n  body:\n    "10": ten\n    "2": two\n    nombre: "{{ n }}"\n    1: one\n`,
    );
    expect(variables?.body.map(({ variable }) => variable)).toEqual(['10', '2', 'nombre', '1']);
    expect(variables?.header).toEqual([]);
  });

  it('may begin with a byte order mark, end its lines with CRLF, or be UTF-16', async () => {
    expect((await campaignFrom(`\uFEFF${LEAST.replaceAll('\n', '\r\n')}`)).name).toBe('spring');
    const { campaign } = unwrapped(await readCampaign(fileWith(Buffer.from(`\uFEFF${LEAST}`, 'utf16le'))));
    expect(campaign.name).toBe('spring');
  });

  it('is found by its folder', async () => {
    const path = fileWith(LEAST);
    expect(unwrapped(await readCampaign(join(path, '..'))).campaign.file).toBe(path);
  });
});

describe('a path that is no campaign', () => {
  it('is taken for the name of a campaign in the folder of campaigns beside it', async () => {
    const place = mkdtempSync(join(folder, 'p-'));
    const sale = join(place, 'campaigns', 'sale');
    mkdirSync(sale, { recursive: true });
    writeFileSync(join(sale, 'campaign.yaml'), '');
    const [problem] = problemsOf(await readCampaign(join(place, 'sale')));
    expect(problem).toMatchObject({ code: 'campaign.not-found', params: { meant: sale } });
  });

  it('says what is there and what is not', async () => {
    const missing = problemsOf(await readCampaign(join(folder, 'nothing')));
    const empty = problemsOf(await readCampaign(mkdtempSync(join(folder, 'e-'))));
    expect(missing.map(({ code }) => code)).toEqual(['campaign.not-found']);
    expect(missing[0]?.params).toMatchObject({ meant: 'none' });
    expect(empty.map(({ code }) => code)).toEqual(['campaign.folder-without-file']);
  });

  it.each([
    ['campaign.empty', '  \n'],
    ['campaign.not-utf8', Buffer.from([0x6e, 0xe9, 0x0a])],
    ['campaign.too-large', '#'.repeat(1_000_001)],
  ])('is refused as %s', async (code, text) => {
    expect(await problemsFrom(text)).toEqual([`undefined:undefined ${code}`]);
  });
});

describe('the approved text in a campaign file', () => {
  it('is taken as written, without the line break that ends a text over several lines', async () => {
    const file = `${LEAST}text:
  header: "Pedido {{1}}"
  body: |
    Hola {{1}},

    su pedido llegó.
  footer: Adiós
  buttons: Ver
`;
    expect((await campaignFrom(file)).text).toEqual({
      header: 'Pedido {{1}}',
      media: null,
      body: 'Hola {{1}},\n\nsu pedido llegó.',
      footer: 'Adiós',
      buttons: ['Ver'],
    });
    expect((await campaignFrom(`${LEAST}text: { body: Hola }\n`)).text).toMatchObject({
      header: null,
      footer: null,
      buttons: [],
    });
  });

  it.each([
    ['text: Hola', '4:1 campaign.section'],
    ['text: { header: x }', '4:7 campaign.missing'],
    ['text: { body: "" }', '4:15 campaign.no-value'],
    ['text: { body: x, foter: y }', '4:18 campaign.unknown-key-meant'],
    [`text: { body: ${'x'.repeat(4_097)} }`, '4:15 campaign.too-long'],
    [`text: { body: x, buttons: [${'a, '.repeat(20)}b] }`, '4:27 campaign.too-many'],
    [`text: { body: x, buttons: [${'a'.repeat(4_097)}] }`, '4:27 campaign.too-long'],
  ])('is refused with its place (%j)', async (line, problem) => {
    expect(await problemsFrom(`${LEAST}${line}\n`)).toEqual([problem]);
  });
});

describe('problems of a campaign file', () => {
  it('are all told at once, in the order of the file, with line and column', async () => {
    const found = await problemsFrom(`name: Promo Otoño
template:
type: 4
recipents: a.csv
campaignName: 2026
rate: 20
recipients:
  file: [a, b]
  country: Perú
variables:
  body:
    "1": "{{ nombre | capitalise }}"
    "2": "{{ nombre "
limits: { perDay: 0, perRecipient: often }
file: { url: "x" }
canary: yes
`);
    expect(found).toEqual([
      '1:7 campaign.name',
      '2:10 campaign.no-value',
      '3:7 campaign.choice',
      '4:1 campaign.unknown-key-meant',
      '6:7 campaign.rate',
      '8:9 campaign.one-value',
      '9:12 campaign.country-meant',
      '12:11 campaign.liquid-filter-meant',
      '13:11 campaign.liquid-unclosed',
      '14:19 campaign.integer',
      '14:36 campaign.recipient-limit',
      '15:1 campaign.file-needs-current',
      '15:7 campaign.missing',
      '15:14 url.invalid',
      '16:1 campaign.section',
    ]);
  });

  it.each([
    ['rate: 0/s', 'campaign.rate-out-of-range'],
    ['rate: -5/s', 'campaign.rate'],
    ['rate: 1000000/s', 'campaign.rate-out-of-range'],
    ['rate: 0.5/h', 'campaign.rate-out-of-range'],
    ['concurrency: 0', 'campaign.integer'],
    ['concurrency: 5000', 'campaign.integer'],
    ['concurrency: 1.5', 'campaign.integer'],
    ['timeout: 60', 'campaign.duration'],
    ['timeout: 10ms', 'campaign.duration'],
    ['timeout: 0s', 'campaign.duration-out-of-range'],
    ['timeout: 2d', 'campaign.duration-out-of-range'],
    ['attempts: 0', 'campaign.integer'],
    ['onRejected: ignore', 'campaign.choice'],
    ['fixValues: maybe', 'campaign.choice'],
    ['limits: { perDay: -1 }', 'campaign.integer'],
    ['limits: { perRecipient: 0 per 7d }', 'campaign.recipient-limit'],
    ['limits: { perRecipient: 1 per 900d }', 'campaign.recipient-limit'],
    ['limits: { perRecipient: 1 per 59s }', 'campaign.recipient-limit'],
    ['schedule: { window: 9-20 }', 'campaign.window'],
    ['schedule: { window: 09:00-25:00 }', 'campaign.window'],
    ['schedule: { window: 09:00-09:00 }', 'campaign.window-never-opens'],
    ['schedule: { days: lun-vie }', 'campaign.days'],
    ['schedule: { days: [] }', 'campaign.no-value'],
    ['schedule: { timezone: Lima }', 'campaign.timezone-meant'],
    ['schedule: { timezone: America/Bogata }', 'campaign.timezone-meant'],
    ['schedule: { timezone: "-05:00" }', 'campaign.timezone'],
    ['schedule: { timezone: Atlantis/Poseidonis }', 'campaign.timezone'],
    ['schedule: { notBefore: 2026-02-30T09:00 }', 'campaign.moment'],
    ['schedule: { notBefore: 2026-03-21T09:00-05:00 }', 'campaign.moment'],
    ['schedule: { notBefore: tomorrow }', 'campaign.moment'],
    ['schedule: { notBefore: 0226-03-21T09:00 }', 'campaign.moment'],
    ['schedule: { notBefore: 9026-03-21T09:00 }', 'campaign.moment'],
    ['canary: { wait: 10m }', 'campaign.missing'],
    ['canary: { first: 0 }', 'campaign.integer'],
    ['canary: { first: 5, maxFailures: 120% }', 'campaign.percentage'],
    ['stopWhen: { failures: 0% }', 'campaign.percentage'],
    ['stopWhen: { failures: 0.2 }', 'campaign.percentage'],
    ['stopWhen: { over: 0 }', 'campaign.integer'],
    ['uncertain: { resend: always }', 'campaign.choice'],
    ['uncertain: { settle: soon }', 'campaign.duration'],
    ['notify: { webhook: "http://example.com/x" }', 'url.plain-http'],
    ['notify: { webhook: ftp://example.com }', 'url.invalid'],
    ['notify: {}', 'campaign.missing'],
    ['provider: { name: twilio }', 'campaign.choice'],
    ['provider: { api: newest }', 'campaign.choice'],
    ['provider: { baseUrl: "http://api.plazbot.com" }', 'url.plain-http'],
    ['provider: { baseUrl: "https://me:secret@api.plazbot.com" }', 'url.credentials'],
    ['provider: { baseUrl: "https://api.plazbot.com?x=1" }', 'url.query'],
    ['provider: { baseUrl: "https://api.plazbot.com", zone: LA }', 'campaign.zone-or-base-url'],
    ['provider: { zone: US }', 'campaign.choice'],
    ['suppress: { file: a.csv }', 'campaign.one-value-or-list'],
    ['variables: { body: [a, b] }', 'campaign.section'],
    ['variables: { body: { "1": "" } }', 'campaign.no-value'],
    ['variables: { body: { "1": "{% include x %}" } }', 'campaign.liquid-tag'],
    ['variables: { attachments: { "1": x } }', 'campaign.unknown-key'],
    ['type: individual\ncampaignName: x', 'campaign.name-not-allowed'],
    ['type: 2\ncampaignName: x', 'campaign.name-not-allowed'],
    ['file: { url: "{{ x }}", name: a.pdf }', 'campaign.file-needs-current'],
    ['Rate: 5/s', 'campaign.unknown-key-meant'],
    ['ratee: 5/s', 'campaign.unknown-key-meant'],
    ['phone: celular', 'campaign.unknown-key-meant'],
    ['colour: blue', 'campaign.unknown-key'],
  ])('refuse %s with %s', async (lines, code) => {
    const found = await problemsFrom(`${LEAST}${lines}\n`);
    expect(found.map((problem) => problem.replace(/^\d+:\d+ /, ''))).toEqual([code]);
  });

  it('say what stands below a section that takes names of its own', async () => {
    const told = await sentencesFrom(`${LEAST}variables: { body: [a, b] }\n`);
    expect(told).toBe(
      '"variables.body" needs lines below it, one for each variable, such as "1": "{{ nombre }}".',
    );
  });

  it.each([
    ['provider: { baseUrl: "http://127.0.0.1:8080" }'],
    ['provider: { baseUrl: "http://localhost:8080/" }'],
    ['provider: { baseUrl: "http://[::1]:8080" }'],
    ['notify: { webhook: http://localhost/hook }'],
  ])('let plain http to this machine pass: %s', async (line) => {
    expect(await problemsFrom(`${LEAST}${line}\n`)).toEqual([]);
  });

  it.each([
    ['Lima', 'America/Lima'],
    ['America/Bogata', 'America/Bogota'],
    ['Mexico City', 'America/Mexico_City'],
  ])('name the time zone that was meant by %s', async (typed, meant) => {
    expect(await sentencesFrom(`${LEAST}schedule: { timezone: ${typed} }\n`)).toContain(meant);
  });

  it('say what to write instead', async () => {
    expect(await sentencesFrom(`${LEAST}rate: 20\n`)).toContain('Write 20/s');
    expect(await sentencesFrom('template: t\nrecipients: r.csv\n')).toContain('name: spring-sale-2026');
    expect(await sentencesFrom('name: a\ntemplate: t\n')).toContain('recipients: recipients.csv');
    expect(await sentencesFrom(`${LEAST}limits: { perday: 5 }\n`)).toContain('limits.perDay');
  });

  it('refuse a variable that stands there twice, once with its braces', async () => {
    const body = 'variables:\n  body:\n    "1": a\n    "{{1}}": b\n    "{{ 1 }}": c\n  header:\n    "1": d\n';
    expect(await problemsFrom(`${LEAST}${body}`)).toEqual([
      '7:5 campaign.variable-twice',
      '8:5 campaign.variable-twice',
    ]);
  });

  it('refuse a window that no moment fits in all zones of the country', async () => {
    const text = (country: string) =>
      `name: a\ntemplate: t\nrecipients: { file: r.csv, country: ${country} }\nschedule:\n  window: 09:00-10:00\n`;
    expect(await problemsFrom(text('US'))).toEqual(['5:11 campaign.window-never-opens-in']);
    expect(await problemsFrom(text('PE'))).toEqual([]);
    expect(await problemsFrom(`${text('US')}rate: 20\n`)).toEqual([
      '5:11 campaign.window-never-opens-in',
      '6:7 campaign.rate',
    ]);
  });
});

describe('YAML that cannot be read', () => {
  it.each([
    ['name: a\nname: b\ntemplate: t\nrecipients: r.csv\n', '2:1 campaign.yaml-duplicate'],
    ['name: a\nlimits:\n\tperDay: 5\n', '3:1 campaign.yaml-tab'],
    ['name: a\n  template: t\n', '1:7 campaign.yaml-colon'],
    ['limits:\n    perDay: 5\n  x: 1\n', '3:1 campaign.yaml-indent'],
    ['name: "a\n', '2:1 campaign.yaml-unclosed'],
    ['name: a: b\n', '1:7 campaign.yaml-colon'],
    ['name: @a\n', '1:7 campaign.yaml-needs-quotes'],
    ['name: a\n---\nname: b\n', '2:1 campaign.yaml-several-documents'],
    ['name: *a\n', '1:7 campaign.yaml-alias'],
    [`${LEAST}variables:\n  body:\n    "1": {{ nombre }}\n`, '6:10 campaign.yaml-liquid-quotes'],
    [`${LEAST}variables:\n  body:\n    "1": {{ nombre }} Paz\n`, '6:23 campaign.yaml-liquid-quotes'],
    ['just some words\n', '1:1 campaign.not-a-campaign'],
    ['- a\n- b\n', '1:1 campaign.not-a-campaign'],
  ])('is placed: %j', async (text, problem) => {
    expect(await problemsFrom(text)).toEqual([problem]);
  });

  it('with a duplicate key still tells everything else', async () => {
    expect(await problemsFrom(`${LEAST}rate: 5/s\nrate: fast\nattempts: 0\n`)).toEqual([
      '5:1 campaign.yaml-duplicate',
      '5:7 campaign.rate',
      '6:11 campaign.integer',
    ]);
  });
});

describe('a credential in a campaign file', () => {
  it.each([
    ['apiKey: XSECRETX', 'PLAZBOT_API_KEY'],
    ['PLAZBOT_API_KEY: XSECRETX', 'PLAZBOT_API_KEY'],
    ['provider: { token: XSECRETX }', 'PLAZBOT_API_KEY'],
    ['workspaceId: XSECRETX', 'PLAZBOT_WORKSPACE_ID'],
    ['platica: { key: XSECRETX }', 'PLATICA_API_KEY'],
    ['provider: { baseUrl: "https://user:XSECRETX@example.com" }', 'user name'],
    ['notify: { webhook: "http://example.com/XSECRETX" }', 'https://'],
    ['"1": "XSECRETX', 'quote'],
    ['rate: pl_key_XSECRETX', 'rate'],
    ['rate: 0aXSECRETX5d1f0c9e8b7a6f5e4d3c2b1a', 'rate'],
  ])('is refused and never repeated: %s', async (line, advice) => {
    const sentences = await sentencesFrom(`${LEAST}${line}\n`);
    expect(sentences).toContain(advice);
    expect(JSON.stringify(problemsOf(await readCampaign(fileWith(`${LEAST}${line}\n`))))).not.toContain(
      'SECRET',
    );
    expect(sentences).not.toContain('SECRET');
  });
});
