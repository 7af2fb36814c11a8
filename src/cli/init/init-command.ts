import { join, resolve } from 'node:path';
import {
  createCampaign,
  type FoundRecipients,
  readOwnRecipients,
  requireNewFolder,
} from '../../app/init/new-campaign.js';
import { offeredTemplates } from '../../app/init/offered-templates.js';
import { shownPath } from '../../app/shown-path.js';
import { typedPath } from '../../app/typed-command.js';
import { harmless } from '../../core/harmless.js';
import { EXAMPLE_TEMPLATE, type InitAnswers } from '../../core/new-campaign.js';
import { proposedColumns } from '../../core/proposed-variables.js';
import type { Args, Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { orFail } from '../problems.js';
import { askInit } from './ask-init.js';

/** `init`: a campaign that passes `check`, from a few answers or from a CSV. Never overwrites a file. */
export async function initCommand(args: Args, cli: Cli): Promise<number> {
  const { terminal, translate, cwd } = cli;
  const folder = resolve(cwd, args.required('folder'));
  const from = args.text('from');
  orFail(await requireNewFolder(folder, from !== null, cli));
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
  const file = shownPath(join(folder, 'campaign.yaml'), cwd);
  const template = (answers.template ?? EXAMPLE_TEMPLATE) === EXAMPLE_TEMPLATE ? 'none' : 'named';
  terminal.line(translate('init.next', { template, file, command }));
  if (terminal.json) terminal.document({ folder, files, exitCode: EXIT.done });
  return EXIT.done;
}

/** Which columns fill the text, in their order: a person compares them with the template. */
function sayVariables(
  { bodyColumns, bodyNames, headerColumns = [], headerNames }: InitAnswers,
  proposed: readonly string[],
  { terminal, translate }: Cli,
): void {
  const body = filledBy(bodyColumns ?? proposed, bodyNames);
  const header = filledBy(headerColumns, headerNames);
  if (header !== '') terminal.line(translate('init.header-variables', { columns: header }));
  if (body !== '') terminal.line(translate('init.variables', { columns: body }));
  if (header + body === '') terminal.line(translate('init.no-variables'));
}

function filledBy(columns: readonly (string | null)[], names: readonly string[] | undefined): string {
  const filled = columns.map((column, index) => {
    const name = harmless(names?.[index] ?? String(index + 1));
    return `{{${name}}} = ${column === null ? '?' : `"${column}"`}`;
  });
  return filled.join(', ');
}

/** Which column is taken decides who gets the campaign. */
function sayPhoneColumn(
  { phoneColumn, phoneColumns, readAs, sheet, otherSheets = [] }: FoundRecipients,
  file: string,
  { terminal, translate }: Cli,
): void {
  const found = readAs?.sheet ?? null;
  if (found !== null) terminal.line(translate('init.sheet', { sheet: found }));
  if (phoneColumn !== null) {
    terminal.line(translate('init.phone-column', { column: phoneColumn }));
    return;
  }
  const note = terminal.colours.yellow(translate('cli.note'));
  const columns = phoneColumns.map((column) => `"${column}"`).join(', ');
  terminal.aside(
    `${note} ${translate('init.no-phone-column', { count: phoneColumns.length, columns, file })}`,
  );
  if (sheet === undefined || otherSheets.length === 0) return;
  const others = otherSheets.map((name) => `"${name}"`).join(', ');
  terminal.aside(translate('init.other-sheets', { sheet, others, file }));
}
