import type { FoundRecipients } from '../../app/init/new-campaign.js';
import type { CampaignType } from '../../core/campaign.js';
import { columnKey } from '../../core/column-key.js';
import { harmless } from '../../core/harmless.js';
import type { InitAnswers } from '../../core/new-campaign.js';
import { proposedColumns, sampleValues, usableColumns } from '../../core/proposed-variables.js';
import type { ListedTemplate, TemplateText } from '../../core/template.js';
import { placeholdersIn } from '../../core/template-text.js';
import type { PlainCode } from '../../locales/index.js';
import type { Cli } from '../command.js';
import { cut } from '../progress/text.js';
import { askTemplate, selectTheme } from './ask-template.js';

const SHOWN_VALUES = 3;
/** Columns of a screen: with mark and margin a choice fits into 80. */
const WIDEST_COLUMN = 30;
const WIDEST_CHOICE = 72;

/** What a person answered, and which column of the own CSV holds the phones. */
export interface Asked {
  readonly answers: InitAnswers;
  readonly own: FoundRecipients | null;
}

/** Asks the few questions that matter; every one has an answer to press Enter on. */
export async function askInit(
  own: FoundRecipients | null,
  offered: readonly ListedTemplate[],
  cli: Cli,
): Promise<Asked> {
  const { translate, terminal } = cli;
  const { input, select } = await import('@inquirer/prompts');
  const { template, text } = await askTemplate(offered, cli);
  const type = await select<CampaignType>(
    {
      message: translate('init.ask-type'),
      choices: [
        { value: 'campaign', name: translate('init.type-campaign') },
        { value: 'individual', name: translate('init.type-individual') },
        { value: 'api', name: translate('init.type-api') },
      ],
      theme: selectTheme(translate),
    },
    terminal.asks(),
  );
  const country = await input(
    {
      message: translate('init.ask-country'),
      default: 'PE',
      validate: (text) => /^[A-Za-z]{2}$/u.test(text.trim()) || translate('init.country-wrong'),
    },
    terminal.asks(),
  );
  const answers = { template, type, country: country.trim().toUpperCase() };
  if (own === null) return { answers, own };
  const phoneColumn = own.phoneColumn ?? (await askPhoneColumn(own, cli));
  return {
    answers: { ...answers, ...(await askVariables(own, phoneColumn, text, cli)) },
    own: { ...own, phoneColumn },
  };
}

/** Only asked where neither names nor contents tell. */
async function askPhoneColumn(
  { columns, phoneColumns }: FoundRecipients,
  { translate, terminal }: Cli,
): Promise<string> {
  const { select } = await import('@inquirer/prompts');
  const choices = (phoneColumns.length > 0 ? phoneColumns : columns).map(choiceOf);
  return await select<string>(
    { message: translate('init.ask-phone'), choices, theme: selectTheme(translate) },
    terminal.asks(),
  );
}

/** Variable by variable, so that their order is the answers'; Enter takes what the file proposes. */
async function askVariables(
  own: FoundRecipients,
  phoneColumn: string,
  text: TemplateText | null,
  cli: Cli,
): Promise<VariableAnswers> {
  const usable = usableColumns(own, phoneColumn);
  if (usable.length === 0 || own.hasVariables) return {};
  if (text !== null) return askNamedVariables(own, usable, proposedColumns(own, phoneColumn), text, cli);
  const proposed = proposedColumns(own, phoneColumn);
  const bodyColumns: string[] = [];
  for (let left = usable; left.length > 0; left = left.filter((column) => !bodyColumns.includes(column))) {
    const likely = proposed.find((column) => left.includes(column));
    const message = cli.translate('init.ask-body', { variable: `{{${bodyColumns.length + 1}}}` });
    const column = await askColumn(message, left, likely ?? null, 'init.no-more', own, cli);
    if (column === null) break;
    bodyColumns.push(column);
  }
  const header = await askColumn(cli.translate('init.ask-header'), usable, null, 'init.no-header', own, cli);
  return { bodyColumns, headerColumns: header === null ? [] : [header] };
}

/** The text is known: each of its placeholders is asked for, and none besides. */
async function askNamedVariables(
  own: FoundRecipients,
  usable: readonly string[],
  proposed: readonly string[],
  text: TemplateText,
  cli: Cli,
): Promise<VariableAnswers> {
  const used: string[] = [];
  const ask = async (place: 'header' | 'body', name: string): Promise<string | null> => {
    const named = usable.find((column) => columnKey(column) === columnKey(name));
    const next = proposed.find((column) => !used.includes(column));
    const message = cli.translate(`init.ask-${place}-named`, { variable: `{{${name}}}` });
    const column = await askColumn(message, usable, named ?? next ?? null, 'init.no-column', own, cli);
    if (column !== null) used.push(column);
    return column;
  };
  const headerNames = placeholdersIn(text.header);
  const bodyNames = placeholdersIn(text.body);
  const headerColumns: (string | null)[] = [];
  for (const name of headerNames) headerColumns.push(await ask('header', name));
  const bodyColumns: (string | null)[] = [];
  for (const name of bodyNames) bodyColumns.push(await ask('body', name));
  return { headerNames, headerColumns, bodyNames, bodyColumns };
}

type VariableAnswers = Pick<InitAnswers, 'bodyColumns' | 'bodyNames' | 'headerColumns' | 'headerNames'>;

/** One of these columns, or none. `likely`: what Enter takes; null: none. */
async function askColumn(
  message: string,
  columns: readonly string[],
  likely: string | null,
  none: PlainCode,
  own: FoundRecipients,
  { translate, terminal }: Cli,
): Promise<string | null> {
  const { select } = await import('@inquirer/prompts');
  const choices = columns.map((value) => ({
    value,
    name: columnWithValues(value, own, translate),
    short: harmless(value),
  }));
  const all = [...choices, { value: null, name: translate(none) }];
  return await select<string | null>(
    { message, choices: all, default: likely, theme: selectTheme(translate) },
    terminal.asks(),
  );
}

/** A column with what its first rows hold, on one line of a narrow screen. */
function columnWithValues(column: string, own: FoundRecipients, translate: Cli['translate']): string {
  const values = sampleValues(own, column, SHOWN_VALUES).join(' · ');
  if (values === '') return harmless(column);
  return cut(translate('init.column', { column: cut(column, WIDEST_COLUMN), values }), WIDEST_CHOICE);
}

/** A column to choose, with a name that a terminal may show. */
function choiceOf(value: string): { readonly value: string; readonly name: string } {
  return { value, name: harmless(value) };
}
