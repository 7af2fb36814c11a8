/** What the two databases say differently in statements that are otherwise the same. */
export interface Dialect {
  /** The texts of a list as a table `wanted` with the column `value`, in its order. SQLite takes the list as JSON. */
  texts(parameter: string): string;
  /** The same of whole numbers. */
  numbers(parameter: string): string;
  /** A member of a JSON text, as a text; a number in the path is a place in an array. */
  member(json: string, ...path: readonly (string | number)[]): string;
  /** A JSON text of these texts. */
  array(...texts: readonly string[]): string;
}

/** As SQLite says it. */
export const SQLITE: Dialect = {
  texts: (parameter) => `json_each(@${parameter}) AS wanted`,
  numbers: (parameter) => `json_each(@${parameter}) AS wanted`,
  member: (json, ...path) => `json_extract(${json}, '$${path.map(stepOf).join('')}')`,
  array: (...texts) => `json_array(${texts.join(', ')})`,
};

/** As PostgreSQL says it. */
export const POSTGRES: Dialect = {
  texts: (parameter) => `unnest(CAST(@${parameter} AS text[])) AS wanted (value)`,
  numbers: (parameter) => `unnest(CAST(@${parameter} AS bigint[])) AS wanted (value)`,
  member: (json, ...path) => `(CAST(${json} AS json) #>> '{${path.join(',')}}')`,
  array: (...texts) => `CAST(json_build_array(${texts.join(', ')}) AS text)`,
};

function stepOf(step: string | number): string {
  return typeof step === 'number' ? `[${step}]` : `.${step}`;
}
