/** One limit on what is taken in from outside. */
export interface Bound {
  readonly value: number;
  readonly unit: 'bytes' | 'characters' | 'items' | 'levels' | 'ms' | 'times';
  /** Why it is as large as that. */
  readonly reason: string;
}

/** Every limit on what is taken in from outside, by name. */
export const BOUNDS = {
  /** A campaign file. Recipients do not stand in it. */
  campaignFile: {
    value: 1_000_000,
    unit: 'bytes',
    reason: 'a campaign of a hundred variables has some 10 kB',
  },
  /** A rate card, `cost` in the campaign file. */
  rateCard: { value: 256_000, unit: 'bytes', reason: '250 countries in four categories have some 30 kB' },
  /** One of the do-not-contact files under `suppress` in the campaign file: its people are held in memory. */
  suppressFile: {
    value: 25_000_000,
    unit: 'bytes',
    reason: 'two million bare numbers, some 500 MB in memory',
  },
  /** `.env` in the working folder. */
  environmentFile: {
    value: 256_000,
    unit: 'bytes',
    reason: 'a few variables; room for certificates of others',
  },
  /** The certificate, or the key, of `serve --listen`. */
  tlsFile: { value: 256_000, unit: 'bytes', reason: 'a chain of certificates has some 10 kB' },
  /** The note beside a lock that says who holds it. */
  lockNote: { value: 4_096, unit: 'bytes', reason: 'pid, host, campaign and time' },
  /** The body of an answer to a send. A larger one is no answer of the provider's: the delivery becomes uncertain. */
  sendAnswer: {
    value: 1_048_576,
    unit: 'bytes',
    reason: 'an answer has some 200 bytes, an error page 100 kB',
  },
  /** Names and values of the headers of an answer. */
  answerHeaders: { value: 16_384, unit: 'bytes', reason: 'what servers send at most; some 4,000 headers' },
  /** The id that a provider gives to a contact. A longer one is no id: it is not kept, the answer counts. */
  contactId: { value: 256, unit: 'characters', reason: 'a UUID has 36; it is stored once for every message' },
  /** An error code of a provider, as it is kept. */
  errorCode: { value: 60, unit: 'characters', reason: 'codes are numbers or a word or two' },
  /** A message of a provider, as it is kept: the rest is cut off. */
  errorMessage: { value: 300, unit: 'characters', reason: 'three lines of a report' },
  /** A value from outside within a sentence: the rest is cut off. */
  shownValue: { value: 60, unit: 'characters', reason: 'most of a line of a terminal' },
  /** Arrays and objects within each other in JSON from outside. */
  jsonDepth: {
    value: 64,
    unit: 'levels',
    reason: 'documented answers have 6; what walks through them is recursive',
  },
  /** A page of a conversation list. */
  listPage: {
    value: 8_388_608,
    unit: 'bytes',
    reason: '20 records have some 50 kB; some 100 MB in memory when read',
  },
  /** Records of a page. */
  listPageRecords: { value: 5_000, unit: 'items', reason: 'pages have 20; an operator may ask for more' },
  /** Pages of one reading of a list. */
  listPages: { value: 100_000, unit: 'items', reason: 'five and a half hours at five pages a second' },
  /** Records of one reading of a list: their ids are kept, so that none is taken twice. */
  listRecords: { value: 2_000_000, unit: 'items', reason: '100,000 pages of 20; some 200 MB of ids' },
  /** The id of a record. */
  listId: { value: 256, unit: 'characters', reason: 'a UUID has 36' },
  /** What a provider gives to go on with: it travels in an address. */
  listToken: { value: 8_192, unit: 'characters', reason: 'what servers take as an address' },
  /** A template or campaign name of a listed record; one that is longer is taken for one that is not told. */
  listedName: { value: 512, unit: 'characters', reason: 'what WhatsApp allows for a template' },
  /** Names, or numbers, of one listed record; with more than that none of them is believed. */
  listedNames: { value: 16, unit: 'items', reason: 'a record has two number fields and a request with one' },
  /** `template` and `campaignName` of a campaign file: they go out with every message. */
  campaignText: { value: 512, unit: 'characters', reason: 'what WhatsApp allows for a template' },
  /** A part of a template's approved text: what is longer is no template. */
  approvedText: { value: 4_096, unit: 'characters', reason: 'WhatsApp takes 1,024' },
  /** Buttons of a template. */
  templateButtons: { value: 20, unit: 'items', reason: 'WhatsApp takes 10' },
  /** Records of a list of templates; the rest is left out. */
  templates: { value: 10_000, unit: 'items', reason: 'WhatsApp takes 6,000 for each account' },
  /** Time for reading the templates: nothing waits longer for them. */
  templatesRead: {
    value: 4_000,
    unit: 'ms',
    reason: 'an answer takes a second; a send goes on without them',
  },
  /** Words, signs and line ends of a campaign file, as YAML counts them. */
  campaignTokens: {
    value: 20_000,
    unit: 'items',
    reason: 'a campaign of a hundred variables has some 2,000',
  },
  /** Sections of a campaign file within each other. */
  campaignDepth: {
    value: 32,
    unit: 'levels',
    reason: 'a campaign has 4; what walks through them is recursive',
  },
  /** Problems that are told; the rest is counted. */
  problemsTold: {
    value: 50,
    unit: 'items',
    reason: 'two screens: more is not read, and each costs a look at all keys',
  },
  /** Text of one Liquid template. */
  templateText: { value: 10_000, unit: 'characters', reason: 'what it makes has at most 1,024' },
  /** Time for all templates of a row; a row that takes longer, twice, is rejected. */
  templateRow: { value: 250, unit: 'ms', reason: 'a row takes 0.05 ms; a busy machine needs some patience' },
  /** Time that the templates of a file may take beyond what its rows have earned; then the file is given up. */
  templateFile: { value: 2_000, unit: 'ms', reason: 'a handful of rows that take too long' },
  /** What each row earns: a file of any length may take so much for a row. */
  templateRowEarns: { value: 5, unit: 'ms', reason: 'a hundred times what a row takes' },
  /** What Liquid may put together for one value, in its own count. */
  templateMemory: { value: 1_000_000, unit: 'items', reason: 'a value has at most 1,024 characters' },
  /** Lines of a rate card. */
  rateCardLines: {
    value: 5_000,
    unit: 'items',
    reason: '250 countries in four categories and several currencies',
  },
  /** People of all do-not-contact files of a campaign: they are held in memory. */
  suppressedPeople: { value: 1_000_000, unit: 'items', reason: 'some 150 MB' },
  /** One cell of a table: what is longer is cut, and judged as too long. */
  tableCell: { value: 65_536, unit: 'characters', reason: 'twice what a cell of a spreadsheet holds' },
  /** All cells of a row. */
  tableRow: { value: 2_097_152, unit: 'characters', reason: 'thirty full cells' },
  /** Cells of a row. */
  tableCells: { value: 16_384, unit: 'items', reason: 'what a spreadsheet holds' },
  /** Rows that a person mended in the list of rejected rows: they are held in memory. */
  mendedRows: { value: 100_000, unit: 'items', reason: 'some 100 MB; more is mended in the file itself' },
  /** Parts of a workbook (.xlsx): sheets, pictures, links. */
  workbookParts: { value: 10_000, unit: 'items', reason: 'a workbook of a hundred sheets has some 500' },
  /** Sheets of a workbook. */
  workbookSheets: { value: 1_000, unit: 'items', reason: 'more than anybody finds their way in' },
  /** A part of a workbook that is neither sheet nor shared strings, unpacked. */
  workbookPart: { value: 16_000_000, unit: 'bytes', reason: 'styles that were pasted for years have 10 MB' },
  /** A sheet, or the shared strings, unpacked. */
  workbookSheet: {
    value: 2_000_000_000,
    unit: 'bytes',
    reason: 'a million rows of six columns have 300 MB, of thirty 1.5 GB',
  },
  /** How many times its packed size a large part may have. */
  workbookRatio: { value: 250, unit: 'times', reason: 'sheets have up to 50, a bomb has 1,000' },
  /** Strings that the cells of a workbook share. */
  workbookStrings: { value: 10_000_000, unit: 'items', reason: 'a million rows of ten columns' },
  /** Formats of cells and of numbers in a workbook. */
  workbookFormats: { value: 100_000, unit: 'items', reason: 'Excel has 65,490' },
  /** A number format; one that is longer is not followed. */
  workbookFormat: { value: 255, unit: 'characters', reason: 'what Excel takes' },
  /** XML elements within each other. */
  workbookDepth: { value: 64, unit: 'levels', reason: 'cells stand in level 4, the rest has up to 20' },
  /** Text of XML without an element in it: it is held in memory. */
  workbookText: { value: 1_000_000, unit: 'characters', reason: 'thirty full cells of a spreadsheet' },
  /** The value of `recipients.key`. */
  recipientKey: { value: 1_024, unit: 'characters', reason: 'an order number has 20' },
} as const satisfies Readonly<Record<string, Bound>>;
