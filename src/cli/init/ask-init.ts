import type { InitAnswers, OwnRecipients } from '../../campaign/propose-campaign.js';
import type { CampaignType } from '../../core/campaign.js';
import type { Cli } from '../command.js';

/** Asks the few questions that matter; every one has an answer to press Enter on. */
export async function askInit(own: OwnRecipients | null, { say }: Cli): Promise<InitAnswers> {
  const { checkbox, input, select } = await import('@inquirer/prompts');
  const context = { output: process.stderr };
  const template = await input({ message: say('init.ask-template'), default: 'my_template' }, context);
  const type = await select<CampaignType>(
    {
      message: say('init.ask-type'),
      choices: [
        { value: 'campaign', name: say('init.type-campaign') },
        { value: 'individual', name: say('init.type-individual') },
        { value: 'api', name: say('init.type-api') },
      ],
    },
    context,
  );
  const country = await input(
    {
      message: say('init.ask-country'),
      default: 'PE',
      validate: (text) => /^[A-Za-z]{2}$/u.test(text.trim()) || say('init.country-wrong'),
    },
    context,
  );
  const answers = { template: template.trim(), type, country: country.trim().toUpperCase() };
  if (own === null) return answers;
  const choices = own.columns.filter((column) => column !== own.phoneColumn).map((value) => ({ value }));
  const bodyColumns = await checkbox<string>({ message: say('init.ask-body'), choices }, context);
  return { ...answers, bodyColumns };
}
