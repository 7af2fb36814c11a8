import { harmless } from '../../core/harmless.js';
import { EXAMPLE_TEMPLATE } from '../../core/new-campaign.js';
import type { ListedTemplate, TemplateText } from '../../core/template.js';
import type { Cli } from '../command.js';
import { messageLayout } from '../plan/preview-lines.js';
import { cut } from '../progress/text.js';

/** Columns of a screen: with mark and margin a choice fits into 80. */
const WIDEST_CHOICE = 72;

/** The template of a new campaign; its text where the provider told it. */
export interface AskedTemplate {
  readonly template: string;
  readonly text: TemplateText | null;
}

/** One of the provider's templates, whose text is shown then; or a name, which is typed where the list could not be read. */
export async function askTemplate(offered: readonly ListedTemplate[], cli: Cli): Promise<AskedTemplate> {
  const { translate, terminal } = cli;
  const chosen = offered.length === 0 ? null : await chooseTemplate(offered, cli);
  if (chosen !== null) {
    const { name, text } = chosen;
    if (text !== null) for (const line of messageLayout(text, null, cli)) terminal.aside(line);
    return { template: name, text };
  }
  const { input } = await import('@inquirer/prompts');
  const message = translate('init.ask-template');
  const template = await input({ message, default: EXAMPLE_TEMPLATE }, terminal.asks());
  return { template: template.trim(), text: null };
}

async function chooseTemplate(
  offered: readonly ListedTemplate[],
  { translate, terminal }: Cli,
): Promise<ListedTemplate | null> {
  const { select } = await import('@inquirer/prompts');
  const choices = offered.map((template) => ({ value: template, name: inShort(template) }));
  return await select<ListedTemplate | null>(
    {
      message: translate('init.choose-template'),
      choices: [...choices, { value: null, name: translate('init.other-template') }],
      theme: selectTheme(translate),
    },
    terminal.asks(),
  );
}

function inShort({ name, language, category }: ListedTemplate): string {
  return cut(harmless([name, language, category].filter((word) => word !== null).join('  ')), WIDEST_CHOICE);
}

/** The library's own words are English. */
export function selectTheme(translate: Cli['translate']): {
  readonly style: { readonly keysHelpTip: () => string };
} {
  return { style: { keysHelpTip: () => translate('ask.keys') } };
}
