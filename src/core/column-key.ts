const VARIABLE = /^(body|header)\.(.+)$/is;

/** A column that carries a variable's value by its name. */
export interface VariableColumn {
  readonly place: 'body' | 'header';
  /** Verbatim: it is what the template was saved with. */
  readonly variable: string;
}

/** The variable that a column named `body.NAME` or `header.NAME` carries (the prefix in any case), or null. */
export function variableOfColumn(name: string): VariableColumn | null {
  const [, prefix, variable] = VARIABLE.exec(name.trim()) ?? [];
  if (prefix === undefined || variable === undefined) return null;
  return { place: prefix.toLowerCase() === 'body' ? 'body' : 'header', variable };
}

/**
 * What two spellings of one column have in common: case, accents, surrounding and doubled space do not count. In
 * `body.NAME` and `header.NAME` the NAME counts verbatim.
 */
export function columnKey(name: string): string {
  const variable = variableOfColumn(name);
  if (variable !== null) return `${variable.place}.${variable.variable}`;
  return name
    .replace(/\p{Cf}/gu, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase();
}

/** The index of the column with this name, whatever its case, accents and surrounding space; -1: there is none. */
export function indexOfColumn(names: readonly string[], wanted: string): number {
  const key = columnKey(wanted);
  return names.findIndex((name) => columnKey(name) === key);
}
