import type { FoundRecipients } from '../../app/init/new-campaign.js';
import type { CampaignType } from '../../core/campaign.js';
import { harmless } from '../../core/harmless.js';
import type { InitAnswers } from '../../core/new-campaign.js';
import type { Cli } from '../command.js';

/** What a person answered, and which column of the own CSV holds the phones. */
export interface Asked {
  readonly answers: InitAnswers;
  readonly own: FoundRecipients | null;
}

/** Asks the few questions that matter; every one has an answer to press Enter on. */
export async function askInit(own: FoundRecipients | null, cli: Cli): Promise<Asked> {
  const { translate, terminal } = cli;
  const { input, select } = await import('@inquirer/prompts');
  const context = terminal.asks;
  const template = await input({ message: translate('init.ask-template'), default: 'my_template' }, context);
  const type = await select<CampaignType>(
    {
      message: translate('init.ask-type'),
      choices: [
        { value: 'campaign', name: translate('init.type-campaign') },
        { value: 'individual', name: translate('init.type-individual') },
        { value: 'api', name: translate('init.type-api') },
      ],
    },
    context,
  );
  const country = await input(
    {
      message: translate('init.ask-country'),
      default: 'PE',
      validate: (text) => /^[A-Za-z]{2}$/u.test(text.trim()) || translate('init.country-wrong'),
    },
    context,
  );
  const answers = { template: template.trim(), type, country: country.trim().toUpperCase() };
  if (own === null) return { answers, own };
  const phoneColumn = own.phoneColumn ?? (await askPhoneColumn(own, cli));
  return { answers: { ...answers, ...(await askBody(own, phoneColumn, cli)) }, own: { ...own, phoneColumn } };
}

/** Only asked where neither names nor contents tell. */
async function askPhoneColumn(
  { columns, phoneColumns }: FoundRecipients,
  { translate, terminal }: Cli,
): Promise<string> {
  const { select } = await import('@inquirer/prompts');
  const choices = (phoneColumns.length > 0 ? phoneColumns : columns).map(choiceOf);
  return await select<string>({ message: translate('init.ask-phone'), choices }, terminal.asks);
}

async function askBody(
  { columns, hasVariables }: FoundRecipients,
  phoneColumn: string,
  { translate, terminal }: Cli,
): Promise<Pick<InitAnswers, 'bodyColumns'>> {
  const choices = columns.filter((column) => column !== phoneColumn).map(choiceOf);
  if (choices.length === 0 || hasVariables) return {};
  const { checkbox } = await import('@inquirer/prompts');
  const message = translate('init.ask-body');
  return { bodyColumns: await checkbox<string>({ message, choices }, terminal.asks) };
}

/** A column to choose, under a name that a terminal may show. */
function choiceOf(value: string): { readonly value: string; readonly name: string } {
  return { value, name: harmless(value) };
}
