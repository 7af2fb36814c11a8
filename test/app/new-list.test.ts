import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lookAtUpload } from '../../src/app/new-list/look-at-upload.js';
import { newCampaign } from '../../src/app/new-list/new-campaign.js';
import { chooseReading, replaceList } from '../../src/app/new-list/replace-list.js';
import { dropUpload, takeUpload, uploadsIn } from '../../src/app/new-list/uploads.js';
import { loadTranslate } from '../../src/cli/translate.js';
import type { ReadListAs } from '../../src/core/new-campaign.js';
import { failed } from '../../src/core/problem.js';
import { workbookBytes } from '../../src/xlsx/workbook.js';
import { appAt } from '../support/app-at-hand.js';
import { expectMode, ON_WINDOWS } from '../support/on-windows.js';
import { problemsOf, unwrapped } from '../support/results.js';
import { cliPlace, phoneNumber, recipientsCsv } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';
import { bytesOf } from '../support/xlsx-reading.js';

const FOUND: ReadListAs = { sheet: null, encoding: null, delimiter: null };
const translate = await loadTranslate('es', 'plazcast');
const LIST = `nombre;celular;producto\nMaría;${phoneNumber(1)};Olla\nJosé;${phoneNumber(2)};Taza\n`;

function place(env: Readonly<Record<string, string>> = {}) {
  const at = cliPlace();
  const folder = at.path('campaigns');
  mkdirSync(folder);
  return { ...at, where: { folder }, app: appAt(at, env) };
}

async function* pieces(...parts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}

async function uploaded(
  { where, app }: ReturnType<typeof place>,
  content: string | Uint8Array,
): Promise<string> {
  return unwrapped(await takeUpload(where, pieces(content), null, app)).id;
}

function workbook(): Promise<Buffer> {
  const rows = (name: string) => [
    [
      ['nombre', 'celular'],
      [name, phoneNumber(3)],
    ],
  ];
  return bytesOf(
    workbookBytes([
      { name: 'Notas', header: null, rows: rows('x') },
      { name: 'Clientes', header: null, rows: rows('Ana') },
    ]),
  );
}

describe('an upload', () => {
  test('is its owner’s alone, under a name of ours, and complete', async () => {
    const { where, app } = place();
    const upload = unwrapped(await takeUpload(where, pieces('ab', 'cd'), 4, app));
    expect([readFileSync(upload.file, 'utf8'), upload.bytes]).toEqual(['abcd', 4]);
    expectMode(upload.file, 0o600);
    expectMode(uploadsIn(where), 0o700);
    expect(upload.id).toMatch(/^upload-[0-9a-f]{24}$/u);
  });

  test('that is larger than allowed is refused before or while it comes in, and leaves nothing', async () => {
    const { where, app } = place();
    const said = await takeUpload(where, pieces('x'), 2_000_001, app, 2_000_000);
    const came = await takeUpload(where, pieces('x'.repeat(6), 'x'.repeat(6)), null, app, 10);
    for (const result of [said, came])
      expect(problemsOf(result)).toMatchObject([{ code: 'upload.too-large' }]);
    expect(existsSync(uploadsIn(where)) ? readdirSync(uploadsIn(where)) : []).toEqual([]);
  });

  test('that would fill up the disk is refused', async () => {
    const { where, app } = place();
    const huge = Number.MAX_SAFE_INTEGER;
    const result = await takeUpload(where, pieces('x'), huge - 1, app, huge);
    expect(problemsOf(result)).toMatchObject([{ code: 'upload.disk-full' }]);
  });

  test('that breaks off, or is empty, leaves nothing', async () => {
    const { where, app } = place();
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      throw new Error('aborted');
    };
    expect(problemsOf(await takeUpload(where, broken(), null, app))).toMatchObject([
      { code: 'upload.broken' },
    ]);
    expect(problemsOf(await takeUpload(where, pieces(), null, app))).toMatchObject([
      { code: 'upload.empty' },
    ]);
    expect(readdirSync(uploadsIn(where))).toEqual([]);
  });

  test.each(['../secret', 'upload-1', '', '/etc/passwd', `upload-${'0'.repeat(24)}`])(
    'named %j is none',
    async (id) => {
      const { where, app, write } = place();
      write('secret', 'x');
      expect(problemsOf(await lookAtUpload(where, id, FOUND, app))).toMatchObject([{ code: 'upload.gone' }]);
    },
  );

  test('of which nothing was made is gone after a day, and at once when it is dropped', async () => {
    const at = place();
    const { where, app } = at;
    const [old, dropped] = [await uploaded(at, 'a'), await uploaded(at, 'b')];
    const longAgo = new Date(Date.now() - 25 * 3_600_000);
    utimesSync(join(uploadsIn(where), old), longAgo, longAgo);
    const fresh = await uploaded(at, 'c');
    unwrapped(await dropUpload(where, dropped, app));
    expect(readdirSync(uploadsIn(where))).toEqual([fresh]);
  });
});

describe('a look at an upload', () => {
  test('tells how a text is written, its columns and which has the phones', async () => {
    const at = place();
    const look = unwrapped(await lookAtUpload(at.where, await uploaded(at, LIST), FOUND, at.app));
    expect(look).toMatchObject({
      columns: ['nombre', 'celular', 'producto'],
      phoneColumn: 'celular',
      look: { format: { format: 'csv', delimiter: ';', encoding: 'utf-8' }, sheets: [] },
    });
    expect(look.look.firstRows[0]).toEqual(['María', phoneNumber(1), 'Olla']);
  });

  test('takes what somebody chose: encoding, separator, sheet', async () => {
    const at = place();
    const id = await uploaded(at, Buffer.from('a,b;c\nJos\u00e9,1;2\n', 'latin1'));
    const chosen = { sheet: null, encoding: 'windows-1252', delimiter: ',' } as const;
    expect(unwrapped(await lookAtUpload(at.where, id, chosen, at.app)).look.firstRows).toEqual([
      ['José', '1;2'],
    ]);
    const book = await uploaded(at, await workbook());
    const clients = unwrapped(await lookAtUpload(at.where, book, { ...FOUND, sheet: 'Clientes' }, at.app));
    expect(clients.look).toMatchObject({
      format: { format: 'xlsx', sheet: 'Clientes' },
      sheets: [
        { name: 'Notas', visible: true },
        { name: 'Clientes', visible: true },
      ],
      firstRows: [['Ana', phoneNumber(3)]],
    });
  });
});

describe('a campaign made of an upload', () => {
  const request = { readAs: FOUND, phoneColumn: null, answers: { template: 'sale_es', country: 'PE' } };

  async function made(at: ReturnType<typeof place>, content: string | Uint8Array, title: string, over = {}) {
    const upload = await uploaded(at, content);
    return unwrapped(await newCampaign(at.where, { ...request, title, upload, ...over }, translate, at.app));
  }

  test('lies beside the others, is fit to be checked, and has taken the upload', async () => {
    const at = place();
    const { name, folder } = await made(at, LIST, 'Promoción Otoño 2026');
    expect([name, folder]).toEqual(['promocion-otono-2026', join(at.where.folder, 'promocion-otono-2026')]);
    expect(readdirSync(folder).toSorted()).toEqual(['campaign.yaml', 'recipients.csv']);
    expect(readdirSync(uploadsIn(at.where))).toEqual([]);
    expectMode(join(folder, 'recipients.csv'), 0o600);
    const checked = await at.run(['check', folder, '--json']);
    expect(checked.json).toMatchObject({ counts: { pending: 2, rejected: 0 } });
  });

  test('reads the list as somebody chose', async () => {
    const at = place();
    const { folder } = await made(at, await workbook(), 'Hojas', { readAs: { ...FOUND, sheet: 'Clientes' } });
    const read = unwrapped(await at.app.campaignFiles.read(folder));
    expect(read.campaign.recipients).toMatchObject({ sheet: 'Clientes', phoneColumn: 'celular' });
    const tabs = await made(at, 'a\tcelular\n1;2\t3\n', 'Tabs', { readAs: { ...FOUND, delimiter: '\t' } });
    expect(unwrapped(await at.app.campaignFiles.read(tabs.folder)).campaign.recipients.delimiter).toBe('\t');
  });

  test('gets a folder of its own, also where two are made under one title at once', async () => {
    const at = place();
    const both = await Promise.all([made(at, LIST, 'Oferta'), made(at, await workbook(), 'Oferta')]);
    expect(both.map(({ name }) => name).toSorted()).toEqual(['oferta', 'oferta-2']);
    const files = both.map(({ folder }) => readdirSync(folder).toSorted());
    expect(files).toEqual([
      ['campaign.yaml', 'recipients.csv'],
      ['campaign.yaml', 'recipients.xlsx'],
    ]);
  });

  test('is made once of one list under one title, however often that is pressed', async () => {
    const at = place();
    const first = await made(at, LIST, 'Oferta');
    expect(await made(at, LIST, 'Oferta')).toEqual(first);
    expect(readdirSync(uploadsIn(at.where))).toEqual([]);
    expect((await made(at, LIST.replace('Olla', 'Copa'), 'Oferta')).name).toBe('oferta-2');
    appendFileSync(join(first.folder, 'campaign.yaml'), '# mine');
    expect((await made(at, LIST, 'Oferta')).name).toBe('oferta-3');
  });

  test('is made once where it is pressed twice at the very same moment', async () => {
    const at = place();
    const both = await Promise.all([made(at, LIST, 'Oferta'), made(at, LIST, 'Oferta')]);
    expect(both.map(({ name }) => name)).toEqual(['oferta', 'oferta']);
    expect(readdirSync(at.where.folder).filter((name) => !name.startsWith('.'))).toEqual(['oferta']);
  });

  test('whose phones need no country is made once, too, and names none', async () => {
    const at = place();
    const over = { answers: { country: null } };
    const first = await made(at, LIST, 'Oferta', over);
    expect(await made(at, LIST, 'Oferta', over)).toEqual(first);
    expect(unwrapped(await at.app.campaignFiles.read(first.folder)).campaign.recipients.country).toBeNull();
  });

  test('of which nothing came leaves no folder behind', async () => {
    const at = place();
    const app = {
      ...at.app,
      uploads: { ...at.app.uploads, place: async () => failed({ code: 'upload.gone' }) },
    };
    const upload = await uploaded(at, LIST);
    const result = await newCampaign(at.where, { ...request, title: 'Oferta', upload }, translate, app);
    expect(problemsOf(result)).toMatchObject([{ code: 'upload.gone' }]);
    expect(existsSync(join(at.where.folder, 'oferta'))).toBe(false);
  });

  test('gets a name that neither a folder nor the ledger has', async () => {
    const sending = await sendingPlace(1);
    await sending.json(['send', 'sale']);
    const where = { folder: sending.path('campaigns') };
    const app = appAt(sending, sending.environment);
    const at = { ...place(), where, app };
    expect((await made(at, LIST, 'Sale')).name).toBe('sale-2');
    expect((await made(at, LIST.replace('Olla', 'Copa'), 'Sale')).name).toBe('sale-3');
  });

  test('never lands outside of the campaigns, whatever it is called', async () => {
    const at = place();
    for (const title of ['../../x', '/etc', '.', '', '.uploads', 'ñ\u0000/..']) {
      const { folder } = await made(at, LIST, title);
      expect(join(at.where.folder, basename(folder))).toBe(folder);
    }
  });

  test.skipIf(ON_WINDOWS)('leaves a link that lies in its way alone', async () => {
    const at = place();
    symlinkSync(at.path('elsewhere'), join(at.where.folder, 'promo'));
    expect((await made(at, LIST, 'Promo')).name).toBe('promo-2');
    expect(existsSync(at.path('elsewhere'))).toBe(false);
  });
});

describe('another list for a campaign', () => {
  async function withCampaign() {
    const at = place();
    at.write(
      'campaigns/sale/campaign.yaml',
      '# mine\nname: sale\ntemplate: t\nrecipients:\n  file: people.csv # old\n  delimiter: ","\n  phone: phone\n',
    );
    at.write('campaigns/sale/people.csv', recipientsCsv(2));
    const campaign = at.path('campaigns/sale');
    const { digest } = unwrapped(await at.app.campaignFiles.source(campaign));
    return { ...at, campaign, digest };
  }

  test('takes the place of the old one, which stays, and is read anew', async () => {
    const at = await withCampaign();
    const asked = { campaign: at.campaign, readAs: FOUND, phoneColumn: null };
    const first = { ...asked, expected: at.digest, upload: await uploaded(at, LIST) };
    const edited = unwrapped(await replaceList(at.where, first, at.app));
    expect(edited.read).toMatchObject({
      value: {
        campaign: {
          recipients: { file: join(at.campaign, 'recipients.csv'), delimiter: null, phoneColumn: 'celular' },
        },
      },
    });
    expect(at.read('campaigns/sale/campaign.yaml')).toContain('# mine\nname: sale');
    const second = { ...asked, expected: edited.digest, upload: await uploaded(at, LIST) };
    unwrapped(await replaceList(at.where, second, at.app));
    expect(readdirSync(at.campaign).toSorted()).toEqual([
      'campaign.yaml',
      'people.csv',
      'recipients-2.csv',
      'recipients.csv',
    ]);
  });

  test('is not taken where the campaign file changed meanwhile; the upload stays', async () => {
    const at = await withCampaign();
    const upload = await uploaded(at, LIST);
    const asked = { campaign: at.campaign, readAs: FOUND, phoneColumn: null, upload };
    const result = await replaceList(at.where, { ...asked, expected: 'another' }, at.app);
    expect(problemsOf(result)).toMatchObject([{ code: 'campaign.edited-meanwhile' }]);
    expect(readdirSync(at.campaign).toSorted()).toEqual(['campaign.yaml', 'people.csv']);
    expect(readdirSync(uploadsIn(at.where))).toEqual([upload]);
  });

  test('can be read in another way', async () => {
    const at = await withCampaign();
    const chosen = {
      sheet: null,
      encoding: 'windows-1252',
      delimiter: null,
      phone: 'phone',
      country: 'PE',
    } as const;
    const edited = unwrapped(await chooseReading(at.campaign, at.digest, chosen, at.app));
    expect(edited.written).toMatchObject({
      recipients: { file: 'people.csv', encoding: 'windows-1252', phone: 'phone', country: 'PE' },
    });
  });
});
