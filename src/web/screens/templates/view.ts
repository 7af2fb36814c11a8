import type { ListedTemplate, TemplateList } from '../../../core/template.js';
import { isApproved } from '../../../core/template-knowledge.js';
import { placeholdersIn } from '../../../core/template-text.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import type { Answer } from '../../http/answer.js';
import { tag } from '../../views/banner.js';
import { bubble } from '../../views/bubble.js';
import { button, form, hidden } from '../../views/fields.js';
import type { FormProblem } from '../../views/form-problems.js';
import { workspacePage } from '../../views/layout.js';
import { actions, moment } from '../../views/parts.js';
import type { Visit } from '../../visit.js';

/** Address of this screen. */
export const TEMPLATES = '/workspace/templates';

/** Address of the account's own templates, or of the sandbox's. */
export function templatesPath(sandbox: boolean): string {
  return sandbox ? `${TEMPLATES}?sandbox=yes` : TEMPLATES;
}

/** What this screen shows. */
export interface TemplatesShown {
  readonly sandbox: boolean;
  /** null: they were never read. */
  readonly list: TemplateList | null;
  readonly problems: readonly FormProblem[];
}

/** The templates with their texts, when they were read, and a button that reads them again. */
export function templatesPage(visit: Visit, { sandbox, list, problems }: TemplatesShown): Answer {
  const { translate, format } = visit;
  const when =
    list === null
      ? html`<p>${translate('web.templates.never')}</p>`
      : html`<p>${translate('web.templates.read-at')} ${moment(list.readAt, format.moment(list.readAt))}</p>`;
  const again = form(
    visit,
    { action: TEMPLATES },
    html`${sandbox ? hidden('sandbox', 'yes') : null}${button(translate('web.templates.read-anew'), { kind: 'secondary' })}`,
  );
  const other = html`<a href="${templatesPath(!sandbox)}">${translate(sandbox ? 'web.templates.to-own' : 'web.templates.to-sandbox')}</a>`;
  const body = html`${when}${actions(again, other)}${list === null ? null : list.templates.map((one) => templateSection(visit, one))}`;
  return workspacePage(visit, {
    title: translate('web.templates.title'),
    ...(sandbox ? { eyebrow: tag(translate('web.sandbox'), 'uncertain') } : {}),
    problems,
    body,
  });
}

function templateSection(visit: Visit, template: ListedTemplate): Html {
  const { translate } = visit;
  const { name, language, category, status, text } = template;
  const facts = [language, category]
    .filter((fact) => fact !== null)
    .map((fact) => html`<span>${foreign(fact)}</span> `);
  const state = status === null ? null : tag(status, isApproved(template) ? 'accepted' : 'uncertain');
  const shown =
    text === null
      ? html`<p>${translate('templates.no-text')}</p>`
      : html`${bubble(visit, text, null)}<p class="soft">${variables(translate, text)}</p>`;
  return html`<section><h2>${foreign(name)}</h2><p class="soft">${facts}${state}</p>${shown}</section>`;
}

function variables(
  translate: Visit['translate'],
  { header, body }: NonNullable<ListedTemplate['text']>,
): string {
  const names = [
    ...placeholdersIn(header).map((name) => `header.${name}`),
    ...placeholdersIn(body).map((name) => `body.${name}`),
  ];
  return names.length === 0
    ? translate('templates.no-variables')
    : translate('templates.variables', { names: names.join(', ') });
}
