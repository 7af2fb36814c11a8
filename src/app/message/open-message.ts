import type { Campaign } from '../../core/campaign.js';
import type { CampaignSource } from '../../core/campaign-edits.js';
import { variableOfColumn } from '../../core/column-key.js';
import type { TableLook } from '../../core/phone-list.js';
import { ok, type Problem, type Result } from '../../core/problem.js';
import type { ReadCampaign } from '../../core/recipient.js';
import type { KnownTemplates, TemplateKnowledge } from '../../core/template.js';
import { givenVariables } from '../../core/template-knowledge.js';
import { placeholderName, placeholdersIn } from '../../core/template-text.js';
import type { ValuePlace } from '../../core/values.js';
import { type VariableSource, variableSource } from '../../core/variable-source.js';
import type { App } from '../app.js';
import { readAsOf } from '../list/look-at-list.js';
import { NO_TEMPLATES, storedListFor, withTemplate } from '../templates/known-templates.js';

/** One variable of a message, and what fills it. */
export interface MessageVariable {
  readonly place: ValuePlace;
  /** As the template has it. */
  readonly name: string;
  /** null: nothing yet. */
  readonly source: VariableSource | null;
}

/** Everything that makes the message of a campaign. */
export interface MessageSeen {
  readonly source: CampaignSource;
  /** With what is known of its template. */
  readonly read: ReadCampaign;
  readonly template: TemplateKnowledge;
  /** The list of templates that was read last. */
  readonly templates: KnownTemplates;
  /** The start of the list; null: it cannot be read. */
  readonly look: TableLook | null;
  readonly listProblems: readonly Problem[];
  /** Columns named `body.NAME` and `header.NAME` fill the variables; there is nothing to choose. */
  readonly filledByColumns: boolean;
  /** In the order of the template; those that the template does not have stand last. */
  readonly variables: readonly MessageVariable[];
  /** Names that the file fills and the template does not have, such as `body.3`. */
  readonly surplus: readonly string[];
}

const SAMPLE_ROWS = 20;

/** The message of a campaign as its file has it, with what is known of its template. A failure: the file cannot be used. */
export async function openMessage(campaign: string, app: App): Promise<Result<MessageSeen>> {
  const source = await app.campaignFiles.source(campaign);
  if (!source.ok) return source;
  if (!source.value.read.ok) return source.value.read;
  const typed = source.value.read.value;
  const templates = await templatesKnown(typed, app);
  if (!templates.ok) return templates;
  const read = await withTemplate(typed, templates.value, app);
  const { recipients } = read.campaign;
  const looked = await app.recipientFiles.header(recipients.file, SAMPLE_ROWS, readAsOf(recipients));
  const look = looked.ok ? looked.value : null;
  const columns = look?.columns ?? [];
  const template = read.template ?? NO_KNOWLEDGE;
  return ok({
    source: source.value,
    read,
    template,
    templates: templates.value,
    look,
    listProblems: looked.ok ? [] : looked.problems,
    filledByColumns:
      read.campaign.variables === null && columns.some((column) => variableOfColumn(column) !== null),
    ...variablesOf(read, template, columns),
  });
}

const NO_KNOWLEDGE: TemplateKnowledge = {
  source: null,
  text: null,
  listReadAt: null,
  unread: null,
  listed: null,
  meant: null,
};

async function templatesKnown({ campaign }: ReadCampaign, app: App): Promise<Result<KnownTemplates>> {
  const list = await storedListFor(campaign, app);
  return list.ok ? ok({ ...NO_TEMPLATES, list: list.value }) : list;
}

function variablesOf(
  { campaign }: ReadCampaign,
  { text }: TemplateKnowledge,
  columns: readonly string[],
): Pick<MessageSeen, 'variables' | 'surplus'> {
  const given = givenVariables(campaign, columns);
  const variables: MessageVariable[] = [];
  const surplus: string[] = [];
  for (const place of ['header', 'body'] as const) {
    const asked = text === null ? given[place].map(placeholderName) : placeholdersIn(text[place]);
    for (const name of asked)
      variables.push({ place, name, source: sourceOf(campaign, columns, place, name) });
    for (const name of given[place].map(placeholderName))
      if (!asked.includes(name)) surplus.push(`${place}.${name}`);
  }
  return { variables, surplus };
}

/** What the file says, else the column that carries the variable by its name. */
function sourceOf(
  { variables }: Pick<Campaign, 'variables'>,
  columns: readonly string[],
  place: ValuePlace,
  name: string,
): VariableSource | null {
  if (variables === null) {
    const column = columns.find((one) => {
      const found = variableOfColumn(one);
      return found?.place === place && placeholderName(found.variable) === name;
    });
    return column === undefined ? null : { kind: 'column', column, fallback: null };
  }
  const typed = variables[place].find(({ variable }) => placeholderName(variable) === name);
  return typed === undefined || typed.template === '' ? null : variableSource(typed.template, columns);
}
