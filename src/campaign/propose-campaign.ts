import { variableOfColumn } from '../core/column-key.js';
import { writtenColumn } from '../core/columns-by-name.js';
import {
  type AskedProposal,
  EXAMPLE_TEMPLATE,
  type InitAnswers,
  type OwnRecipients,
  type ProposedCampaign,
} from '../core/new-campaign.js';
import type { Translate } from '../core/problem.js';
import { proposedColumns, usableColumns } from '../core/proposed-variables.js';
import { proposedName } from './identifiers.js';

const EXAMPLE_COLUMNS = ['nombre', 'celular', 'producto'] as const;
const EXAMPLE: OwnRecipients = {
  file: 'recipients.csv',
  columns: EXAMPLE_COLUMNS,
  phoneColumn: 'celular',
  sampleRows: [],
};

/**
 * A campaign to begin with: a commented campaign file that passes `check`, recipients (a sample with invented numbers,
 * unless the person has a file), and an example of the environment. Comments are in the language of `say`.
 */
export function proposeCampaign(asked: AskedProposal): ProposedCampaign {
  const { folderName, csv, answers, translate } = asked;
  const { country = 'PE' } = answers;
  return {
    campaignYaml: campaignYaml(proposedName(folderName), csv, { ...answers, country }, translate),
    recipientsCsv: csv === null ? exampleRecipients(country ?? 'PE') : null,
    envExample: envExample(translate),
  };
}

function campaignYaml(
  name: string,
  csv: OwnRecipients | null,
  answers: InitAnswers & { readonly country: string | null },
  translate: Translate,
): string {
  const own = csv ?? EXAMPLE;
  const phone = own.phoneColumn;
  const type = answers.type ?? 'campaign';
  const lines = [
    `# ${translate('init.comment-head')}`,
    '',
    line('name', name, translate('init.comment-name')),
    line('template', scalar(answers.template ?? EXAMPLE_TEMPLATE), translate('init.comment-template')),
    line('type', type, translate('init.comment-type')),
    ...(type === 'individual'
      ? []
      : [line('campaignName', scalar(name), translate('init.comment-campaign-name'))]),
    '',
    'recipients:',
    line('  file', scalar(own.file), translate('init.comment-file')),
    line(phone === null ? '  # phone' : '  phone', scalar(phone ?? '?'), translate('init.comment-phone')),
    ...readAsLines(own),
    ...(answers.country === null
      ? []
      : [line('  country', answers.country, translate('init.comment-country'))]),
    '',
    ...variableLines(own, answers, translate),
    '',
    line('rate', '10/s', translate('init.comment-rate')),
    line('onRejected', 'skip', translate('init.comment-rejected')),
    '',
    `# ${translate('init.comment-more')}`,
    '# schedule: { window: 09:00-20:00, days: mon-sat, timezone: recipient }',
    '# limits: { perDay: 1000, perRecipient: 1 per 7d }',
    '# canary: { first: 20, wait: 10m, maxFailures: 5% }',
    '# suppress: [do-not-contact.csv]',
    '# cost: rates.csv',
  ];
  return `${lines.join('\n')}\n`;
}

/** Only what somebody chose: the rest is found anew. */
function readAsLines({ readAs }: OwnRecipients): readonly string[] {
  const { sheet = null, encoding = null, delimiter = null } = readAs ?? {};
  return [
    ...(sheet === null ? [] : [`  sheet: ${scalar(sheet)}`]),
    ...(encoding === null ? [] : [`  encoding: ${encoding}`]),
    ...(delimiter === null ? [] : [`  delimiter: ${quoted(delimiter)}`]),
  ];
}

function variableLines(
  own: OwnRecipients,
  { bodyColumns, bodyNames, headerColumns = [], headerNames }: InitAnswers,
  translate: Translate,
): readonly string[] {
  const { columns, phoneColumn } = own;
  if (columns.some((column) => variableOfColumn(column) !== null))
    return [`# ${translate('init.comment-columns')}`];
  const body = bodyColumns ?? proposedColumns(own, phoneColumn);
  if (body.length + headerColumns.length === 0) return ['variables: {}'];
  const others = usableColumns(own, phoneColumn)
    .filter((column) => !body.includes(column) && !headerColumns.includes(column))
    .map((column) => writtenColumn(column, columns));
  return [
    `variables: # ${translate('init.comment-variables')}`,
    ...placeLines('header', headerColumns, headerNames, columns),
    ...placeLines('body', body, bodyNames, columns),
    ...(others.length === 0 ? [] : [`    # ${translate('init.comment-other-columns')} ${others.join(' ')}`]),
  ];
}

function placeLines(
  place: 'header' | 'body',
  used: readonly (string | null)[],
  names: readonly string[] | undefined,
  columns: readonly string[],
): readonly string[] {
  if (used.length === 0) return [];
  // One without a column is empty: its rows are rejected until somebody fills it in.
  const lines = used.map((column, index) => {
    const name = JSON.stringify(names?.[index] ?? String(index + 1));
    return `    ${name}: ${quoted(column === null ? '' : writtenColumn(column, columns))}`;
  });
  return [`  ${place}:`, ...lines];
}

function line(key: string, value: string, comment: string): string {
  return `${`${key}: ${value}`.padEnd(36)} # ${comment}`;
}

function scalar(text: string): string {
  return /^[\p{L}\d][\p{L}\d_./ -]*$/u.test(text) && text.trim() === text ? text : quoted(text);
}

/** Single quotes take everything but themselves; control characters need double ones. */
function quoted(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: names of columns may hold a tab or a line break.
  return /[\u0000-\u001f]/.test(text) ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`;
}

/** Numbers that nobody has, by country, without the country code. */
const INVENTED: Readonly<Record<string, string>> = {
  PE: '900 000 00',
  MX: '55 0000 000',
  CO: '300 000 000',
  EC: '099 000 000',
  CL: '9 1000 000',
  AR: '11 15 0000-000',
  ES: '600 000 00',
};

function exampleRecipients(country: string): string {
  const number = INVENTED[country] ?? '+51 900 000 00';
  const people = ['María Flores', 'José Núñez', 'Lucía Paredes', 'Andrés Rojas', 'Carmen Ibáñez'];
  const products = ['Cafetera', 'Licuadora', 'Olla', 'Hervidor', 'Tostadora'];
  const rows = people.map((name, index) => `${name},${number}${index + 1},${products[index] ?? ''}`);
  return `\uFEFF${[EXAMPLE_COLUMNS.join(','), ...rows].join('\r\n')}\r\n`;
}

function envExample(translate: Translate): string {
  return [
    `# ${translate('init.env-head')}`,
    '',
    'PLAZBOT_WORKSPACE_ID=',
    `# ${translate('init.env-key')}`,
    'PLAZBOT_API_KEY=',
    `# ${translate('init.env-lists')}`,
    '# PLATICA_API_KEY=',
    '# CHATBOTX_TOKEN=',
    '',
  ].join('\n');
}
