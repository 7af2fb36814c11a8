import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { answeringServer, answerJson } from '../support/answering.js';
import { type CliEnv, type CliPlace, cliPlace } from '../support/run-cli.js';
import { inFileName, terminalText } from './hostile-strings.js';

const HOSTILE = terminalText();
/** The same without what cannot stand in a file name or a word of a command line. */
export const HOSTILE_WORD = terminalText(inFileName);
const HOSTILE_FOLDER = terminalText(inFileName).slice(0, 60);
/** Credentials of the world; its provider repeats them in everything that it says. */
export const CANARY_WORKSPACE = 'c4n4ry-workspace-5f3a91d07be2';
export const CANARY_KEY = 'c4n4ry-key/77+Ab?91&cc04d7e';

/** A list of templates whose every word is hostile. */
const HOSTILE_TEMPLATES = ['1', '2'].map((end) => ({
  name: `${HOSTILE.slice(0, 300)}${end}`,
  language: HOSTILE,
  category: HOSTILE,
  status: HOSTILE,
  header: HOSTILE,
  body: `{{${HOSTILE}}} ${HOSTILE}`,
  footer: HOSTILE,
  buttons: [HOSTILE],
}));

/** A place in which every text that comes from outside tries to be more than text. */
export interface HostileWorld extends CliPlace {
  /** The campaign's folder. */
  readonly campaign: string;
  /** Of its commands, for one that is started by other means. */
  readonly environment: Readonly<Record<string, string>>;
  /** Runs a command and gives what it wrote. */
  readonly said: (args: readonly string[], env?: CliEnv) => Promise<string>;
}

/** Its campaign folder, file, rows, provider and lists; the ledger becomes hostile by `poisonLedger`. */
export async function hostileWorld(): Promise<HostileWorld> {
  const url = await answeringServer((request, response, number) => {
    if (request.method === 'GET' && request.url?.startsWith('/api/workspace/') === true)
      return answerJson(response, { data: { name: HOSTILE } });
    if (request.method === 'GET') return answerJson(response, { success: false, message: HOSTILE });
    const answers = [
      [{ success: false, code: HOSTILE, message: HOSTILE }, 400],
      [HOSTILE, 500],
      [{ success: true, data: { contactId: HOSTILE } }, 200],
    ] as const;
    const [body, status] = answers[number % answers.length] ?? answers[0];
    answerJson(response, body, status);
  }, HOSTILE_TEMPLATES);
  const environment = {
    PLAZBOT_BASE_URL: url,
    PLATICA_BASE_URL: url,
    CHATBOTX_BASE_URL: url,
    PLAZBOT_WORKSPACE_ID: CANARY_WORKSPACE,
    PLAZBOT_API_KEY: CANARY_KEY,
    PLATICA_API_KEY: CANARY_KEY,
    CHATBOTX_TOKEN: CANARY_KEY,
  };
  const place = cliPlace(environment);
  const folder = `sale ${HOSTILE_FOLDER}`;
  place.write(`${folder}/campaign.yaml`, campaignFile());
  place.write(`${folder}/rows ${HOSTILE_FOLDER}.csv`, recipientsFile());
  place.write(`${folder}/stop.csv`, doNotContactFile());
  place.write(`${folder}/rates.csv`, 'country,category,price,currency\nPE,marketing,0.05,USD\n');
  return {
    ...place,
    campaign: folder,
    environment: {
      ...environment,
      PATH: process.env['PATH'] ?? '',
      HOME: place.folder,
      PLAZCAST_STATE_DIR: place.stateDir,
      LANG: 'C.UTF-8',
    },
    said: async (args, env) => (await place.run(args, env)).said,
  };
}

function campaignFile(): string {
  const text = JSON.stringify(HOSTILE);
  return [
    'name: sale',
    `template: ${text}`,
    `campaignName: ${text}`,
    `recipients: { file: ${JSON.stringify(`rows ${HOSTILE_FOLDER}.csv`)}, phone: celular }`,
    'variables:',
    '  body:',
    `    ${text}: "{{ nombre }}"`,
    'suppress: [stop.csv]',
    'rate: 1000/s',
    'uncertain: { settle: 1s, resend: never }',
    '',
  ].join('\n');
}

/** Direction marks pass the check of an encoding; everything else is a rejected row. */
function recipientsFile(): string {
  const rows = [
    '+51987654320,Ana',
    `+51987654321,Ana \u202eevil\u202c \u200b\u2066x`,
    `+51987654322,Eva \u200e`,
    `+51987654323,Luz \u2028 \u061c`,
    `${quoted(HOSTILE)},Ana`,
    `+51987654324,${quoted(HOSTILE)}`,
    `+51987654325,`,
  ];
  return `celular,nombre,${PADDING},${quoted(HOSTILE)}\n${rows.map((row) => `${row},,x\n`).join('')}`;
}

/** What begins with many controls is no text. */
const PADDING = 'x'.repeat(5_000);

function doNotContactFile(): string {
  return `phone,reason,${PADDING}\n+51911111111,${quoted(HOSTILE)},\n${quoted(HOSTILE)},x,\n`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** A few of the tricks, early enough for a message that shows the beginning of a value. */
const SHORT = '\u009b2J\u202e\b\u200b\u2028\u001b[7mx';

/** Campaign files that cannot be used, each for a reason that quotes them. */
export const BROKEN_FILES: readonly (readonly [name: string, yaml: string])[] = [
  ['an unknown key', `name: sale\n${JSON.stringify(SHORT)}: 1\n`],
  ['a key twice', `name: sale\n${JSON.stringify(SHORT)}: 1\n${JSON.stringify(SHORT)}: 2\n`],
  ['a name that is none', `name: ${JSON.stringify(SHORT)}\n`],
  ['a rate that is none', `name: sale\nrate: ${JSON.stringify(SHORT)}\n`],
  [
    'a filter that is none',
    `name: sale\nvariables: { body: { "1": ${JSON.stringify(`{{ a | ${SHORT} }}`)} } }\n`,
  ],
  [
    'a column that is missing',
    `name: sale\ntemplate: t\nrecipients: r.csv\nvariables: { body: { "1": ${JSON.stringify(`{{ row["${SHORT.replaceAll('"', '')}"] }}`)} } }\n`,
  ],
  ['a tag that is none', `name: sale\nvariables: { body: { "1": ${JSON.stringify(`{% ${SHORT} %}`)} } }\n`],
  ['raw characters', `name: sale\n${SHORT}\n`],
  [
    'a recipients file that is not there',
    `name: sale\ntemplate: t\nrecipients: ${JSON.stringify(HOSTILE_WORD)}\n`,
  ],
];

/** Puts a hostile text wherever the ledger of a place has room for one, as somebody else's ledger may. */
export function poisonLedger({ ledger }: CliPlace): void {
  const db = new Database(ledger);
  const set = (table: string, column: string, value: string, where = 'TRUE'): void => {
    db.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${where}`).run(value);
  };
  for (const column of ['name', 'template', 'campaign_name', 'workspace', 'file']) {
    set('campaigns', column, `${HOSTILE.replaceAll('\0', '')}${column}`);
  }
  const problem = JSON.stringify({ code: HOSTILE, params: { detail: HOSTILE, until: 1e300 }, untilAt: null });
  set('campaigns', 'halt', problem);
  set('campaigns', 'waiting', problem);
  for (const column of ['reason', 'error_code', 'error_message', 'contact_id'])
    set('deliveries', column, HOSTILE);
  for (const column of ['reason', 'source']) set('suppressions', column, HOSTILE, 'campaign_id = 0');
  for (const column of ['phone', 'column_name', 'value']) set('rejections', column, HOSTILE);
  db.close();
}

/** Names of all files below a folder. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
