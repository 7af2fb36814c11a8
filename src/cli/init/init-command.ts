import { join, resolve } from 'node:path';
import {
  createCampaign,
  type FoundRecipients,
  readOwnRecipients,
  requireNewFolder,
} from '../../app/init/new-campaign.js';
import { offeredTemplates } from '../../app/init/offered-templates.js';
import { typedPath } from '../../app/typed-command.js';
import { harmless } from '../../core/harmless.js';
import type { InitAnswers } from '../../core/new-campaign.js';
import { proposedColumns } from '../../core/proposed-variables.js';
import type { Args, Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { orFail, shownPath } from '../problems.js';
import { askInit } from './ask-init.js';

/** `init`: a campaign that passes `check`, from a few answers or from a CSV. Never overwrites a file. */
export async function initCommand(args: Args, cli: Cli): Promise<number> {
  const { terminal, translate, cwd } = cli;
  const folder = resolve(cwd, args.required('folder'));
  orFail(await requireNewFolder(folder, cli));
  const from = args.text('from');
  const found = from === null ? null : orFail(await readOwnRecipients(resolve(cwd, from), folder, cli));
  const { own, answers } = terminal.canAsk
    ? await askInit(found, await offeredTemplates(cli), cli)
    : { own: found, answers: {} as InitAnswers };
  const files = orFail(await createCampaign(folder, own, answers, translate, cli));
  for (const name of files)
    terminal.line(translate('init.written', { path: shownPath(join(folder, name), cwd) }));
  if (own !== null) {
    sayPhoneColumn(own, shownPath(join(folder, 'campaign.yaml'), cwd), cli);
    if (!own.hasVariables) sayVariables(answers, proposedColumns(own, own.phoneColumn), cli);
  }
  const command = `${cli.invocation} check ${typedPath(folder, cwd)}`;
  terminal.line(translate('init.next', { file: shownPath(join(folder, 'campaign.yaml'), cwd), command }));
  if (terminal.json) terminal.document({ folder, files, exitCode: EXIT.done });
  return EXIT.done;
}

/** Which columns fill the text, in their order: a person compares them with the template. */
function sayVariables(
  { bodyColumns, bodyNames }: InitAnswers,
  proposed: readonly string[],
  { terminal, translate }: Cli,
): void {
  const columns = bodyColumns ?? proposed;
  const named = columns.map((column, index) => {
    const name = harmless(bodyNames?.[index] ?? String(index + 1));
    return `{{${name}}} = ${column === null ? '?' : `"${column}"`}`;
  });
  terminal.line(
    columns.length === 0
      ? translate('init.no-variables')
      : translate('init.variables', { columns: named.join(', ') }),
  );
}

/** Which column is taken decides who gets the campaign. */
function sayPhoneColumn(
  { phoneColumn, phoneColumns }: FoundRecipients,
  file: string,
  { terminal, translate }: Cli,
): void {
  if (phoneColumn !== null) {
    terminal.line(translate('init.phone-column', { column: phoneColumn }));
    return;
  }
  const note = terminal.colours.yellow(translate('cli.note'));
  const columns = phoneColumns.map((column) => `"${column}"`).join(', ');
  terminal.aside(
    `${note} ${translate('init.no-phone-column', { count: phoneColumns.length, columns, file })}`,
  );
}
