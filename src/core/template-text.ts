import type { Variable } from './recipient.js';
import type { TemplateText } from './template.js';
import { LONGEST_VALUE, type ValuePlace } from './values.js';

const PLACEHOLDER = /\{\{([^{}]*)\}\}/gu;
const WRAPPED = /^\{\{([^{}]*)\}\}$/u;

/**
 * The name by which a variable is found in a text. The provider knows it as the template was saved: `1` and `{{1}}` are the
 * same placeholder; everything else is compared letter by letter.
 */
export function placeholderName(variable: string): string {
  return WRAPPED.exec(variable)?.[1]?.trim() ?? variable;
}

/** Names of the placeholders of a text, each once, in their order. */
export function placeholdersIn(text: string | null): readonly string[] {
  const names = [...(text ?? '').matchAll(PLACEHOLDER)].map(([, name = '']) => name.trim());
  return [...new Set(names)].filter((name) => name !== '');
}

/** A text with the values of a row; a placeholder without one stays as it is. */
export function filledText(
  text: TemplateText,
  values: { readonly header: readonly Variable[]; readonly body: readonly Variable[] },
): TemplateText {
  return {
    ...text,
    header: text.header === null ? null : filled(text.header, values.header),
    body: filled(text.body, values.body),
  };
}

function filled(text: string, variables: readonly Variable[]): string {
  const values = new Map(variables.map(({ variable, value }) => [placeholderName(variable), value]));
  return text.replace(PLACEHOLDER, (written, name: string) => values.get(name.trim()) ?? written);
}

/** How long a text becomes, without filling it for every row. */
export interface TextMeasure {
  readonly place: ValuePlace;
  /** Characters outside of the placeholders. */
  readonly fixed: number;
  /** Placeholder and how often it stands there. */
  readonly uses: readonly (readonly [name: string, times: number])[];
}

/** The measures of the parts that have a longest length. */
export function measuresOf({ header, body }: TemplateText): readonly TextMeasure[] {
  const parts =
    header === null
      ? ([['body', body]] as const)
      : ([
          ['body', body],
          ['header', header],
        ] as const);
  return parts.map(([place, text]) => {
    const uses = new Map<string, number>();
    for (const [, inner = ''] of text.matchAll(PLACEHOLDER)) {
      const name = inner.trim();
      uses.set(name, (uses.get(name) ?? 0) + 1);
    }
    return { place, fixed: characters(text.replace(PLACEHOLDER, '')), uses: [...uses] };
  });
}

/** The characters of the filled text, where these are more than WhatsApp takes; null: it fits. */
export function lengthBeyond(
  { place, fixed, uses }: TextMeasure,
  variables: readonly Variable[],
): number | null {
  let length = fixed;
  for (const [name, times] of uses) {
    const given = variables.find(({ variable }) => placeholderName(variable) === name);
    if (given !== undefined) length += times * characters(given.value);
  }
  return length > LONGEST_VALUE[place] ? length : null;
}

/** As a person counts them, not in UTF-16 units. */
function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
