import { type AskedTemplates, listTemplates } from '../../app/templates/list-templates.js';
import { failed } from '../../core/problem.js';
import { suggestion } from '../../core/suggestion.js';
import type { ListedTemplate } from '../../core/template.js';
import { placeholdersIn } from '../../core/template-text.js';
import type { Args, Cli } from '../command.js';
import { CommandFailure, EXIT } from '../exit-codes.js';
import { sayVisibleId } from '../options.js';
import { orFail } from '../problems.js';
import { templateLines } from './template-lines.js';

/** `templates`: the provider's templates with their texts and variables; kept in the ledger for `check`. */
export async function templatesCommand(args: Args, cli: Cli): Promise<number> {
  const workspaceId = args.text('workspace')?.trim() || null;
  if (workspaceId !== null) sayVisibleId(workspaceId, cli);
  const request = { sandbox: args.flag('sandbox'), workspaceId, baseUrl: args.text('base-url') };
  const { target, read, readAt } = orFail(await listTemplates(request, cli));
  if (read.kind === 'unread') {
    throw new CommandFailure(read.why === 'answer' ? EXIT.halted : EXIT.unreachable, [read.problem]);
  }
  const name = args.text('name');
  const shown = name === null ? read.templates : named(name, read.templates);
  show(shown, read.skipped, target, cli);
  if (cli.terminal.json) {
    cli.terminal.document({
      workspace: target.workspace,
      host: new URL(target.baseUrl).host,
      readAt: new Date(readAt).toISOString(),
      templates: shown.map(templateJson),
      skipped: read.skipped,
      exitCode: EXIT.done,
    });
  }
  return EXIT.done;
}

function named(name: string, templates: readonly ListedTemplate[]): readonly ListedTemplate[] {
  const found = templates.filter((template) => template.name === name);
  if (found.length > 0) return found;
  const names = templates.map((template) => template.name);
  const meant = suggestion(name, names) ?? 'none';
  return orFail(failed({ code: 'templates.none-named', params: { name, meant } }));
}

function show(
  templates: readonly ListedTemplate[],
  skipped: number,
  target: AskedTemplates['target'],
  cli: Cli,
): void {
  const { terminal, translate } = cli;
  const whose = { workspace: target.workspace, host: new URL(target.baseUrl).host };
  if (templates.length === 0) terminal.line(translate('templates.none', whose));
  else terminal.line(translate('templates.count', { count: templates.length, ...whose }));
  if (skipped > 0) terminal.aside(translate('templates.skipped', { count: skipped }));
  for (const template of templates) for (const line of templateLines(template, cli)) terminal.line(line);
}

function templateJson(template: ListedTemplate): unknown {
  const { text } = template;
  const variables = {
    header: placeholdersIn(text?.header ?? null),
    body: placeholdersIn(text?.body ?? null),
  };
  return { ...template, variables };
}
