import type { Campaign, VariableMapping } from '../../core/campaign.js';
import type { CampaignEdit, CampaignSource } from '../../core/campaign-edits.js';
import { columnIndex } from '../../core/columns-by-name.js';
import type { Result } from '../../core/problem.js';
import type { TemplateText } from '../../core/template.js';
import { placeholderName, placeholdersIn } from '../../core/template-text.js';
import type { ValuePlace } from '../../core/values.js';
import { type VariableSource, variableTemplate } from '../../core/variable-source.js';
import { type EditingApp, editCampaign } from '../actions/edit-campaign.js';
import type { MessageSeen } from './open-message.js';

/** What a variable is to be filled with. */
export interface ChosenVariable {
  readonly place: ValuePlace;
  readonly name: string;
  readonly source: VariableSource;
}

/** A template as somebody chose it. `text` null: that of the provider counts. */
export interface ChosenTemplate {
  readonly name: string;
  readonly text: TemplateText | null;
  /** The text whose variables the campaign has to fill; null: it is not known, and they stay. */
  readonly known: TemplateText | null;
}

/** Saves what fills the variables; those that are not among them are taken out. `expected`: digest of the file that was shown. */
export function saveVariables(
  { source, read, look }: Pick<MessageSeen, 'source' | 'read' | 'look'>,
  chosen: readonly ChosenVariable[],
  expected: string,
  app: EditingApp,
): Promise<Result<CampaignSource>> {
  const columns = look?.columns ?? [];
  const written = chosen.map(({ place, name, source: from }) => ({
    place,
    name,
    text: variableTemplate(from, columns),
  }));
  return editCampaign(source.file, variableEdits(read.campaign, written), expected, app);
}

/** Saves another template; variables of the same name keep what fills them, and new ones take a column of their name. */
export function saveTemplate(
  { source, read, look }: Pick<MessageSeen, 'source' | 'read' | 'look'>,
  { name, text, known }: ChosenTemplate,
  expected: string,
  app: EditingApp,
): Promise<Result<CampaignSource>> {
  const edits: CampaignEdit[] = [{ path: ['template'], value: name }, ...textEdits(read.campaign, text)];
  if (known !== null)
    edits.push(...variableEdits(read.campaign, adapted(read.campaign, known, look?.columns ?? [])));
  return editCampaign(source.file, edits, expected, app);
}

/** Saves the attachment; null: there is none. Only the newer of Plazbot's two APIs carries one. */
export function saveAttachment(
  { source, read, look }: Pick<MessageSeen, 'source' | 'read' | 'look'>,
  chosen: { readonly url: VariableSource; readonly name: VariableSource } | null,
  expected: string,
  app: EditingApp,
): Promise<Result<CampaignSource>> {
  const columns = look?.columns ?? [];
  const edits: CampaignEdit[] =
    chosen === null
      ? [{ path: ['file'], value: null }]
      : [
          { path: ['file', 'url'], value: variableTemplate(chosen.url, columns) },
          { path: ['file', 'name'], value: variableTemplate(chosen.name, columns) },
        ];
  if (chosen !== null && read.campaign.provider.api === 'classic')
    edits.push({ path: ['provider', 'api'], value: 'current' });
  return editCampaign(source.file, edits, expected, app);
}

/** A variable as it is to stand in the file. */
interface WrittenVariable {
  readonly place: ValuePlace;
  readonly name: string;
  readonly text: string;
}

/** Where the names stay, only values are changed, so that comments stay where they are. */
function variableEdits(
  { variables }: Pick<Campaign, 'variables'>,
  written: readonly WrittenVariable[],
): readonly CampaignEdit[] {
  if (written.length === 0) return [{ path: ['variables'], value: { entries: [] } }];
  const edits = (['header', 'body'] as const).flatMap((place): readonly CampaignEdit[] => {
    const own = written.filter((each) => each.place === place);
    const before = namesIn(variables, place);
    if (own.length === 0) return before.length === 0 ? [] : [{ path: ['variables', place], value: null }];
    const isSame =
      before.length === own.length && before.every((name, at) => placeholderName(name) === own[at]?.name);
    if (isSame) {
      return own.map(({ text }, at) => ({ path: ['variables', place, before[at] ?? ''], value: text }));
    }
    const entries = own.map(({ name, text }) => [name, text] as const);
    return [{ path: ['variables', place], value: { entries } }];
  });
  // A section that is empty in between would be gone, with its comments.
  return edits.toSorted((one, other) => Number(one.value === null) - Number(other.value === null));
}

function namesIn(variables: VariableMapping | null, place: ValuePlace): readonly string[] {
  return variables?.[place].map(({ variable }) => variable) ?? [];
}

/** One that nothing fills is left out: nothing is sent until somebody chooses something. */
function adapted(
  { variables }: Pick<Campaign, 'variables'>,
  text: TemplateText,
  columns: readonly string[],
): readonly WrittenVariable[] {
  const index = columnIndex(columns);
  return (['header', 'body'] as const).flatMap((place) =>
    placeholdersIn(text[place]).flatMap((name) => {
      const known = variables?.[place].find(({ variable }) => placeholderName(variable) === name);
      const column = index.find(name);
      const named = column.kind === 'found' ? (columns[column.index] ?? null) : null;
      const own =
        named === null ? '' : variableTemplate({ kind: 'column', column: named, fallback: null }, columns);
      const filled = known?.template ?? own;
      return filled === '' ? [] : [{ place, name, text: filled }];
    }),
  );
}

/** The file's text is stronger than the provider's: it stands there only where somebody pasted one. */
function textEdits(
  { text: before }: Pick<Campaign, 'text'>,
  text: TemplateText | null,
): readonly CampaignEdit[] {
  if (text === null) return [{ path: ['text'], value: null }];
  const { header, body, footer, buttons } = text;
  return [
    { path: ['text', 'header'], value: header },
    { path: ['text', 'body'], value: body },
    { path: ['text', 'footer'], value: footer },
    { path: ['text', 'buttons'], value: buttons.length === 0 ? null : buttons },
  ].filter(({ value }) => value !== null || before !== null);
}
