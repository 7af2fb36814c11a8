import type { PlainCode } from '../../../locales/index.js';
import type { Visit } from '../../visit.js';

const NAMES: ReadonlyMap<string, PlainCode> = new Map([
  [',', 'web.list.delimiter-comma'],
  [';', 'web.list.delimiter-semicolon'],
  ['\t', 'web.list.delimiter-tab'],
  ['|', 'web.list.delimiter-pipe'],
]);

/** What may stand between the cells of a text. */
export const DELIMITERS: readonly string[] = [...NAMES.keys()];

/** What a person calls a separator. */
export function delimiterName({ translate }: Visit, delimiter: string): string {
  const code = NAMES.get(delimiter);
  return code === undefined ? delimiter : translate(code);
}
