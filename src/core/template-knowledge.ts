import type { Campaign } from './campaign.js';
import { variableOfColumn } from './column-key.js';
import { EXAMPLE_TEMPLATE } from './new-campaign.js';
import type { Problem } from './problem.js';
import { suggestion } from './suggestion.js';
import type {
  GivenVariables,
  KnownTemplates,
  ListedTemplate,
  TemplateKnowledge,
  TemplateText,
} from './template.js';
import { placeholderName, placeholdersIn } from './template-text.js';
import type { ValuePlace } from './values.js';

/** The variables of a campaign: those of its file, else those that the columns of its recipients name. */
export function givenVariables(
  { variables }: Pick<Campaign, 'variables'>,
  columns: readonly string[],
): GivenVariables {
  const named = (place: ValuePlace): readonly string[] =>
    columns.flatMap((column) => {
      const found = variableOfColumn(column);
      return found?.place === place ? [found.variable] : [];
    });
  if (variables === null) return { header: named('header'), body: named('body') };
  const names = (place: ValuePlace): readonly string[] => variables[place].map(({ variable }) => variable);
  return { header: names('header'), body: names('body') };
}

/**
 * What is known of a campaign's template. The text of the campaign file is stronger than the provider's. A name may stand in
 * the list several times, once for each language, and a campaign names none: the one that its variables fit is taken, else
 * an approved one.
 */
export function knowledgeOf(
  { template, text }: Pick<Campaign, 'template' | 'text'>,
  given: GivenVariables,
  { list, unread }: KnownTemplates,
): TemplateKnowledge {
  const named = list?.templates.filter(({ name }) => name === template) ?? [];
  const approved = named.toSorted((one, other) => Number(isApproved(other)) - Number(isApproved(one)));
  const fitting = approved.find((one) => one.text !== null && mismatches(one.text, given).length === 0);
  const listed = fitting ?? approved.find((one) => one.text !== null) ?? approved[0] ?? null;
  const known = text ?? listed?.text ?? null;
  const names = list?.templates.map(({ name }) => name) ?? [];
  return {
    source: text !== null ? 'campaign' : known === null ? null : 'provider',
    text: known,
    listReadAt: list?.readAt ?? null,
    unread,
    listed,
    meant: list === null || listed !== null ? null : suggestion(template, names),
  };
}

const APPROVED = /^(?:approved|active|enabled|aprobad[ao]|activ[ao])$/iu;

/** Whether a template may be sent as far as its list tells; a status that is missing or a number says nothing. */
export function isApproved({ status }: Pick<ListedTemplate, 'status'>): boolean {
  return status === null || status === '' || /^\d+$/u.test(status) || APPROVED.test(status);
}

/** A variable that stands on one side alone. */
export interface Mismatch {
  /** `unknown`: given, and not in the text; `missing`: in the text, and not given. */
  readonly kind: 'unknown' | 'missing';
  readonly place: ValuePlace;
  readonly variable: string;
  /** A variable of the other side that it may have been meant for. */
  readonly meant: string | null;
}

/** Which variables of a text are not given, and which are given beside it. */
export function mismatches(text: TemplateText, given: GivenVariables): readonly Mismatch[] {
  return (['header', 'body'] as const).flatMap((place) => {
    const asked = placeholdersIn(text[place]);
    const names = given[place].map(placeholderName);
    const unknown = given[place].filter((variable) => !asked.includes(placeholderName(variable)));
    const missing = asked.filter((name) => !names.includes(name));
    return [
      ...unknown.map((variable) => {
        const meant = missing.length === 0 ? null : suggestion(placeholderName(variable), missing);
        return { kind: 'unknown', place, variable, meant } as const;
      }),
      ...missing.map((variable) => ({ kind: 'missing', place, variable, meant: null }) as const),
    ];
  });
}

/** Names that examples have, and `init` proposes. */
const EXAMPLE_NAMES = [
  EXAMPLE_TEMPLATE,
  'mi_plantilla',
  'template_name',
  'nombre_de_plantilla',
  'template',
  'plantilla',
];

/** Whether nobody has put in the name of a template yet. */
function isExampleName(template: string): boolean {
  return EXAMPLE_NAMES.includes(template);
}

/** What WhatsApp takes as a name (https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates). */
const WHATSAPP_NAME = /^[a-z0-9_]+$/u;

/**
 * What a person should know of a campaign's template; nothing of it keeps a campaign from being sent.
 *
 * @param anyName the provider takes every name (the sandbox), whatever its list has
 */
export function templateWarnings(
  { template }: Pick<Campaign, 'template'>,
  knowledge: TemplateKnowledge,
  given: GivenVariables,
  anyName: boolean,
): readonly Problem[] {
  const { listed, listReadAt, text, meant, unread } = knowledge;
  const warnings: Problem[] = [];
  const absent = listReadAt !== null && listed === null && !anyName;
  if (absent)
    warnings.push(
      isExampleName(template)
        ? { code: 'warning.template-placeholder', params: { template } }
        : { code: 'warning.template-absent', params: { template, meant: meant ?? 'none' } },
    );
  if (listed?.status && !isApproved(listed))
    warnings.push({ code: 'warning.template-status', params: { template, status: listed.status } });
  if (listed === null && !absent) warnings.push(...nameWarnings(template));
  if (unread !== null && knowledge.source !== 'campaign') warnings.push(unread);
  if (text !== null) return warnings;
  if (!absent && unread === null)
    warnings.push({ code: 'warning.template-text-unknown', params: { template } });
  if (given.body.length + given.header.length === 0) warnings.push({ code: 'warning.no-variables' });
  return warnings;
}

function nameWarnings(template: string): readonly Problem[] {
  const params = { template };
  if (isExampleName(template)) return [{ code: 'warning.template-placeholder', params }];
  return WHATSAPP_NAME.test(template) ? [] : [{ code: 'warning.template-name', params }];
}

/** `{nombre}`, and no part of `{{ nombre }}` or `{% … %}`. */
const SINGLE_BRACES = /(?<![{%])\{([\p{L}\d_. -]{1,60})\}(?!\})/u;

/** Warns of values that name a column in single braces, which Liquid takes for plain text. */
export function singleBraceWarnings({ variables }: Pick<Campaign, 'variables'>): readonly Problem[] {
  return (['header', 'body'] as const).flatMap((place) =>
    (variables?.[place] ?? []).flatMap(({ variable, template }) => {
      const found = SINGLE_BRACES.exec(template);
      if (found === null) return [];
      const params = {
        key: `${place}.${variable}`,
        typed: found[0],
        meant: `{{ ${found[0].slice(1, -1).trim()} }}`,
      };
      return [{ code: 'warning.single-braces', params } as const];
    }),
  );
}
