import { columnKey } from './column-key.js';

/** Words for a phone in Spanish, Portuguese and English, without accents. */
const PHONE_WORDS = new Set(
  'phone phones phonenumber telephone telefono telefonos telefone telefones tel telf celular celulares cel cell cellphone whatsapp wsp wpp wapp movil moviles movel mobile msisdn fono'.split(
    ' ',
  ),
);
/** Words that may stand around one of those, and words for a number that mean a phone when nothing else does. */
const NUMBER_WORDS = new Set('numero numeros number num nro no numerotelefono'.split(' '));
const FILLER_WORDS = new Set('de del do da el o the contacto contato contact cliente principal'.split(' '));

/**
 * The indexes of the columns that look like the phone: those that say so, else those that say "number". One is
 * what everybody hopes for; with two a person has to name one.
 */
export function phoneColumns(names: readonly string[]): readonly number[] {
  const words = names.map((name) =>
    columnKey(name)
      .split(/[^a-z0-9]+/)
      .filter((word) => word !== '' && !/^\d$/.test(word)),
  );
  const saying = indexesOf(words, (list) => isMadeOf(list, PHONE_WORDS, [NUMBER_WORDS, FILLER_WORDS]));
  return saying.length > 0
    ? saying
    : indexesOf(words, (list) => isMadeOf(list, NUMBER_WORDS, [FILLER_WORDS]));
}

function isMadeOf(words: readonly string[], needed: Set<string>, allowed: readonly Set<string>[]): boolean {
  const known = (word: string): boolean => needed.has(word) || allowed.some((set) => set.has(word));
  return words.some((word) => needed.has(word)) && words.every(known);
}

function indexesOf(
  lists: readonly (readonly string[])[],
  matches: (list: readonly string[]) => boolean,
): number[] {
  return lists.flatMap((list, index) => (matches(list) ? [index] : []));
}
