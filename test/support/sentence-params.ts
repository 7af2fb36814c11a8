import { IntlMessageFormat } from 'intl-messageformat';

/** What may fill a place of a sentence: a type of `src/locales/params.ts`. */
export type Filling = 'Text' | 'string' | 'number' | 'Moment';

type Element = ReturnType<InstanceType<typeof IntlMessageFormat>['getAst']>[number];

/**
 * The places of a sentence in the order of their names, those inside plurals and selections included, each with what
 * may fill it. Throws where a sentence cannot be parsed, has a kind of place that `say` does not render, or asks for
 * two kinds of value in one place.
 */
export function placesOf(sentence: string): Readonly<Record<string, Filling>> {
  const found = new Map<string, Filling>();
  const visit = (elements: readonly Element[]): void => {
    for (const element of elements) {
      const filling = fillingOf(element);
      if (filling !== null) {
        const name = 'value' in element ? element.value : '';
        found.set(name, narrower(found.get(name) ?? 'Text', filling, `{${name}} of "${sentence}"`));
      }
      for (const { value } of Object.values(optionsOf(element))) visit(value);
    }
  };
  visit(new IntlMessageFormat(sentence, 'en', FORMATS, { ignoreTag: true }).getAst());
  return Object.fromEntries([...found].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** The text of `src/locales/params.ts` for the English sentences. */
export function paramsSource(sentences: Readonly<Record<string, string>>): string {
  const lines = Object.entries(sentences).flatMap(([code, sentence]) => {
    const places = Object.entries(placesOf(sentence)).map(([name, filling]) => `${name}: ${filling}`);
    return places.length === 0 ? [] : [`  '${code}': { ${places.join('; ')} };`];
  });
  return [...HEAD, ...lines, '}', ''].join('\n');
}

const HEAD = [
  '// Written by `npm run params` from en.json.',
  '',
  '/** Shown as it stands; a number without separators. */',
  'type Text = string | number;',
  '',
  '/** Epoch milliseconds, shown as local time. */',
  'type Moment = number;',
  '',
  '/** What fills the places of each sentence that has any. */',
  '// biome-ignore format: a line for each sentence.',
  'export interface Params {',
];

const FORMATS = { time: { moment: {} } };

const KINDS: Readonly<Record<number, Filling>> = {
  1: 'Text',
  2: 'number',
  4: 'Moment',
  5: 'string',
  6: 'number',
};
/** Kinds of elements that are no places: text, and the number of a plural. */
const NO_PLACES = [0, 7];

function fillingOf(element: Element): Filling | null {
  if (NO_PLACES.includes(element.type)) return null;
  const filling = KINDS[element.type];
  const style = 'style' in element ? element.style : null;
  const ordinal = 'pluralType' in element && element.pluralType === 'ordinal';
  if (filling === undefined || ordinal || (style ?? null) !== (filling === 'Moment' ? 'moment' : null)) {
    throw new Error(`no sentence may have such a place: ${JSON.stringify(element)}`);
  }
  return filling;
}

function optionsOf(element: Element): Readonly<Record<string, { readonly value: readonly Element[] }>> {
  return 'options' in element ? element.options : {};
}

/** What fits both places of one name. */
function narrower(one: Filling, other: Filling, where: string): Filling {
  if (one === other || other === 'Text') return one;
  if (one === 'Text') return other;
  throw new Error(`${where} is to be ${one} and ${other}`);
}
