import { harmless } from '../../core/harmless.js';
import type { ListedTemplate, TemplateText } from '../../core/template.js';
import { isApproved } from '../../core/template-knowledge.js';
import { placeholdersIn } from '../../core/template-text.js';
import type { Cli } from '../command.js';
import { messageLayout } from '../plan/preview-lines.js';

/** A template for people: its name, what the list says of it, its text and its variables. A blank line stands before it. */
export function templateLines(template: ListedTemplate, cli: Cli): readonly string[] {
  const { terminal, translate } = cli;
  const { bold, dim, yellow } = terminal.colours;
  const { name, language, category, status, text } = template;
  const facts = [language, category].filter((fact) => fact !== null).map(harmless);
  const state = status === null ? [] : [(isApproved(template) ? dim : yellow)(harmless(status))];
  const head = ['', [bold(harmless(name)), ...facts.map(dim), ...state].join('  ')];
  if (text === null) return [...head, `  ${translate('templates.no-text')}`];
  return [...head, ...messageLayout(text, null, cli), `  ${dim(variablesText(text, translate))}`];
}

/** The variables as a campaign file names them. */
function variablesText({ header, body }: TemplateText, translate: Cli['translate']): string {
  const names = [
    ...placeholdersIn(header).map((name) => `header.${name}`),
    ...placeholdersIn(body).map((name) => `body.${name}`),
  ];
  if (names.length === 0) return translate('templates.no-variables');
  return translate('templates.variables', { names: names.join(', ') });
}
