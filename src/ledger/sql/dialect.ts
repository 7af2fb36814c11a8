/** What the two databases say differently in statements that are otherwise the same. */
export interface Dialect {
  /** The texts of a list as a table `wanted` with the column `value`, in its order. SQLite takes the list as JSON. */
  texts(parameter: string): string;
  /** The same of whole numbers. */
  numbers(parameter: string): string;
  /** A member of a JSON text, as a text; a number in the path is a place in an array. */
  member(json: string, ...path: readonly (string | number)[]): string;
  /** Joins tables in the order in which they are written: SQLite's planner keeps it for a CROSS JOIN alone. */
  readonly inOrder: 'CROSS JOIN' | 'JOIN';
  /** Ends a SELECT so that nobody else changes its rows before the transaction ends; in a file, nobody else does anyway. */
  readonly forUpdate: 'FOR UPDATE' | '';
  /** Behind the name of a table: finds its rows by this index, where the planner would take another. PostgreSQL's is left to it. */
  byIndex(name: string): string;
  /** A condition that rows fulfilled when the statement began to look; in a file, nobody changes them meanwhile. */
  still(condition: string): string;
  /** Whether runs are entered for machines that share the ledger. */
  readonly isShared: boolean;
  /** A JSON text of these texts. */
  array(...texts: readonly string[]): string;
}

/** As SQLite says it. */
export const SQLITE: Dialect = {
  inOrder: 'CROSS JOIN',
  forUpdate: '',
  byIndex: (name) => `INDEXED BY ${name}`,
  still: () => '',
  isShared: false,
  texts: (parameter) => `json_each(@${parameter}) AS wanted`,
  numbers: (parameter) => `json_each(@${parameter}) AS wanted`,
  member: (json, ...path) => `json_extract(${json}, '$${path.map(stepOf).join('')}')`,
  array: (...texts) => `json_array(${texts.join(', ')})`,
};

/** As PostgreSQL says it. */
export const POSTGRES: Dialect = {
  inOrder: 'JOIN',
  forUpdate: 'FOR UPDATE',
  byIndex: () => '',
  still: (condition) => `AND ${condition}`,
  isShared: true,
  texts: (parameter) => `unnest(CAST(@${parameter} AS text[])) AS wanted (value)`,
  numbers: (parameter) => `unnest(CAST(@${parameter} AS bigint[])) AS wanted (value)`,
  member: (json, ...path) => `(CAST(${json} AS json) #>> '{${path.join(',')}}')`,
  array: (...texts) => `CAST(json_build_array(${texts.join(', ')}) AS text)`,
};

function stepOf(step: string | number): string {
  return typeof step === 'number' ? `[${step}]` : `.${step}`;
}
